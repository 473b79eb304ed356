import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';
import type { Job, Step, Text, Workflow } from '../workflow/model.ts';
import type { Frame } from './frame.ts';
import type { Origin } from './origin.ts';

/**
 * What a key-like place holds. Only the first three are findings of `static-aws-credentials`:
 * - `static`: a long-lived AWS key that CI uses;
 * - `minted`: a key made in the run by `aws iam create-access-key`;
 * - `app-runtime`: a long-lived key handed to the application, not used by CI itself;
 * - `temporary`: keys of an STS session;
 * - `emulator`: a placeholder for an emulator or a test;
 * - `other-cloud`: a key of another, S3-compatible service;
 * - `guard`: text that forbids or only mentions keys;
 * - `presence-gate`: a secret that is only tested for being set;
 * - `declaration`: a secret that a reusable workflow declares;
 * - `pass-through`: a value handed on to a callee, or taken from a caller: reported at its source;
 * - `unknown`: only a run can tell.
 */
export type KeyClass =
  | 'static'
  | 'minted'
  | 'app-runtime'
  | 'temporary'
  | 'emulator'
  | 'other-cloud'
  | 'guard'
  | 'presence-gate'
  | 'declaration'
  | 'pass-through'
  | 'unknown';

/** Which part of a key a place holds; `pair` when one value holds both. */
export type KeyPart = 'id' | 'secret' | 'token' | 'pair';

/** The kind of block or construct a place stands in. */
export type PlaceScope =
  | 'workflow'
  | 'job'
  | 'step'
  | 'service'
  | 'container'
  | 'declaration'
  | 'call'
  | 'script';

/** One place where something that looks like an AWS key stands. */
export interface KeyPlace {
  readonly scope: PlaceScope;
  /** `with`, `env`, ...: how the value is handed over. */
  readonly by: 'with' | 'env' | 'secrets' | 'declaration' | 'script' | 'credentials';
  readonly part: KeyPart;
  /** The name under which the value stands (an input, a variable, a flag). */
  readonly name: string;
  readonly file: SourceFile;
  readonly range: Range;
  readonly text?: Text;
  readonly frame?: Frame;
  readonly workflow?: Workflow;
  readonly job?: Job;
  readonly step?: Step;
  readonly origins: readonly Origin[];
}

/** A place with its class and, in a few words, why. */
export interface ExaminedPlace extends KeyPlace {
  readonly class: KeyClass;
  readonly reason: string;
}

/** The places of one block (one `with:`, one `env:`, one command) that belong to the same key. */
export interface KeyGroup {
  readonly class: KeyClass;
  readonly reason: string;
  /** In the order of the file, never empty. */
  readonly places: readonly [ExaminedPlace, ...ExaminedPlace[]];
}
