import { setFlagsFromString } from 'node:v8';

import type { CaseProof } from '@sallyport/core';

import { wrongUsage } from '../evaluate/usage.ts';
import type { ProveCommandOptions } from '../prove/options.ts';
import type { ProveReport } from '../prove/report.ts';
import { proveRepository } from '../prove/run.ts';
import { noteLines } from '../render/notes.ts';
import { styleFor, wantsColor, type Style } from '../terminal/color.ts';
import { Output } from '../terminal/output.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Proves the cases of one repository and gives the exit code. */
export async function runProve(
  path: string | undefined,
  options: ProveCommandOptions,
  terminal: Terminal,
): Promise<number> {
  collectSooner();
  const report = await proveRepository(path, options, terminal);
  const output = new Output(terminal, { file: options.output });
  output.write(await rendered(report, options, styleOf(options, terminal)));
  output.close();
  if (!options.quiet) {
    const talk = new Output({ ...terminal, stdout: terminal.stderr });
    for (const { file, line, message } of report.invalid)
      talk.writeLine(`warning: ${file}${line === undefined ? '' : `:${line}`}: ${message}`);
    for (const line of noteLines(report.notes)) talk.writeLine(line);
  }
  return report.exitCode;
}

async function rendered(
  report: ProveReport,
  options: ProveCommandOptions,
  style: Style,
): Promise<string> {
  if (options.explain !== undefined) {
    const { explainText } = await import('../render/prove/explain.ts');
    return explainText(chosen(report.proof.cases, options.explain), style);
  }
  switch (options.format) {
    case 'json': {
      const { proveJson } = await import('../render/prove/json.ts');
      return proveJson(report);
    }
    case 'sarif': {
      const { proveSarif } = await import('../render/prove/sarif.ts');
      return proveSarif(report);
    }
    case 'markdown': {
      const { proveMarkdown } = await import('../render/prove/markdown.ts');
      return proveMarkdown(report);
    }
    case 'text': {
      const { proveText } = await import('../render/prove/text.ts');
      return proveText(report, style, options);
    }
  }
}

/**
 * Searches leave much garbage beside little that stays: V8 would let the heap grow to four times what
 * lives before it looks, 1 GB for a large account. Looking at twice costs no time that can be measured.
 */
function collectSooner(): void {
  setFlagsFromString('--heap-growing-percent=100');
}

/** By its whole name, its number in the table, or a part that only one has. */
function chosen(cases: readonly CaseProof[], wanted: string): CaseProof {
  const exact = cases.find(({ id }) => id === wanted);
  const numbered = /^\d+$/.test(wanted) ? cases[Number(wanted) - 1] : undefined;
  const alike = cases.filter(({ id }) => id.includes(wanted));
  const [first] = alike;
  const found = exact ?? numbered ?? (alike.length === 1 ? first : undefined);
  if (found) return found;
  const names = (alike.length > 0 ? alike : cases).map(({ id }) => id);
  throw wrongUsage(
    `${alike.length > 1 ? 'several cases are' : 'no case is'} called "${wanted}"`,
    `cases: ${names.slice(0, 20).join(', ')}${names.length > 20 ? `, and ${names.length - 20} more` : ''}`,
  );
}

function styleOf({ output, color }: ProveCommandOptions, terminal: Terminal): Style {
  const isTTY = output === undefined && terminal.stdout.isTTY === true;
  const wanted = output === undefined ? wantsColor(color, terminal.env, isTTY) : color === 'always';
  return styleFor(wanted, isTTY);
}
