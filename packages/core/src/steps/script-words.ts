import { Vocabulary, type Present } from '../script/vocabulary.ts';
import type { Text } from '../workflow/model.ts';
import { scannerImages } from './action-kinds.ts';
import { allRows, taskRunners } from './command-table.ts';
import { otherNames } from './command-words.ts';
import { installers, scannerPackages } from './scanners.ts';
import { secretOperations } from './secret-calls.ts';

/** Every word that something asks for before it has a script read. */
export const askedWords: Vocabulary = new Vocabulary([
  ...Object.keys(otherNames),
  ...allRows.flatMap((row) => row.start),
  ...taskRunners,
  ...scannerImages,
  ...scannerPackages,
  ...Object.keys(installers),
  ...secretOperations,
  ...'aws docker podman run echo printf env printenv'.split(' '),
]);

const known = new WeakMap<object, Present | 'unclear'>();

/** Which of them stand in a script; undefined where only its syntax tells. Looked for once. */
export function wordsIn(text: Text): Present | undefined {
  let present = known.get(text.node);
  if (!present) {
    present = askedWords.in(text.value) ?? 'unclear';
    known.set(text.node, present);
  }
  return present === 'unclear' ? undefined : present;
}

/** Whether one of some words may stand in a script. */
export function mayHaveWord(text: Text, wanted: Iterable<string>): boolean {
  const present = wordsIn(text);
  if (!present) return true;
  for (const word of wanted) if (present.words.has(word)) return true;
  return false;
}
