import type { Range } from './range.ts';

/** Why a text is not the YAML that GitHub would run; each with the place. */
export type YamlProblemCode =
  | 'yaml-syntax'
  | 'yaml-duplicate-key'
  | 'yaml-unknown-alias'
  | 'yaml-cyclic-alias'
  | 'yaml-alias-expansion'
  | 'yaml-too-deep'
  | 'yaml-many-documents';

/**
 * One problem of a YAML text. `message` is the parser's own sentence, kept for syntax errors only;
 * `fatal` says that nothing after it can be trusted.
 */
export interface YamlProblem {
  readonly code: YamlProblemCode;
  readonly range: Range;
  readonly message: string;
  readonly fatal: boolean;
}
