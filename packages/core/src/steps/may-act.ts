import { unquoted } from '../script/vocabulary.ts';
import type { Text } from '../workflow/model.ts';
import { scannerImages } from './action-kinds.ts';
import { namedWords } from './command-kinds.ts';
import { allRows, taskRunners, webhookWords, type Row } from './command-table.ts';
import { otherNames } from './command-words.ts';
import { wordsIn } from './script-words.ts';

/** The rows by the program that they start with, under every name that it has. */
const byProgram = new Map<string, readonly Row[]>();
for (const row of allRows) {
  const [program = ''] = row.start;
  byProgram.set(program, [...(byProgram.get(program) ?? []), row]);
}
for (const [name, program] of Object.entries(otherNames)) {
  byProgram.set(name, byProgram.get(program) ?? []);
}

/**
 * Whether some command of a script can be a deed at all. INVARIANT: never false for a script of which
 * `commandDeeds` gives one: the words of a row, the name of a task, a file and an image are words of
 * the script. Most scripts do nothing of interest, and then their syntax need not be read.
 */
export function mayAct(text: Text): boolean {
  const script = text.value;
  const present = wordsIn(text);
  if (!present) return true;
  const { words, file } = present;
  for (const word of words) {
    const starting = byProgram.get(word);
    if (starting?.some((row) => holds(row, words, script))) return true;
  }
  if ((words.has('docker') || words.has('podman')) && words.has('run')) {
    for (const image of scannerImages) if (words.has(image)) return true;
  }
  if (!file && !intersects(taskRunners, words)) return false;
  return namedWords.test(unquoted(script).toLowerCase());
}

function holds(row: Row, words: ReadonlySet<string>, script: string): boolean {
  for (let at = 1; at < row.start.length; at += 1) {
    if (!words.has(row.start[at] ?? '')) return false;
  }
  return row.kind !== 'notify' || row.start.length > 1 || webhookWords.test(unquoted(script));
}

function intersects(wanted: ReadonlySet<string>, words: ReadonlySet<string>): boolean {
  for (const word of words) if (wanted.has(word)) return true;
  return false;
}
