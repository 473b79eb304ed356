import type { AuditFinding } from '../audit/run.ts';
import { fix as chainedSessionTooLong } from './fixes/chained-session-too-long.ts';
import { fix as forbiddenSecretName } from './fixes/forbidden-secret-name.ts';
import { fix as idTokenTooWide } from './fixes/id-token-too-wide.ts';
import { fix as ignoreUnused } from './fixes/ignore-unused.ts';
import { fix as kmsEncryptOversize } from './fixes/kms-encrypt-oversize.ts';
import { fix as malformedRoleArn } from './fixes/malformed-role-arn.ts';
import { fix as missingIdTokenPermission } from './fixes/missing-id-token-permission.ts';
import { fix as missingSessionName } from './fixes/missing-session-name.ts';
import { fix as releaseCreatedSkipsDrafts } from './fixes/release-created-skips-drafts.ts';
import { fix as retryMasksDenial } from './fixes/retry-masks-denial.ts';
import { fix as roleArnInSecret } from './fixes/role-arn-in-secret.ts';
import { fix as roleChainingWithoutSource } from './fixes/role-chaining-without-source.ts';
import { fix as secretInArguments } from './fixes/secret-in-arguments.ts';
import { fix as secretsInherit } from './fixes/secrets-inherit.ts';
import { fix as staticAwsCredentials } from './fixes/static-aws-credentials.ts';
import { fix as unpinnedCredentialAction } from './fixes/unpinned-credential-action.ts';
import { isRefusal, type FixContext, type FixProposal, type Fixer } from './proposal.ts';

/** Which rules have a fix; each stands in a file of the rule's name. */
export const fixers: Readonly<Record<string, Fixer>> = {
  'chained-session-too-long': chainedSessionTooLong,
  'forbidden-secret-name': forbiddenSecretName,
  'id-token-too-wide': idTokenTooWide,
  'ignore-unused': ignoreUnused,
  'kms-encrypt-oversize': kmsEncryptOversize,
  'malformed-role-arn': malformedRoleArn,
  'missing-id-token-permission': missingIdTokenPermission,
  'missing-session-name': missingSessionName,
  'release-created-skips-drafts': releaseCreatedSkipsDrafts,
  'retry-masks-denial': retryMasksDenial,
  'role-arn-in-secret': roleArnInSecret,
  'role-chaining-without-source': roleChainingWithoutSource,
  'secret-in-arguments': secretInArguments,
  'secrets-inherit': secretsInherit,
  'static-aws-credentials': staticAwsCredentials,
  'unpinned-credential-action': unpinnedCredentialAction,
};

/** The proposal for a finding; undefined when its rule has no fix or the fix does not apply. */
export function propose(finding: AuditFinding, context: FixContext): FixProposal | undefined {
  const result = fixers[finding.rule]?.(finding, context);
  return result && !isRefusal(result) ? result : undefined;
}
