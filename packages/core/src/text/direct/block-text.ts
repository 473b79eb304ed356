import { space, tab } from './character.ts';

/** The lines of a block scalar, from the first one's start to the last one's content end. */
export interface BlockLines {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Columns that are no content. */
  readonly indent: number;
  /** Whether there are lines with less than `indent` blanks, but some, or with CRLF. */
  readonly ragged: boolean;
}

const breakAndIndent: readonly string[] = Array.from(
  { length: 40 },
  (_, indent) => `\n${' '.repeat(indent)}`,
);

/** What a literal scalar says up to its last content (https://yaml.org/spec/1.2.2/#812-literal-style). */
export function literalText(block: BlockLines): string {
  const { text, start, end, indent, ragged } = block;
  if (ragged) return contentLines(block).join('\n');
  const first = text.startsWith('\n', start) ? start : start + indent;
  const content = text.slice(first, end);
  if (!content.includes('\n')) return content;
  return content.split(breakAndIndent[indent] ?? `\n${' '.repeat(indent)}`).join('\n');
}

/** What a folded scalar says up to its last content (https://yaml.org/spec/1.2.2/#813-folded-style). */
export function foldedText(block: BlockLines): string {
  let value = '';
  let blanks = 0;
  let started = false;
  let wasSetIn = false;
  for (const line of contentLines(block)) {
    if (line === '') {
      blanks += 1;
      continue;
    }
    const first = line.charCodeAt(0);
    const setIn = first === space || first === tab;
    // Lines that are set in further keep the breaks around them.
    if (!started) value += '\n'.repeat(blanks);
    else if (setIn || wasSetIn) value += '\n'.repeat(blanks + 1);
    else value += blanks === 0 ? ' ' : '\n'.repeat(blanks);
    value += line;
    blanks = 0;
    started = true;
    wasSetIn = setIn;
  }
  return value;
}

/** Lines without their indentation; blank ones with less of it are empty. */
function contentLines({ text, start, end, indent, ragged }: BlockLines): string[] {
  const lines = text.slice(start, end).split('\n');
  return lines.map((line) => {
    const content = line.slice(indent);
    return ragged && content.endsWith('\r') ? content.slice(0, -1) : content;
  });
}
