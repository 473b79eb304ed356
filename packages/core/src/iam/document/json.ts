import {
  createScanner,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';

import type { Range } from '../../text/range.ts';
import type { SourceFile } from '../../text/source.ts';
import type {
  DocumentEntry,
  DocumentNode,
  DocumentProblem,
  DocumentText,
  PolicyDocument,
} from './node.ts';

/** Nothing in IAM's grammar is nested deeper than seven; templates around a policy are a little. */
const maxDepth = 64;
/** UTF-16 units. IAM's largest document has 6,144 characters, S3's bucket policy 20 KB. */
const maxLength = 2 * 1024 * 1024;

/**
 * Reads JSON (RFC 8259) as a tree with places. It reads on after errors; each of them is a problem of
 * the document, comments and trailing commas too, because IAM refuses them. Never throws.
 */
export function readJsonDocument(file: SourceFile): PolicyDocument {
  const { text } = file;
  const whole: Range = { start: 0, end: text.length };
  const nothing: DocumentNode = { kind: 'unresolved', expression: '', range: whole };
  if (text.length > maxLength) {
    const message = `the document has ${text.length} characters, more than ${maxLength}`;
    const problem = { code: 'policy-too-large', range: whole, message, fatal: true } as const;
    return { file, root: nothing, problems: [problem] };
  }
  const tooDeep = placeTooDeep(text);
  if (tooDeep !== undefined) {
    const range = { start: tooDeep, end: tooDeep + 1 };
    const message = `the document is nested deeper than ${maxDepth} levels`;
    const problem = { code: 'policy-too-large', range, message, fatal: true } as const;
    return { file, root: nothing, problems: [problem] };
  }
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const problems = errors.map((error) => problemOf(error, text));
  return { file, root: tree ? nodeOf(tree, text) : nothing, problems };
}

/** Where brackets nest too deep. The parser recurses, so the scanner, which does not, looks first. */
function placeTooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    // A bracket inside a string is no token of its own.
    const first = text[scanner.getTokenOffset()];
    if (first === '{' || first === '[') depth += 1;
    else if (first === '}' || first === ']') depth -= 1;
    if (depth > maxDepth) return scanner.getTokenOffset();
  }
  return undefined;
}

function problemOf(error: ParseError, text: string): DocumentProblem {
  const start = Math.min(error.offset, text.length);
  const end = Math.min(start + Math.max(error.length, 1), text.length);
  const word = printParseErrorCode(error.error);
  return {
    code: 'policy-syntax',
    range: { start, end: Math.max(start, end) },
    message: `not valid JSON: ${words[word] ?? word}`,
    fatal: true,
  };
}

const words: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is no value',
  InvalidNumberFormat: 'this is no number',
  PropertyNameExpected: 'a name in quotes must stand here',
  ValueExpected: 'a value must stand here',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'something stands after the end',
  InvalidCommentToken: 'IAM takes no comments',
  UnexpectedEndOfComment: 'a comment does not end',
  UnexpectedEndOfString: 'a string does not end',
  UnexpectedEndOfNumber: 'a number does not end',
  InvalidUnicode: 'a \\u escape needs four hexadecimal digits',
  InvalidEscapeCharacter: 'there is no such escape',
  InvalidCharacter: 'a control character must be escaped',
};

function nodeOf(node: Node, text: string): DocumentNode {
  const range: Range = { start: node.offset, end: node.offset + node.length };
  switch (node.type) {
    case 'object':
      return {
        kind: 'map',
        entries: (node.children ?? []).flatMap((one) => entry(one, text)),
        range,
      };
    case 'array':
      return { kind: 'list', items: (node.children ?? []).map((one) => nodeOf(one, text)), range };
    case 'string':
      return scalar('string', String(node.value), range);
    case 'number':
    case 'boolean':
    case 'null':
      // As written: `1e3` and 20 digits would change as numbers.
      return scalar(node.type, text.slice(range.start, range.end), range);
    case 'property':
      return { kind: 'unresolved', expression: '', range };
  }
}

function scalar(kind: DocumentText['scalar'], value: string, range: Range): DocumentText {
  return { kind: 'text', scalar: kind, value: [value], range };
}

function entry(property: Node, text: string): DocumentEntry[] {
  const [key, value] = property.children ?? [];
  if (!key) return [];
  const keyRange: Range = { start: key.offset, end: key.offset + key.length };
  const missing = property.offset + property.length;
  return [
    {
      key: [String(key.value)],
      keyRange,
      value: value
        ? nodeOf(value, text)
        : { kind: 'unresolved', expression: '', range: { start: keyRange.end, end: missing } },
    },
  ];
}
