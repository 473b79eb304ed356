import type { Range } from '../../text/range.ts';
import type { ShellAssignment, ShellWord } from '../shell.ts';
import { wordBehind } from '../subword.ts';
import type { Place, Reader } from './reader.ts';
import { wordsIn } from './word-list.ts';
import { readWord } from './word.ts';

/** What an assignment does besides giving a value. */
export type AssignmentAttributes = Pick<ShellAssignment, 'exported' | 'scope'>;

const assignment = /^([A-Za-z_\uE000][\w\uE000]*)(?:\[[^\]\n]*\])?(\+)?=/;

/** Whether a word assigns where it stands before a command's name (Bash manual 3.4). */
export function isAssignment(reader: Reader, range: Range): boolean {
  const raw = reader.text.slice(range.start, range.end);
  return raw.includes('=') && assignment.test(raw);
}

/** Reads `name=value`, `name+=value`, `name[i]=value` or `name=(…)`. */
export function readAssignment(
  reader: Reader,
  range: Range,
  place: Place,
  attributes: AssignmentAttributes,
): { readonly word: ShellWord; readonly assignment: ShellAssignment } {
  const raw = reader.text.slice(range.start, range.end);
  const match = assignment.exec(raw);
  const length = match?.[0].length ?? 0;
  const value = range.start + length;
  const common = {
    name: reader.source.slice(range.start, range.start + (match?.[1]?.length ?? 0)),
    append: match?.[2] !== undefined,
    ...attributes,
    origin: 'assignment',
    ...(place.command === undefined ? {} : { command: place.command }),
    start: range.start,
    end: range.end,
  } as const;
  const listEnd = reader.text[value] === '(' ? reader.closings.get(value) : undefined;
  if (listEnd === undefined) {
    const word = readWord(reader, range.start, range.end, place, 'value');
    return { word, assignment: { ...common, value: wordBehind(word, length) } };
  }
  const elements = wordsIn(reader, value + 1, listEnd - 1, false).map((element) =>
    readWord(reader, element.start, element.end, place),
  );
  const text = reader.source.slice(range.start, range.end);
  const parts = [
    { kind: 'text', text, start: range.start, end: range.end, quote: 'none' },
  ] as const;
  const word: ShellWord = { text, parts, literal: false, quote: 'none', ...range };
  return { word, assignment: { ...common, value: undefined, elements } };
}

/** Builtins that give variables values or attributes (Bash manual 4.2). */
const declaring = new Set(['export', 'declare', 'typeset', 'readonly', 'local']);

/** The assignments of `export A=b C` and its like, given its words. */
export function declarations(
  name: ShellWord | undefined,
  args: readonly ShellWord[],
  known: ReadonlyMap<ShellWord, ShellAssignment>,
  place: Place,
): ShellAssignment[] {
  if (!name?.literal || !declaring.has(name.text)) return [];
  const flags = args.filter((arg) => /^[-+]\w+$/.test(arg.text)).map((arg) => arg.text);
  const has = (flag: string): boolean =>
    flags.some((text) => text[0] === '-' && text.includes(flag));
  if (has('p') || has('f') || has('F')) return [];
  const exported = name.text === 'export' ? !has('n') : has('x');
  const inFunction = place.context.function !== undefined && !has('g');
  const local = name.text === 'local' || (/^(?:declare|typeset)$/.test(name.text) && inFunction);
  const attributes = { exported, scope: local ? 'local' : 'script' } as const;
  const command = place.command === undefined ? {} : { command: place.command };
  return args.flatMap((arg): ShellAssignment[] => {
    const assigned = known.get(arg);
    if (assigned) return [{ ...assigned, ...attributes }];
    // Quoted (`export "A=$B"`) it is the same to the builtin.
    const match = /^(?<name>[A-Za-z_]\w*)(?:(?<append>\+)?=)?/.exec(arg.text);
    if (!match?.groups || (match[0] !== arg.text && !match[0].endsWith('='))) return [];
    const valued = match[0].endsWith('=');
    return [
      {
        name: match.groups['name'] ?? '',
        value: valued ? wordBehind(arg, match[0].length) : undefined,
        append: match.groups['append'] !== undefined,
        origin: valued ? 'assignment' : 'attribute',
        ...attributes,
        ...command,
        start: arg.start,
        end: arg.end,
      },
    ];
  });
}

/** The variables that `read`, `mapfile`, `getopts` and `printf -v` fill with what only the run knows. */
export function inputs(
  name: ShellWord | undefined,
  args: readonly ShellWord[],
  place: Place,
): ShellAssignment[] {
  const names = inputWords(name?.literal ? name.text : '', args);
  const command = place.command === undefined ? {} : { command: place.command };
  const rest = { exported: false, append: false, scope: 'script', origin: 'input' } as const;
  return names
    .filter((word) => word.literal && /^[A-Za-z_]\w*$/.test(word.text))
    .map(({ text, start, end }) => ({
      name: text,
      value: undefined,
      ...rest,
      ...command,
      start,
      end,
    }));
}

/** The options of `read` and `mapfile` that a value follows on. */
const valuedInput = /^-\w*[adinNptuOsScC]$/;

function inputWords(name: string, args: readonly ShellWord[]): readonly ShellWord[] {
  switch (name) {
    case 'read': {
      const array = args.findIndex((arg) => /^-\w*a$/.test(arg.text));
      const plain = args.filter(
        (arg, index) =>
          !arg.text.startsWith('-') && !/^-\w*[adinNptu]$/.test(args[index - 1]?.text ?? ''),
      );
      return array === -1 ? plain : [...plain, ...args.slice(array + 1, array + 2)];
    }
    case 'mapfile':
    case 'readarray':
      return args.filter(
        (arg, index) => !arg.text.startsWith('-') && !valuedInput.test(args[index - 1]?.text ?? ''),
      );
    case 'getopts':
      return args.slice(1, 2);
    case 'printf':
      return args[0]?.text === '-v' ? args.slice(1, 2) : [];
    default:
      return [];
  }
}
