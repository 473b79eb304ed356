import type { Confidence, Plane, Severity } from './severity.ts';

/** What a rule reports, ready to be rendered: data only, no prose but labels. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly plane?: Plane;
  /** What happened, one sentence, lower case, no full stop. */
  readonly message: string;
  /** What to do, one sentence or command. */
  readonly help: string;
  readonly helpUri: string;
  /** The first location is the primary one; `related` places follow in the order they matter. */
  readonly locations: readonly [Location, ...Location[]];
  /** The rule's typed arguments, as they appear in JSON. */
  readonly data: FindingData;
  readonly fix?: FixOffer;
}

/** A place in a file; lines and columns start at 1, the end is exclusive. */
export interface Location {
  readonly file: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly role: 'primary' | 'related';
  readonly label: string;
}

/** Arguments of a finding: what its message is made of, and what scripts read. */
export type FindingData = Readonly<Record<string, JsonValue>>;
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** What `fix` would do; `reason` says why an unsafe fix is unsafe. */
export interface FixOffer {
  readonly title: string;
  readonly safe: boolean;
  readonly reason?: string;
}
