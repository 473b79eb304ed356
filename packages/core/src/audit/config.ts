import type { Severity } from '../finding/severity.ts';

/** The part of `.github/sallyport.yml` that the audit reads. */
export interface AuditConfig {
  /** Severities by rule id; `off` switches a rule off, and the report says so. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Names of artifacts that may be public, `*` for any characters. */
  readonly publicArtifacts: readonly string[];
  /** Declared environments by name: the account each belongs to, and the stage before it. */
  readonly environments: Readonly<
    Record<string, { readonly account?: string; readonly through?: string }>
  >;
  /** Account ids by the names that `environments` use. */
  readonly accounts: Readonly<Record<string, string>>;
}

/** The configuration of a repository that has none. */
export const noConfig: AuditConfig = {
  rules: {},
  publicArtifacts: [],
  environments: {},
  accounts: {},
};
