import { parseJsonDocument } from '../../iam/document/json.ts';
import type {
  DocumentNode,
  DocumentText,
  Hole,
  TemplatePiece,
  TemplateText,
} from '../../iam/document/node.ts';
import type { Range } from '../../text/range.ts';
import { sourceFile } from '../../text/source.ts';
import type { ProblemList } from '../problem.ts';
import { joinPieces } from './access.ts';
import { unreadable } from './unreadable.ts';

/** Brackets from the private use area: no policy holds them, and a text that does is refused. */
const open = '\uE000';
const close = '\uE001';
/** A hole that stands for a whole value. */
const wholeHole = /^\uE000\uE000(\d+)\uE001\uE001$/;
const mark = /\uE000(\d+)\uE001/g;

/**
 * JSON whose text has holes: `{"Resource": "arn:aws:s3:::${var.bucket}/*"}`. A hole inside a string
 * becomes a hole of that string; one that stands for a value becomes `unresolved`; one that could be a
 * part of the syntax makes the whole document unresolved. `at` maps an offset of the text to the file;
 * without it every place is the string's.
 */
export function parseHoledJson(
  node: DocumentText,
  problems: ProblemList,
  at?: (offset: number) => number,
): DocumentNode {
  const holes: Hole[] = [];
  const starts: { readonly marked: number; readonly plain: number }[] = [];
  let text = '';
  let plain = 0;
  let quoted = false;
  for (const piece of node.value) {
    if (typeof piece !== 'string') {
      const name = `${open}${holes.length}${close}`;
      holes.push(piece);
      text += quoted ? name : `"${open}${name}${close}"`;
      continue;
    }
    if (piece.includes(open) || piece.includes(close)) {
      return unreadable(
        node.range,
        'the policy document holds characters of private use',
        problems,
      );
    }
    starts.push({ marked: text.length, plain });
    text += piece;
    plain += piece.length;
    quoted = endsQuoted(piece, quoted);
  }
  const parsed = parseJsonDocument(sourceFile(problems.file.path, text));
  const fatal = parsed.problems.find((problem) => problem.fatal);
  if (parsed.root === undefined || fatal) {
    const message = `the policy document in this string is no JSON: ${fatal?.message ?? 'it is empty'}`;
    return unreadable(node.range, message, problems);
  }
  const place = (range: Range): Range => {
    if (!at) return node.range;
    const offset = (marked: number): number => {
      const start = starts.findLast((one) => one.marked <= marked);
      return at(start ? start.plain + marked - start.marked : 0);
    };
    const start = offset(range.start);
    return { start, end: Math.max(offset(range.end), start) };
  };
  return fill(parsed.root, holes, place);
}

/** Whether a JSON string is open after `piece`. A piece never ends between `\` and what it escapes, or is refused as no JSON. */
function endsQuoted(piece: string, before: boolean): boolean {
  let quoted = before;
  for (let i = 0; i < piece.length; i += 1) {
    if (quoted && piece[i] === '\\') i += 1;
    else if (piece[i] === '"') quoted = !quoted;
  }
  return quoted;
}

function fill(
  node: DocumentNode,
  holes: readonly Hole[],
  place: (range: Range) => Range,
): DocumentNode {
  const range = place(node.range);
  switch (node.kind) {
    case 'list':
      return { ...node, range, items: node.items.map((item) => fill(item, holes, place)) };
    case 'map': {
      const entries = node.entries.map(({ key, keyRange, value }) => ({
        key: pieces(key, holes),
        keyRange: place(keyRange),
        value: fill(value, holes, place),
      }));
      return { ...node, range, entries };
    }
    case 'text': {
      const [only] = node.value;
      const whole = wholeHole.exec(typeof only === 'string' ? only : '');
      if (whole) {
        return { kind: 'unresolved', expression: holes[Number(whole[1])]?.hole ?? '', range };
      }
      return { ...node, range, value: pieces(node.value, holes) };
    }
    case 'unresolved':
      return { ...node, range };
  }
}

function pieces(text: TemplateText, holes: readonly Hole[]): TemplateText {
  const found: TemplatePiece[] = [];
  for (const piece of text) {
    if (typeof piece !== 'string') continue;
    const whole = wholeHole.exec(piece);
    if (whole) return [holes[Number(whole[1])] ?? { hole: '' }];
    let from = 0;
    for (const match of piece.matchAll(mark)) {
      found.push(piece.slice(from, match.index), holes[Number(match[1])] ?? { hole: '' });
      from = match.index + match[0].length;
    }
    found.push(piece.slice(from));
  }
  return joinPieces(found);
}
