import type { Command, Option } from 'commander';

/** A command line and what it does; help leads with these. */
export type Example = readonly [line: string, does: string];

const examples = new WeakMap<Command, readonly Example[]>();
const width = 80;

/** Gives a command its examples. */
export function withExamples(command: Command, list: readonly Example[]): Command {
  examples.set(command, list);
  return command;
}

/** The examples of a command. */
export function examplesOf(command: Command): readonly Example[] {
  return examples.get(command) ?? [];
}

/** Help as it is printed: what it is for, examples, usage, then every option. */
export function formatHelp(command: Command): string {
  const subcommands = command.commands.map((one): Example => [one.name(), one.description()]);
  const parts = [
    command.description(),
    section('Examples', examplesOf(command)),
    `Usage: ${usageOf(command)}`,
    section('Commands', subcommands),
    section(
      'Arguments',
      command.registeredArguments.map((one): Example => [one.name(), one.description]),
    ),
    section(
      'Options',
      visibleOptions(command).map((option): Example => [option.flags, describeOption(option)]),
    ),
    ...(subcommands.length > 0
      ? [
          'Exit codes: 0 done, 1 findings, 2 usage or configuration, 3 nothing to examine,\n4 could not decide, 70 internal error.',
        ]
      : []),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** The usage line of a command. */
export function usageOf(command: Command): string {
  const parent = command.parent ? `${command.parent.name()} ` : '';
  return `${parent}${command.name()} ${command.usage()}`.trim();
}

/** The options that help shows, `--help` and `--version` among them. */
export function visibleOptions(command: Command): readonly Option[] {
  return command.createHelp().visibleOptions(command);
}

/** What an option does, its choices and its default, in as few words as possible. */
export function describeOption(option: Option): string {
  const choices = option.argChoices?.length ? `: ${option.argChoices.join(', ')}` : '';
  const value: unknown = option.defaultValue;
  const said = typeof value === 'string' ? ` (default: ${value})` : '';
  return `${option.description}${choices}${said}`;
}

function section(title: string, rows: readonly Example[]): string {
  if (rows.length === 0) return '';
  const left = Math.max(...rows.map(([term]) => term.length)) + 2;
  const lines = rows.flatMap(([term, text]) => {
    const [first = '', ...rest] = wrap(text, width - left - 2);
    return [
      `  ${term.padEnd(left)}${first}`.trimEnd(),
      ...rest.map((line) => `  ${' '.repeat(left)}${line}`),
    ];
  });
  return [`${title}:`, ...lines].join('\n');
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
