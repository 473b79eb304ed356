import type { ShellAssignment, ShellScript, ShellWord } from './shell.ts';

/** What is known of a variable's values, without following the order of the script. */
export interface VariableValues {
  /** Every assignment of the variable in the order of the text. */
  readonly assignments: readonly ShellAssignment[];
  /** The words assigned to it; the elements of arrays and the words of `for` among them. */
  readonly words: readonly ShellWord[];
  /** Whether `words` are all: nothing is read at run time or appended. */
  readonly certain: boolean;
  /** Whether child processes see it. */
  readonly exported: boolean;
}

/**
 * The values that a script gives its variables. Assignments before a command (`A=b cmd`) are left
 * out, as they hold only there. A variable that is not in the map has what the environment gave it.
 */
export function variableValues(script: ShellScript): ReadonlyMap<string, VariableValues> {
  const byName = new Map<string, ShellAssignment[]>();
  for (const assignment of script.assignments) {
    if (assignment.scope === 'command') continue;
    const known = byName.get(assignment.name);
    if (known) known.push(assignment);
    else byName.set(assignment.name, [assignment]);
  }
  return new Map([...byName].map(([name, assignments]) => [name, valuesOf(assignments)]));
}

function valuesOf(assignments: readonly ShellAssignment[]): VariableValues {
  const words = assignments.flatMap(({ value, elements }) => elements ?? value ?? []);
  const exported = assignments.some((assignment) => assignment.exported);
  // `${A:=b}` keeps a value that the environment gave.
  const certain = assignments.every(
    ({ origin, append }) => origin !== 'input' && origin !== 'default' && !append,
  );
  return { assignments, words, certain: certain && words.length > 0, exported };
}

const maximumValues = 32;
const maximumDepth = 8;

/**
 * The texts that a word can be, when the script's own assignments decide it; undefined when the
 * environment, a substitution, an expression or a glob does, or when there are too many.
 */
export function possibleTexts(
  word: ShellWord,
  values: ReadonlyMap<string, VariableValues>,
  depth: number = maximumDepth,
): readonly string[] | undefined {
  if (word.literal) return [word.text];
  if (depth === 0 || word.parts.every((part) => part.kind === 'text')) return undefined;
  let texts: readonly string[] = [''];
  for (const part of word.parts) {
    const pieces = part.kind === 'text' ? [part.text] : textsOfPart(part, values, depth);
    if (!pieces || texts.length * pieces.length > maximumValues) return undefined;
    texts = texts.flatMap((text) => pieces.map((piece) => text + piece));
  }
  return [...new Set(texts)];
}

function textsOfPart(
  part: ShellWord['parts'][number],
  values: ReadonlyMap<string, VariableValues>,
  depth: number,
): readonly string[] | undefined {
  if (part.kind !== 'variable' || part.operator !== undefined) return undefined;
  const known = values.get(part.name);
  if (!known?.certain || known.words.length > maximumValues) return undefined;
  const texts: string[] = [];
  for (const word of known.words) {
    const more = possibleTexts(word, values, depth - 1);
    if (!more) return undefined;
    texts.push(...more);
  }
  return texts;
}
