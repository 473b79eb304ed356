import type { Command } from 'commander';

import { describeOption, examplesOf, usageOf, visibleOptions } from '../src/help.ts';

/** The reference of the command line as Markdown, from the same definitions as parser and help. */
export function reference(program: Command): string {
  return [
    '# Command line\n',
    '<!-- Made from the definitions in packages/cli/src/program.ts by `npx vitest run packages/cli -u`; do not edit. -->\n',
    `${program.description()}\n`,
    'Exit codes are explained in [exit-codes.md](exit-codes.md), the configuration in [configuration.md](configuration.md).\n',
    ...program.commands.map(section),
  ].join('\n');
}

function section(command: Command): string {
  const rows = [
    ...command.registeredArguments.map((one) => [`\`${one.name()}\``, one.description]),
    ...visibleOptions(command).map((option) => [`\`${option.flags}\``, describeOption(option)]),
  ];
  return [
    `## ${command.name()}\n`,
    `${command.description()}\n`,
    `\`\`\`sh\n${usageOf(command)}\n\`\`\`\n`,
    `| | |\n| --- | --- |\n${rows.map((row) => `| ${row.map(cell).join(' | ')} |\n`).join('')}`,
    `Examples:\n\n\`\`\`sh\n${examplesOf(command)
      .map(([line, does]) => `${line} # ${does}\n`)
      .join('')}\`\`\`\n`,
  ].join('\n');
}

function cell(text: string | undefined): string {
  return (text ?? '')
    .replaceAll('|', String.raw`\|`)
    .replaceAll('<', String.raw`\<`)
    .replaceAll(/`[^`]*`/g, (code) => code.replaceAll(String.raw`\<`, '<'));
}
