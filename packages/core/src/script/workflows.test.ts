import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { engine } from '../../test/audit.ts';

const folder = fileURLToPath(new URL('../../../../../shared/corpus/workflows', import.meta.url));

interface Run {
  readonly file: string;
  readonly source: string;
}

/** Every `run:` of the workflow and action files below a folder. */
function runsBelow(path: string): Run[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .flatMap((file) => {
      try {
        const document: unknown = parse(readFileSync(join(path, file), 'utf8'));
        return runsIn(document).map((source) => ({ file, source }));
      } catch {
        // One of the files is no YAML; what becomes of it is not the parser's business.
        return [];
      }
    });
}

function runsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(runsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === 'run' && typeof child === 'string' ? [child] : runsIn(child),
  );
}

describe('the scripts of real workflows', () => {
  it('are understood, but for those that Bash refuses too', (context) => {
    if (!existsSync(folder)) context.skip('shared-corpus: not beside this checkout');
    const runs = runsBelow(folder);
    const incomplete = runs.filter((run) => !engine.parseShell(run.source).complete);
    expect(runs.length).toBeGreaterThan(1000);
    expect(incomplete.length / runs.length).toBeLessThan(0.005);
  });

  it('have a command on every line that starts one', (context) => {
    if (!existsSync(folder)) context.skip('shared-corpus: not beside this checkout');
    const lost = runsBelow(folder).flatMap(({ file, source }) => {
      const script = engine.parseShell(source);
      const starts = new Set(script.commands.map((command) => command.start));
      const hidden = [...script.heredocs, ...script.expressions];
      return [...source.matchAll(/^(?:aws|docker|git|npm) [^'"]*$/gm)]
        .map((match) => match.index)
        .filter((at) => !starts.has(at) && source[at - 2] !== '\\')
        .filter((at) => !hidden.some((one) => one.start <= at && at < one.end))
        .map((at) => `${file}: ${source.slice(at, at + 60)}`);
    });
    expect(lost).toEqual([]);
  });
});
