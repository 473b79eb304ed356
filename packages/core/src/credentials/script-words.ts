import type { ShellAssignment, ShellCommand, ShellScript, ShellWord } from '../script/shell.ts';
import { keyName } from './names.ts';

/**
 * A value that a script puts where a key belongs. `value` is the word; `text` stands instead where
 * the value is a piece of a file's text (a credentials file written by heredoc).
 */
export interface KeyWord {
  readonly name: string;
  readonly part: 'id' | 'secret' | 'token';
  readonly value: ShellWord | undefined;
  readonly text?: string;
  /** The range to show, in the script. */
  readonly start: number;
  readonly end: number;
}

/** Every place of a script that gives a key a value. */
export function keyWordsOf(script: ShellScript): KeyWord[] {
  const found = [
    ...script.assignments.flatMap((one) => assigned(one)),
    ...script.commands.flatMap((command) => [
      ...configured(command),
      ...flagged(command),
      ...pairs(command),
      ...printed(command),
    ]),
    ...script.heredocs.flatMap((heredoc) => fileLines(script.source, heredoc.start, heredoc.end)),
  ];
  return found.toSorted((a, b) => a.start - b.start);
}

function assigned(one: ShellAssignment): KeyWord[] {
  const name = keyName(one.name);
  if (!name || !one.value || one.origin === 'attribute' || one.origin === 'input') return [];
  if (name.strength === 'weak' && !one.exported) return [];
  return [{ name: one.name, part: name.part, value: one.value, start: one.start, end: one.end }];
}

/** `aws configure set aws_access_key_id VALUE`, with any profile prefix. */
function configured(command: ShellCommand): KeyWord[] {
  const words = [...(command.name ? [command.name] : []), ...command.args];
  const at = words.findIndex(
    (word, index) =>
      word.text === 'configure' &&
      words[index + 1]?.text === 'set' &&
      /(?:^|\/)aws$/.test(words[0]?.text ?? ''),
  );
  if (at === -1) return [];
  const setting = words[at + 2];
  const value = words[at + 3];
  const name = setting?.text.split('.').at(-1) ?? '';
  const read = keyName(name);
  if (!setting || !value || !read) return [];
  return [{ name, part: read.part, value, start: command.start, end: value.end }];
}

/** `--access-key-id VALUE`, `--secret-key=VALUE`. */
function flagged(command: ShellCommand): KeyWord[] {
  // `aws iam delete-access-key --access-key-id` names a key; the AWS CLI takes none by flag.
  if (/(?:^|\/)aws$/.test(command.name?.text ?? '')) return [];
  return command.args.flatMap((word, index): KeyWord[] => {
    const match = /^--?([A-Za-z][\w-]*)(=[\s\S]*)?$/.exec(word.text);
    if (!match?.[1]) return [];
    const read = keyName(match[1]);
    if (!read) return [];
    if (match[2] !== undefined)
      return [
        {
          name: match[1],
          part: read.part,
          value: undefined,
          text: match[2].slice(1),
          start: word.start,
          end: word.end,
        },
      ];
    const value = command.args[index + 1];
    if (!value || value.text.startsWith('-')) return [];
    return [{ name: match[1], part: read.part, value, start: word.start, end: value.end }];
  });
}

/** `-e AWS_ACCESS_KEY_ID=VALUE` and every other argument that is NAME=VALUE. */
function pairs(command: ShellCommand): KeyWord[] {
  const writesText = /^(?:echo|printf)$/.test(command.name?.text ?? '');
  if (
    writesText ||
    /^(?:export|declare|local|readonly|typeset|env)$/.test(command.name?.text ?? '')
  )
    return [];
  return command.args.flatMap((word): KeyWord[] => {
    const match = /^(?:--?[A-Za-z][\w-]*=)?([A-Za-z_][\w.]*)=([\s\S]+)$/.exec(word.text);
    const read = match?.[1] === undefined ? undefined : keyName(match[1]);
    if (!match?.[1] || match[2] === undefined || !read) return [];
    return [
      {
        name: match[1],
        part: read.part,
        value: undefined,
        text: match[2],
        start: word.start,
        end: word.end,
      },
    ];
  });
}

/** `echo "AWS_ACCESS_KEY_ID=VALUE" >> "$GITHUB_ENV"`, `printf 'aws_access_key_id = %s\n' VALUE > file`. */
function printed(command: ShellCommand): KeyWord[] {
  if (!/^(?:echo|printf)$/.test(command.name?.text ?? '')) return [];
  // An output hands the key on; the step that reads it is the one that uses it.
  if (command.redirects.some((one) => one.target?.text.includes('GITHUB_OUTPUT'))) return [];
  return command.args.flatMap((word, index): KeyWord[] => {
    const lines = linesWithKeys(word.text);
    return lines.map(({ name, part, value }) => {
      const filled = value.includes('%s') ? command.args[index + 1] : undefined;
      const range = { start: word.start, end: filled?.end ?? word.end };
      return filled
        ? { name, part, value: filled, ...range }
        : { name, part, value: undefined, text: value, ...range };
    });
  });
}

/** The lines of a here-document, as they are written: escapes and tabs do not change names. */
function fileLines(source: string, start: number, end: number): KeyWord[] {
  const found: KeyWord[] = [];
  for (let at = start; at < end;) {
    const line = source.indexOf('\n', at);
    const stop = line === -1 || line > end ? end : line;
    const text = source.slice(at, stop);
    const indent = text.length - text.trimStart().length;
    for (const { name, part, value } of linesWithKeys(text)) {
      found.push({
        name,
        part,
        value: undefined,
        text: value,
        start: at + indent,
        end: at + text.trimEnd().length,
      });
    }
    at = stop + 1;
  }
  return found;
}

function linesWithKeys(text: string): { name: string; part: KeyWord['part']; value: string }[] {
  return text.split(/\\n|\n/).flatMap((line) => {
    const match =
      /^\s*(?:export\s+|-\s+)?["']?([A-Za-z_][\w.-]*)["']?\s*[=:]\s*["']?(.+?)["',]*\s*$/.exec(
        line.slice(0, 2000),
      );
    const read = match?.[1] === undefined ? undefined : keyName(match[1]);
    return match?.[1] && match[2] && read
      ? [{ name: match[1], part: read.part, value: match[2] }]
      : [];
  });
}
