import type { ClaimName, Claims } from './claims.ts';
import { countsAsPullRequest, refSource } from './events.ts';
import { describeFormat, type SubjectFormat } from './format.ts';
import { colonsOf, issuerUrl, knowsImmutable, ownerAudience, type Issuer } from './issuer.ts';
import { subjectOf } from './subject.ts';

/** One job of one run, fully known. */
export interface RunFacts {
  readonly issuer: Issuer;
  readonly format: SubjectFormat;
  /** What the job asks for; the owner's address when it asks for nothing. */
  readonly audience?: string;
  readonly repository: {
    /** `owner/name`, as registered. */
    readonly fullName: string;
    readonly id: string;
    readonly ownerId: string;
    readonly visibility: 'public' | 'private' | 'internal';
  };
  readonly enterprise?: { readonly slug: string; readonly id: string };
  readonly event: string;
  /** `refs/heads/main`; empty for a deployment of a commit. */
  readonly ref: string;
  readonly refProtected: boolean;
  readonly sha: string;
  /** Branches of a pull request, without `refs/heads/`. */
  readonly headRef?: string;
  readonly baseRef?: string;
  /** Only for events where GitHub does not document it: whether the subject is `pull_request`. */
  readonly pullRequest?: boolean;
  readonly environment?: { readonly name: string; readonly nodeId?: string };
  readonly actor: { readonly login: string; readonly id: string };
  readonly run: { readonly id: string; readonly number: string; readonly attempt: string };
  readonly runner: 'github-hosted' | 'self-hosted';
  /** The workflow that the event started; `file` is `.github/workflows/release.yml`. */
  readonly workflow: { readonly name: string; readonly file: string; readonly sha?: string };
  /** The called workflow that the job stands in: `owner/name/.github/workflows/file.yml@ref`. */
  readonly callee?: { readonly ref: string; readonly sha?: string };
  readonly checkRunId?: string;
  /** Custom properties that an admin put into tokens. */
  readonly properties?: ReadonlyMap<string, string>;
  readonly tokenId?: string;
}

/** The claims of a token, or why there is none. */
export type Minted =
  | { readonly kind: 'minted'; readonly claims: Claims; readonly notes: readonly string[] }
  | { readonly kind: 'refused' | 'undecided'; readonly reason: string };

const pullRequestSources: readonly string[] = ['pull-request', 'review', 'pull-request-target'];

/**
 * The claims that GitHub writes into the token of a job, without the times.
 * Source: https://docs.github.com/actions/reference/security/oidc#oidc-token-claims
 */
export function mintClaims(run: RunFacts): Minted {
  const { issuer, format } = run;
  const immutable = format.kind === 'immutable' || (format.kind === 'custom' && format.immutable);
  if (immutable && !knowsImmutable(issuer))
    return {
      kind: 'refused',
      reason: `the subject format ${describeFormat(format)} does not exist on GitHub Enterprise Server`,
    };
  const claims = claimsWithoutSubject(run);
  const notes: string[] = [];
  const counts = countsAsPullRequest(run.event);
  if (counts === 'not documented' && !run.environment)
    notes.push(`GitHub does not document the subject of ${run.event}`);
  const [colons = 'encoded', otherwise] = colonsOf(issuer);
  if (otherwise) notes.push('the version of the server decides how a colon is written');
  const made = subjectOf(format, {
    claims,
    pullRequest:
      counts === 'not documented'
        ? (run.pullRequest ?? refSource(run.event) === 'review')
        : counts === 'yes',
    colons,
  });
  if (made.kind !== 'made') return made;
  claims.set('sub', made.value);
  return { kind: 'minted', claims, notes: [...notes, ...made.notes] };
}

function claimsWithoutSubject(run: RunFacts): Map<ClaimName, string> {
  const { repository, enterprise, environment, workflow, callee } = run;
  const [owner = ''] = repository.fullName.split('/');
  const inPullRequest = pullRequestSources.includes(refSource(run.event));
  const workflowRef = `${repository.fullName}/${workflow.file}@${run.ref || run.sha}`;
  const workflowSha = workflow.sha ?? run.sha;
  const optional: readonly (readonly [ClaimName, string | undefined])[] = [
    ['job_workflow_sha', callee ? callee.sha : workflowSha],
    ['environment', environment?.name],
    ['environment_node_id', environment?.nodeId],
    ['enterprise', enterprise?.slug],
    ['enterprise_id', enterprise?.id],
    ['check_run_id', run.checkRunId],
    ['jti', run.tokenId],
    ...[...(run.properties ?? [])].map(
      ([name, value]) => [`repo_property_${name}`, value] as const,
    ),
  ];
  return new Map<ClaimName, string>([
    ['iss', issuerUrl(run.issuer)],
    ['aud', run.audience ?? ownerAudience(run.issuer, owner)],
    ['ref', run.ref],
    ['ref_type', run.ref.startsWith('refs/tags/') ? 'tag' : 'branch'],
    ['ref_protected', String(run.refProtected)],
    ['sha', run.sha],
    ['repository', repository.fullName],
    ['repository_id', repository.id],
    ['repository_owner', owner],
    ['repository_owner_id', repository.ownerId],
    ['repository_visibility', repository.visibility],
    ['actor', run.actor.login],
    ['actor_id', run.actor.id],
    ['event_name', run.event],
    ['head_ref', inPullRequest ? (run.headRef ?? '') : ''],
    ['base_ref', inPullRequest ? (run.baseRef ?? '') : ''],
    ['run_id', run.run.id],
    ['run_number', run.run.number],
    ['run_attempt', run.run.attempt],
    ['runner_environment', run.runner],
    ['workflow', workflow.name],
    ['workflow_ref', workflowRef],
    ['workflow_sha', workflowSha],
    // Documented for called workflows only, seen on every job.
    ['job_workflow_ref', callee?.ref ?? workflowRef],
    ...optional.flatMap(([name, value]): [ClaimName, string][] =>
      value === undefined ? [] : [[name, value]],
    ),
  ]);
}
