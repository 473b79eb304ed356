import type { AuditConfig } from '../audit/config.ts';
import type { Config } from './config.ts';

/** The part of a configuration that the audit reads. */
export function auditConfigOf({ audit, environments = {}, accounts = {} }: Config): AuditConfig {
  return {
    rules: audit?.rules ?? {},
    publicArtifacts: audit?.['public-artifacts'] ?? [],
    environments: Object.fromEntries(
      Object.entries(environments).map(([name, { account, through }]) => [
        name,
        {
          ...(account === undefined ? {} : { account }),
          ...(through === undefined ? {} : { through }),
        },
      ]),
    ),
    accounts: Object.fromEntries(Object.entries(accounts).map(([name, { id }]) => [name, id])),
  };
}
