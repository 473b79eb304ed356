import type { ShellPart, ShellQuote, ShellWord } from './shell.ts';

/** Puts a word together; `glob` says that something other than its parts changes the text. */
export function wordOf(
  start: number,
  end: number,
  parts: readonly ShellPart[],
  glob: boolean,
  text: string,
): ShellWord {
  const literal = !glob && parts.every((part) => part.kind === 'text');
  return { text, parts, literal, quote: quoteOf(parts), start, end };
}

/** A backslash quotes too, so that a word without quotes is its own text, or it is mixed. */
function quoteOf(parts: readonly ShellPart[]): ShellQuote {
  const [first] = parts;
  const quote = first?.quote ?? 'none';
  if (parts.some((part) => part.quote !== quote)) return 'mixed';
  return quote === 'none' && parts.some(isEscaped) ? 'mixed' : quote;
}

function isEscaped(part: ShellPart): boolean {
  return part.kind === 'text' && part.text.length !== part.end - part.start;
}

/** What stands behind the first `length` UTF-16 units of a word's text, e.g. behind `--region=`. */
export function wordBehind(word: ShellWord, length: number): ShellWord {
  let left = length;
  let { start, end } = word;
  const parts: ShellPart[] = [];
  for (const part of word.parts) {
    if (left === 0) {
      parts.push(part);
    } else if (part.kind === 'text') {
      const cut = Math.min(left, part.text.length);
      left -= cut;
      start = cut === part.text.length && part.quote === 'none' ? part.end : part.start + cut;
      // In `"A=b"` the quotes are around the name too.
      if (part.quote !== 'none') end = word.parts.at(-1)?.end ?? end;
      if (cut < part.text.length) parts.push({ ...part, text: part.text.slice(cut), start });
    } else {
      left = Math.max(0, left - (part.end - part.start));
      start = part.end;
    }
  }
  const glob = !word.literal && word.parts.every((part) => part.kind === 'text');
  return wordOf(start, end, parts, glob, word.text.slice(length));
}
