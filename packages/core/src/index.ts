export {
  auditRepository,
  helpUri,
  type AuditFinding,
  type AuditOptions,
  type RepositoryAudit,
} from './audit/run.ts';
export { noConfig, type AuditConfig } from './audit/config.ts';
export { rules } from './audit/rules.ts';
export { invalidInputs, type InvalidInput } from './audit/input.ts';
export type { AuditNote, Rule } from './audit/rule.ts';
export type { ExaminedPlace, KeyClass, KeyGroup } from './credentials/place.ts';
export { readPolicySources, isTerraformPath, type PolicySources } from './account/read.ts';
export { type Snapshot, snapshotVersion } from './account/snapshot.ts';
export { type HclEngine, loadHclEngine } from './account/terraform/engine.ts';
export { errorCodes, exitCodes, type ErrorArguments, type ErrorCode } from './errors/codes.ts';
export { isSallyportError, SallyportError } from './errors/error.ts';
export type { Finding, FindingData, FixOffer, JsonValue, Location } from './finding/finding.ts';
export { byPlace, bySeverity } from './finding/order.ts';
export {
  atLeast,
  severities,
  type Confidence,
  type Plane,
  type Severity,
} from './finding/severity.ts';
export type { SubjectCustomization } from './oidc/customization.ts';
export { loadScriptEngine, type ScriptEngine, type ScriptEngineWasm } from './script/engine.ts';
export { sourceFile, type SourceFile } from './text/source.ts';
export {
  Repository,
  type GitFacts,
  type RepositoryInput,
  type UnreadableFile,
} from './workflow/repository.ts';
export { auditConfigOf } from './config/audit-config.ts';
export type { Config } from './config/config.ts';
export { nearest } from './config/nearest.ts';
export { parseConfig } from './config/parse.ts';
export { configJsonSchema } from './config/schema.ts';
export {
  fixRepository,
  type AppliedFix,
  type FixOptions,
  type FixResult,
  type SkippedFix,
} from './fix/apply.ts';
export { checklist, type BoxId, type ChecklistBox } from './fix/checklist.ts';
export { propose } from './fix/fixers.ts';
export type { FixContext, FixProposal } from './fix/proposal.ts';
export type { Todo } from './fix/todo.ts';
export { keyLines, rollUp, type KeyLine, type LineDates } from './fleet/rollup.ts';
export type {
  AuthenticationMode,
  FamilyRow,
  RepositoryRow,
  Rollup,
  RollupVerdict,
  WorkflowRow,
} from './fleet/row.ts';
export { compilePolicy, type CompiledPolicy } from './iam/compile.ts';
export type { Decision, Verdict } from './iam/decision.ts';
export { readJsonDocument } from './iam/document/json.ts';
export { evaluate } from './iam/evaluate.ts';
export { accessDeniedMessage } from './iam/message.ts';
export { parsePolicy } from './iam/parse/policy.ts';
export { guessKind, type PolicyKind } from './iam/policy-kind.ts';
export type { PolicySet } from './iam/policy-set.ts';
export type { Policy } from './iam/policy.ts';
export { requestContext, type RequestContext } from './iam/request/context.ts';
export { readPrincipal, type RequestPrincipal } from './iam/request/principal.ts';
export { accessRequest } from './iam/request/request.ts';
export type { Quotas } from './iam/quotas.ts';
export { storeAnswer, type StoreAnswer } from './iam/store.ts';
export type { ConditionTrace, ElementTrace, StatementTrace } from './iam/trace.ts';
export { evaluateTrust, issuerOf } from './iam/trust.ts';
export { enumerateCases, type CaseOptions, type Enumeration } from './cases/enumerate.ts';
export type { Case, EnvironmentChoice, NameSet } from './cases/case.ts';
export { Credentials } from './credentials/credentials.ts';
export { subjectFormatOf } from './oidc/customization.ts';
export { describeFormat, type SubjectFormat } from './oidc/format.ts';
export { githubCom, issuerUrl, readIssuer, type Issuer } from './oidc/issuer.ts';
export type { KnownRepository } from './oidc/run-tokens.ts';
export { orderedClaims } from './oidc/show.ts';
export type { Beyond, BeyondKind } from './prove/beyond.ts';
export type {
  CaseProof,
  CaseVerdict,
  Comparison,
  Place,
  Reason,
  TokenExample,
} from './prove/proof.ts';
export { prove, type Proof } from './prove/prove.ts';
export type { Intention, ProveSettings } from './prove/settings.ts';
export type { RoleReport } from './prove/trust-report.ts';
export { Scripts } from './workflow/scripts.ts';
export { examinePolicyFiles } from './trust/examine-files.ts';
export type { RepositoryPolicies } from './audit/policies.ts';
