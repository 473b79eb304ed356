import type { Finding } from '../finding/finding.ts';
import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';

/**
 * A comment `# sallyport: ignore[rule-a, rule-b] reason`. It covers its own line, or the next one
 * when it stands alone, and every deeper indented line that belongs to it.
 */
export interface Suppression {
  readonly file: SourceFile;
  /** The range of the comment. */
  readonly range: Range;
  readonly rules: readonly string[];
  readonly reason: string;
  /** Lines from 1, both inclusive. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Which comments there are, and which of their rules hid something. */
export interface SuppressionState {
  readonly all: readonly Suppression[];
  used(suppression: Suppression, rule: string): boolean;
  readonly rules: KnownRules;
}

/** The rules that a comment can name. */
export interface KnownRules {
  /** The id of every rule there is, whether it ran or not. */
  readonly ids: readonly string[];
  /** Whether findings of a rule could have been hidden: it ran, and not only after the others. */
  ran(id: string): boolean;
}

const comment = /(?:^|\s)(#[ \t]*sallyport:[ \t]*ignore\[([^\]\n]*)\][ \t]*([^\r\n]*))/;

/** The suppressions of a file, in order. */
export function suppressionsOf(file: SourceFile): Suppression[] {
  if (!file.text.includes('sallyport:')) return [];
  const found: Suppression[] = [];
  for (let line = 1; line <= file.lines.count; line += 1) {
    const range = file.lines.range(line);
    if (!range) continue;
    const text = file.text.slice(range.start, range.end);
    const match = comment.exec(text);
    if (!match) continue;
    const start = range.start + match.index + match[0].indexOf('#');
    const alone = text.trimStart().startsWith('#');
    const firstLine = alone ? nextLine(file, line) : line;
    found.push({
      file,
      range: { start, end: range.end },
      rules: (match[2] ?? '')
        .split(',')
        .map((rule) => rule.trim())
        .filter(Boolean),
      reason: (match[3] ?? '').trim(),
      firstLine,
      lastLine: lastLineOf(file, firstLine),
    });
  }
  return found;
}

/** Whether a suppression speaks of a finding: the same file, one of its rules, the place covered. */
function covers(suppression: Suppression, finding: Finding): boolean {
  const [primary] = finding.locations;
  return (
    suppression.reason !== '' &&
    suppression.rules.includes(finding.rule) &&
    primary.file === suppression.file.path &&
    primary.endLine >= suppression.firstLine &&
    primary.startLine <= suppression.lastLine
  );
}

/** Applies suppressions; what they hide comes back beside what is left. */
export function suppress(
  findings: readonly Finding[],
  all: readonly Suppression[],
  rules: KnownRules,
): { kept: Finding[]; hidden: Finding[]; state: SuppressionState } {
  const kept: Finding[] = [];
  const hidden: Finding[] = [];
  const used = new Set<string>();
  const key = (index: number, rule: string): string => `${index}\n${rule}`;
  for (const finding of findings) {
    const matching = all.flatMap((one, index) => (covers(one, finding) ? [index] : []));
    for (const index of matching) used.add(key(index, finding.rule));
    (matching.length > 0 ? hidden : kept).push(finding);
  }
  return {
    kept,
    hidden,
    state: { all, rules, used: (one, rule) => used.has(key(all.indexOf(one), rule)) },
  };
}

function nextLine(file: SourceFile, after: number): number {
  for (let line = after + 1; line <= file.lines.count; line += 1) {
    const text = lineText(file, line).trim();
    if (text !== '' && !text.startsWith('#')) return line;
  }
  return after;
}

/** The last line that is indented deeper than `first`, counting the dash of a list item as indentation. */
function lastLineOf(file: SourceFile, first: number): number {
  const indent = /^ */.exec(lineText(file, first))?.[0].length ?? 0;
  let last = first;
  for (let line = first + 1; line <= file.lines.count; line += 1) {
    const text = lineText(file, line);
    if (text.trim() === '') continue;
    if ((/^ */.exec(text)?.[0].length ?? 0) <= indent) break;
    last = line;
  }
  return last;
}

function lineText(file: SourceFile, line: number): string {
  const range = file.lines.range(line);
  return range ? file.text.slice(range.start, range.end) : '';
}
