import { createScanner, type JSONScanner } from 'jsonc-parser';

import type { Range } from '../../text/range.ts';
import type { SourceFile } from '../../text/source.ts';
import type { PolicyProblem } from '../policy.ts';
import type { DocumentEntry, DocumentNode, DocumentText, PolicyDocument } from './node.ts';

/** A JSON text as a tree, as far as there is one, and what is wrong with it. */
export interface ParsedJson {
  readonly root: DocumentNode | undefined;
  readonly problems: readonly PolicyProblem[];
}

/** The scanner's token kinds (`SyntaxKind` of jsonc-parser is a const enum, which modules cannot share). */
const token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  end: 17,
} as const;
const lineComment = 12;
const blockComment = 13;

/** Deeper than any policy or template, shallow enough for every reader that recurses on the tree. */
const maxDepth = 100;

/**
 * Reads JSON (RFC 8259) with places. Never throws: the first syntax error ends reading and is fatal;
 * comments are read over and named, because IAM and CloudFormation refuse them. Duplicate keys are kept.
 */
export function parseJsonDocument(file: SourceFile): ParsedJson {
  const reader = new Reader(file.text);
  return { root: reader.read(), problems: reader.problems };
}

/** UTF-16 units. IAM's largest document has 6,144 characters, S3's bucket policy 20 KB. */
const maxLength = 2 * 1024 * 1024;

/**
 * Reads a text that is one policy. Whatever is wrong with it is a fatal problem of the document, comments
 * too, because IAM refuses them; a byte order mark is only noted. Never throws.
 */
export function readJsonDocument(file: SourceFile): PolicyDocument {
  const whole: Range = { start: 0, end: file.text.length };
  const nothing: DocumentNode = { kind: 'unresolved', expression: '', range: whole };
  if (file.text.length > maxLength) {
    const message = `the document has ${file.text.length} characters, more than ${maxLength}`;
    const problem = { code: 'policy-too-large', range: whole, message, fatal: true } as const;
    return { file, root: nothing, problems: [problem] };
  }
  const { root, problems } = parseJsonDocument(file);
  const found = problems.map(
    ({ range, message }) => ({ code: 'policy-syntax', range, message, fatal: true }) as const,
  );
  return { file, root: root ?? nothing, problems: file.bom ? [...found, byteOrderMark] : found };
}

/** RFC 8259, section 8.1, lets a reader take it off; IAM's pages do not say whether it does. */
const byteOrderMark = {
  code: 'policy-syntax',
  range: { start: 0, end: 0 },
  message: 'the file begins with a byte order mark: AWS does not say that it takes one',
  fatal: false,
} as const;

class Stop extends Error {}

class Reader {
  readonly problems: PolicyProblem[] = [];
  readonly #scanner: JSONScanner;
  #token = 0;

  constructor(text: string) {
    this.#scanner = createScanner(text, false);
  }

  read(): DocumentNode | undefined {
    try {
      this.#next();
      const root = this.#value(0);
      if (this.#token !== token.end) this.#fail('text follows after the end of the JSON value');
      return root;
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      return undefined;
    }
  }

  #next(): void {
    for (;;) {
      const kind: number = this.#scanner.scan();
      if (kind === lineComment || kind === blockComment) {
        if (this.problems.length === 0) this.#report('JSON has no comments', false);
      }
      // Blanks and line breaks are the kinds 14 and 15.
      if (kind < lineComment || kind > 15) {
        this.#token = kind;
        break;
      }
    }
    const error: number = this.#scanner.getTokenError();
    if (error !== 0) this.#fail(scanErrors[error] ?? 'this is no JSON');
  }

  #range(): Range {
    const start = this.#scanner.getTokenOffset();
    return { start, end: start + this.#scanner.getTokenLength() };
  }

  #value(depth: number): DocumentNode {
    if (depth > maxDepth) this.#fail(`it is nested deeper than ${maxDepth} levels`);
    switch (this.#token) {
      case token.openBrace:
        return this.#map(depth);
      case token.openBracket:
        return this.#list(depth);
      case token.string:
        return this.#scalar('string');
      case token.number:
        return this.#scalar('number');
      case token.true:
      case token.false:
        return this.#scalar('boolean');
      case token.null:
        return this.#scalar('null');
      case token.end:
        return this.#fail('the JSON ends too early');
      default:
        return this.#fail('a JSON value is expected here');
    }
  }

  #scalar(scalar: DocumentText['scalar']): DocumentText {
    const range = this.#range();
    const value = this.#scanner.getTokenValue();
    this.#next();
    return { kind: 'text', scalar, value: value === '' ? [] : [value], range };
  }

  #map(depth: number): DocumentNode {
    const { start } = this.#range();
    const entries: DocumentEntry[] = [];
    this.#next();
    while (this.#token !== token.closeBrace) {
      if (entries.length > 0) this.#expect(token.comma, 'a comma or "}" is expected here');
      if (this.#token !== token.string) this.#fail('a name in double quotes is expected here');
      const keyRange = this.#range();
      const key = this.#scanner.getTokenValue();
      this.#next();
      this.#expect(token.colon, 'a colon is expected here');
      entries.push({ key: key === '' ? [] : [key], keyRange, value: this.#value(depth + 1) });
    }
    const { end } = this.#range();
    this.#next();
    return { kind: 'map', entries, range: { start, end } };
  }

  #list(depth: number): DocumentNode {
    const { start } = this.#range();
    const items: DocumentNode[] = [];
    this.#next();
    while (this.#token !== token.closeBracket) {
      if (items.length > 0) this.#expect(token.comma, 'a comma or "]" is expected here');
      items.push(this.#value(depth + 1));
    }
    const { end } = this.#range();
    this.#next();
    return { kind: 'list', items, range: { start, end } };
  }

  #expect(kind: number, message: string): void {
    if (this.#token !== kind) this.#fail(message);
    this.#next();
  }

  #report(message: string, fatal: boolean): void {
    const { start, end } = this.#range();
    const range = { start, end: Math.max(end, start + 1) };
    this.problems.push({ code: 'policy-syntax', range, message, fatal });
  }

  #fail(message: string): never {
    this.#report(message, true);
    throw new Stop();
  }
}

/** `ScanError` of jsonc-parser. */
const scanErrors: Readonly<Record<number, string>> = {
  1: 'a comment does not end',
  2: 'a string does not end',
  3: 'a number does not end',
  4: 'an escape \\u needs four hexadecimal digits',
  5: 'this escape is not one of JSON',
  6: 'a control character must be escaped in a string',
};
