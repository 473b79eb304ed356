import type { Range } from '../../text/range.ts';
import type { SourceFile } from '../../text/source.ts';

/**
 * A policy document as a tree with places, whatever it was written in: JSON, YAML, a template's
 * intrinsic functions, HCL. Duplicate keys are kept in their order. What a reader could not resolve is
 * `unresolved`, or a text with holes; it is never left out.
 */
export type DocumentNode = DocumentText | DocumentList | DocumentMap | DocumentUnresolved;

/** A scalar; `scalar` says what the source wrote, because IAM refuses some numbers and booleans. */
export interface DocumentText {
  readonly kind: 'text';
  readonly scalar: 'string' | 'number' | 'boolean' | 'null';
  readonly value: TemplateText;
  readonly range: Range;
}

interface DocumentList {
  readonly kind: 'list';
  readonly items: readonly DocumentNode[];
  readonly range: Range;
}

export interface DocumentMap {
  readonly kind: 'map';
  readonly entries: readonly DocumentEntry[];
  readonly range: Range;
}

export interface DocumentEntry {
  /** A key can have holes too: `${var.issuer}:sub`. */
  readonly key: TemplateText;
  readonly keyRange: Range;
  readonly value: DocumentNode;
}

/** A part that needs what no file holds: an imported value, a function, a data source. */
interface DocumentUnresolved {
  readonly kind: 'unresolved';
  /** The expression as written, shortened. */
  readonly expression: string;
  readonly range: Range;
}

/** A string in pieces: fixed characters, and holes whose value is not known. */
export type TemplateText = readonly TemplatePiece[];
export type TemplatePiece = string | Hole;

/** Any string at all, the empty one included. */
export interface Hole {
  /** What would fill it, as written: `AWS::AccountId`, `var.github_org`. */
  readonly hole: string;
}

/** A document and the file that its ranges point into. */
export interface PolicyDocument {
  readonly file: SourceFile;
  readonly root: DocumentNode;
  /** What the reader found wrong with the text itself; {@link PolicyDocument.root} is what could be read. */
  readonly problems?: readonly DocumentProblem[];
}

/** What is wrong with the text that a document was written in. */
interface DocumentProblem {
  readonly code: 'policy-syntax' | 'policy-too-large' | 'policy-unresolved';
  readonly range: Range;
  readonly message: string;
  /** Whether no decision can be based on the document. */
  readonly fatal: boolean;
}
