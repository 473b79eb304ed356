import type { RuleContext } from '../audit/rule.ts';
import type { AuditFinding } from '../audit/run.ts';
import type { TextEdit } from '../text/edit.ts';
import type { SourceFile } from '../text/source.ts';
import type { Todo } from './todo.ts';

/** One way to cure a finding: what changes in which files, and what must happen outside of them. */
export interface FixProposal {
  readonly title: string;
  /** Whether the workflow does the same afterwards, given that the todos are done. */
  readonly safe: boolean;
  /** Why it is not safe. */
  readonly reason?: string;
  readonly edits: FileEdits;
  /** What no file shows: roles, variables, deletions. */
  readonly todos?: readonly Todo[];
}

/** Edits per file. */
export type FileEdits = ReadonlyMap<SourceFile, readonly TextEdit[]>;

/** A finding that cannot be cured by edits, and why: for the report, not an error. */
export interface Refusal {
  readonly refused: string;
}

/** What a fix looks at: everything the rules saw, and the whole audit. */
export interface FixContext extends RuleContext {
  readonly findings: readonly AuditFinding[];
}

/** Makes a proposal for a finding of one rule. */
export type Fixer = (finding: AuditFinding, context: FixContext) => FixProposal | Refusal;

/** Tells a refusal from a proposal. */
export function isRefusal(result: object): result is Refusal {
  return 'refused' in result;
}

/** Collects edits of several files. */
export class EditSet {
  readonly #edits = new Map<SourceFile, TextEdit[]>();

  /** Adds edits; undefined ones make the whole set unusable, because a half-made fix is worse than none. */
  add(file: SourceFile, ...edits: (TextEdit | undefined)[]): void {
    const list = this.#edits.get(file) ?? [];
    for (const edit of edits) {
      if (edit) list.push(edit);
      else this.failed = true;
    }
    this.#edits.set(file, list);
  }

  /** Takes over the edits of another set. */
  merge(other: FileEdits): void {
    for (const [file, edits] of other) this.add(file, ...edits);
  }

  /** Whether some edit could not be made in the layout of its file. */
  failed = false;

  get edits(): FileEdits {
    return this.#edits;
  }
}

/** An argument of a finding that is a text; empty when it is something else. */
export function textOf(finding: AuditFinding, name: string): string {
  const value = finding.data[name];
  return typeof value === 'string' ? value : '';
}
