import type { Range } from '../../text/range.ts';
import type { Reader } from './reader.ts';

/**
 * The words of `A=( )` or `[[ ]]`, which the grammar does not see: parted by blanks and newlines, and
 * in a test by `&&` and `||` too.
 */
export function wordsIn(reader: Reader, from: number, end: number, test: boolean): Range[] {
  const { text, closings } = reader;
  const words: Range[] = [];
  let start = -1;
  const finish = (at: number): void => {
    if (start !== -1) words.push({ start, end: at });
    start = -1;
  };
  for (let at = from; at < end;) {
    const unit = text[at] ?? ' ';
    const operator = test && (text.startsWith('&&', at) || text.startsWith('||', at));
    if (operator || ' \t\r\n'.includes(unit)) {
      finish(at);
      if (operator) words.push({ start: at, end: at + 2 });
      at += operator ? 2 : 1;
    } else if (unit === '#' && start === -1 && !test) {
      const newline = text.indexOf('\n', at);
      at = newline === -1 ? end : Math.min(newline, end);
    } else if (text.startsWith('\\\n', at) && start === -1) {
      at += 2;
    } else {
      if (start === -1) start = at;
      at = next(text, at, closings);
    }
  }
  finish(end);
  return words.map((word) => ({ start: word.start, end: Math.min(word.end, end) }));
}

function next(text: string, at: number, closings: ReadonlyMap<number, number>): number {
  const close = closings.get(at) ?? -1;
  if (close > at) return close;
  return text[at] === '\\' ? at + 2 : at + 1;
}
