/**
 * Every way a command can fail, with its arguments and its exit code (DESIGN section 4). A code is
 * never renamed: scripts match on it. Each has a page in docs/errors/.
 */
export interface ErrorArguments {
  USAGE: { problem: string; cure: string };
  CONFIG_UNREADABLE: { path: string; problem: string };
  CONFIG_INVALID: { path: string; line: number; column: number; problem: string; cure: string };
  NOTHING_TO_EXAMINE: { paths: readonly string[] };
  PATH_NOT_FOUND: { path: string };
  PATH_UNREADABLE: { path: string; problem: string };
  OUTPUT_NOT_WRITTEN: { path: string; problem: string };
  BASELINE_INVALID: { path: string; problem: string };
  DIRTY_TREE: { root: string; files: readonly string[] };
  GIT_NOT_AVAILABLE: { root: string; problem: string };
  FIX_NOT_WRITTEN: { path: string; problem: string; written: readonly string[] };
  INPUT_INVALID: { path: string; problem: string; cure: string };
  UNKNOWN_TOPIC: { topic: string; nearest: string | undefined };
  AWS_NO_CREDENTIALS: { problem: string };
  AWS_CREDENTIALS_INVALID: { action: string; problem: string };
  AWS_REFUSED: { action: string; problem: string };
  AWS_UNREACHABLE: { action: string; problem: string };
  SNAPSHOT_PARTIAL: { missing: readonly string[]; refused: readonly string[] };
  INTERNAL: { problem: string };
}

export type ErrorCode = keyof ErrorArguments;

/** Exit codes of the command line; see docs/reference/exit-codes.md. */
export const exitCodes: Readonly<Record<ErrorCode, number>> = {
  USAGE: 2,
  CONFIG_UNREADABLE: 2,
  CONFIG_INVALID: 2,
  NOTHING_TO_EXAMINE: 3,
  PATH_NOT_FOUND: 2,
  PATH_UNREADABLE: 4,
  OUTPUT_NOT_WRITTEN: 4,
  BASELINE_INVALID: 2,
  DIRTY_TREE: 2,
  GIT_NOT_AVAILABLE: 4,
  FIX_NOT_WRITTEN: 4,
  INPUT_INVALID: 2,
  UNKNOWN_TOPIC: 2,
  AWS_NO_CREDENTIALS: 4,
  AWS_CREDENTIALS_INVALID: 4,
  AWS_REFUSED: 4,
  AWS_UNREACHABLE: 4,
  SNAPSHOT_PARTIAL: 4,
  INTERNAL: 70,
};

/** Every code, in the order of the union. */
export const errorCodes: readonly ErrorCode[] = Object.keys(exitCodes) as ErrorCode[];
