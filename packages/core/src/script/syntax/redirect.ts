import type { Range } from '../../text/range.ts';
import type { ShellHeredoc, ShellRedirect } from '../shell.ts';
import type { SyntaxNode } from './node.ts';
import type { Place, Reader } from './reader.ts';
import type { HereBody } from './scan.ts';
import { readHeredocParts, readPlainParts, readWord } from './word.ts';

/** A redirect as the grammar sees it. */
export interface RedirectSyntax extends Range {
  readonly operator: SyntaxNode;
  readonly descriptor?: number;
  readonly target: Range | undefined;
  /** The grammar takes the words behind the target for more targets; they belong to the command. */
  readonly words: readonly Range[];
}

/** Takes a `file_redirect` apart; the skeleton has no other kind. */
export function redirectSyntax(reader: Reader, node: SyntaxNode): RedirectSyntax | undefined {
  const operator = node.children.find((child) => !child.named);
  if (!operator) return undefined;
  const words = joined(node.children.filter((child) => child.field === 'destination'));
  const descriptor = node.children.find((child) => child.kind === 'file_descriptor');
  const number = descriptor
    ? { descriptor: Number(reader.text.slice(descriptor.start, descriptor.end)) }
    : {};
  const [target, ...rest] = words;
  const end = target?.end ?? operator.end;
  return { operator, ...number, target, words: rest, start: node.start, end };
}

/** The ranges of words; what touches is one word, also where the grammar parts it. */
export function joined(nodes: readonly Range[]): Range[] {
  const ranges: { start: number; end: number }[] = [];
  for (const { start, end } of nodes) {
    const last = ranges.at(-1);
    if (start === end) continue;
    if (last?.end === start) last.end = end;
    else ranges.push({ start, end });
  }
  return ranges;
}

/** Reads a redirect with its word or its here-document. */
export function readRedirect(reader: Reader, syntax: RedirectSyntax, place: Place): ShellRedirect {
  const { start, end } = syntax;
  const number = syntax.descriptor === undefined ? {} : { descriptor: syntax.descriptor };
  const here = reader.here.get(syntax.operator.start);
  const operator =
    here?.operator ?? reader.source.slice(syntax.operator.start, syntax.operator.end);
  if (here?.body) {
    const heredoc = readHeredoc(reader, here.body, here.operator === '<<-', place);
    return { operator, ...number, heredoc, start, end };
  }
  const target = syntax.target && readWord(reader, syntax.target.start, syntax.target.end, place);
  return { operator, ...number, ...(target ? { target } : {}), start, end };
}

function readHeredoc(
  reader: Reader,
  body: HereBody,
  tabsStripped: boolean,
  place: Place,
): ShellHeredoc {
  const { start, end, quoted, delimiter } = body;
  const first = reader.variables.length;
  const inside: Place = { ...place, enclosing: { ...place.enclosing, kind: 'heredoc' } };
  const { text, parts } = quoted
    ? readPlainParts(reader, start, end)
    : readHeredocParts(reader, start, end, inside, tabsStripped);
  const heredoc: ShellHeredoc = {
    text: quoted && tabsStripped ? text.replace(/^\t+/gm, '') : text,
    delimiter,
    quoted,
    tabsStripped,
    parts,
    expressions: expressionsIn(reader, body),
    variables: reader.variables.slice(first),
    ...(place.command === undefined ? {} : { command: place.command }),
    start,
    end,
  };
  reader.heredocs.push(heredoc);
  return heredoc;
}

/** The indices of the expressions in a range; they are in the order of the text. */
function expressionsIn(reader: Reader, range: Range): number[] {
  const { expressions } = reader.mask;
  let low = 0;
  for (let high = expressions.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((expressions[middle]?.start ?? 0) < range.start) low = middle + 1;
    else high = middle;
  }
  const indices: number[] = [];
  for (; (expressions[low]?.end ?? Infinity) <= range.end; low += 1) indices.push(low);
  return indices;
}
