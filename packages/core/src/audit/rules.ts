import type { Rule } from './rule.ts';
import { rule as assertedEvidence } from './rules/asserted-evidence.ts';
import { rule as branchReachesProduction } from './rules/branch-reaches-production.ts';
import { rule as chainedSessionTooLong } from './rules/chained-session-too-long.ts';
import { rule as changeSetAfterTheFact } from './rules/change-set-after-the-fact.ts';
import { rule as ciphertextEncodingMixup } from './rules/ciphertext-encoding-mixup.ts';
import { rule as crossAccountKeys } from './rules/cross-account-keys.ts';
import { rule as dispatchNotOnDefaultBranch } from './rules/dispatch-not-on-default-branch.ts';
import { rule as dispatchOptionUnreachable } from './rules/dispatch-option-unreachable.ts';
import { rule as environmentSecretInWorkflowEnv } from './rules/environment-secret-in-workflow-env.ts';
import { rule as failOpenGate } from './rules/fail-open-gate.ts';
import { rule as forbiddenSecretName } from './rules/forbidden-secret-name.ts';
import { rule as idTokenOnUntrustedTrigger } from './rules/id-token-on-untrusted-trigger.ts';
import { rule as idTokenTooWide } from './rules/id-token-too-wide.ts';
import { rule as ignoreUnused } from './rules/ignore-unused.ts';
import { rule as ignoreWithoutReason } from './rules/ignore-without-reason.ts';
import { rule as invalidWorkflow } from './rules/invalid-workflow.ts';
import { rule as keyAliasAcrossAccounts } from './rules/key-alias-across-accounts.ts';
import { rule as kmsEncryptOversize } from './rules/kms-encrypt-oversize.ts';
import { rule as malformedRoleArn } from './rules/malformed-role-arn.ts';
import { rule as missingIdTokenPermission } from './rules/missing-id-token-permission.ts';
import { rule as missingSessionName } from './rules/missing-session-name.ts';
import { rule as mixedAuthentication } from './rules/mixed-authentication.ts';
import { rule as mutableImageTag } from './rules/mutable-image-tag.ts';
import { rule as printedSecret } from './rules/printed-secret.ts';
import { rule as publishWithoutGate } from './rules/publish-without-gate.ts';
import { rule as rebuiltNotPromoted } from './rules/rebuilt-not-promoted.ts';
import { rule as releaseCreatedSkipsDrafts } from './rules/release-created-skips-drafts.ts';
import { rule as retryMasksDenial } from './rules/retry-masks-denial.ts';
import { rule as roleArnInSecret } from './rules/role-arn-in-secret.ts';
import { rule as roleChainingWithoutSource } from './rules/role-chaining-without-source.ts';
import { rule as roleFromFreeText } from './rules/role-from-free-text.ts';
import { rule as scannerNotWired } from './rules/scanner-not-wired.ts';
import { rule as sealedButNeverOpened } from './rules/sealed-but-never-opened.ts';
import { rule as secretInArguments } from './rules/secret-in-arguments.ts';
import { rule as secretsInherit } from './rules/secrets-inherit.ts';
import { rule as selfGrantingWorkflow } from './rules/self-granting-workflow.ts';
import { rule as sharedRoleAcrossEnvironments } from './rules/shared-role-across-environments.ts';
import { rule as staticAwsCredentials } from './rules/static-aws-credentials.ts';
import { rule as statusBlindNotification } from './rules/status-blind-notification.ts';
import { rule as substringStackMatch } from './rules/substring-stack-match.ts';
import { rule as trustAnyOwner } from './rules/trust-any-owner.ts';
import { rule as trustAnyRef } from './rules/trust-any-ref.ts';
import { rule as trustAudienceMismatch } from './rules/trust-audience-mismatch.ts';
import { rule as trustAudienceNotPinned } from './rules/trust-audience-not-pinned.ts';
import { rule as trustBranchPattern } from './rules/trust-branch-pattern.ts';
import { rule as trustCustomSubject } from './rules/trust-custom-subject.ts';
import { rule as trustDuplicateKey } from './rules/trust-duplicate-key.ts';
import { rule as trustEnvironmentPattern } from './rules/trust-environment-pattern.ts';
import { rule as trustExtraPrincipal } from './rules/trust-extra-principal.ts';
import { rule as trustLiteralWildcard } from './rules/trust-literal-wildcard.ts';
import { rule as trustMutableName } from './rules/trust-mutable-name.ts';
import { rule as trustNeverMatches } from './rules/trust-never-matches.ts';
import { rule as trustOrganizationWide } from './rules/trust-organization-wide.ts';
import { rule as trustOwnerPrefix } from './rules/trust-owner-prefix.ts';
import { rule as trustPolicyInvalid } from './rules/trust-policy-invalid.ts';
import { rule as trustPullRequest } from './rules/trust-pull-request.ts';
import { rule as trustRefusedByIam } from './rules/trust-refused-by-iam.ts';
import { rule as trustRepositoryPrefix } from './rules/trust-repository-prefix.ts';
import { rule as trustReusableWorkflow } from './rules/trust-reusable-workflow.ts';
import { rule as trustSetOperator } from './rules/trust-set-operator.ts';
import { rule as trustTagPattern } from './rules/trust-tag-pattern.ts';
import { rule as trustUnsupportedKey } from './rules/trust-unsupported-key.ts';
import { rule as trustWildcardId } from './rules/trust-wildcard-id.ts';
import { rule as trustWithdrawnSubject } from './rules/trust-withdrawn-subject.ts';
import { rule as trustWrongAction } from './rules/trust-wrong-action.ts';
import { rule as unpinnedCredentialAction } from './rules/unpinned-credential-action.ts';
import { rule as unprotectedApproval } from './rules/unprotected-approval.ts';
import { rule as unsealedArtifact } from './rules/unsealed-artifact.ts';

/** Every rule there is, in the order of their names. */
export const rules: readonly Rule[] = [
  assertedEvidence,
  branchReachesProduction,
  chainedSessionTooLong,
  changeSetAfterTheFact,
  ciphertextEncodingMixup,
  crossAccountKeys,
  dispatchNotOnDefaultBranch,
  dispatchOptionUnreachable,
  environmentSecretInWorkflowEnv,
  failOpenGate,
  forbiddenSecretName,
  idTokenOnUntrustedTrigger,
  idTokenTooWide,
  ignoreUnused,
  ignoreWithoutReason,
  invalidWorkflow,
  keyAliasAcrossAccounts,
  kmsEncryptOversize,
  malformedRoleArn,
  missingIdTokenPermission,
  missingSessionName,
  mixedAuthentication,
  mutableImageTag,
  printedSecret,
  publishWithoutGate,
  rebuiltNotPromoted,
  releaseCreatedSkipsDrafts,
  retryMasksDenial,
  roleArnInSecret,
  roleChainingWithoutSource,
  roleFromFreeText,
  scannerNotWired,
  sealedButNeverOpened,
  secretInArguments,
  secretsInherit,
  selfGrantingWorkflow,
  sharedRoleAcrossEnvironments,
  staticAwsCredentials,
  statusBlindNotification,
  substringStackMatch,
  trustAnyOwner,
  trustAnyRef,
  trustAudienceMismatch,
  trustAudienceNotPinned,
  trustBranchPattern,
  trustCustomSubject,
  trustDuplicateKey,
  trustEnvironmentPattern,
  trustExtraPrincipal,
  trustLiteralWildcard,
  trustMutableName,
  trustNeverMatches,
  trustOrganizationWide,
  trustOwnerPrefix,
  trustPolicyInvalid,
  trustPullRequest,
  trustRefusedByIam,
  trustRepositoryPrefix,
  trustReusableWorkflow,
  trustSetOperator,
  trustTagPattern,
  trustUnsupportedKey,
  trustWildcardId,
  trustWithdrawnSubject,
  trustWrongAction,
  unpinnedCredentialAction,
  unprotectedApproval,
  unsealedArtifact,
];
