import type { Job, Step, Text } from '../workflow/model.ts';
import { referencesIn } from '../workflow/references.ts';
import type { Repository } from '../workflow/repository.ts';

/** What a job's GITHUB_TOKEN is used for, as far as its steps show. */
export interface TokenScopes {
  readonly scopes: ReadonlyMap<string, 'read' | 'write'>;
  /** A use whose scopes cannot be told. */
  readonly uncertain?: string;
}

/**
 * The scopes that well-known actions need, by their own documentation (their READMEs' "permissions"
 * sections). Actions that are not here and get no token are taken to need none.
 */
const known: readonly (readonly [RegExp, Readonly<Record<string, 'read' | 'write'>>])[] = [
  [/^actions\/checkout$/, { contents: 'read' }],
  [/^actions\/(?:upload|download)-artifact$/, {}],
  [/^actions\/(?:cache|setup-[a-z]+)(?:\/|$)/, {}],
  [
    /^(?:softprops\/action-gh-release|ncipollo\/release-action|actions\/create-release)$/,
    { contents: 'write' },
  ],
  [/^peter-evans\/create-pull-request$/, { contents: 'write', 'pull-requests': 'write' }],
  [
    /^(?:peter-evans\/create-or-update-comment|marocchino\/sticky-pull-request-comment|thollander\/actions-comment-pull-request)$/,
    { 'pull-requests': 'write', issues: 'write' },
  ],
  [
    /^github\/codeql-action\/(?:analyze|upload-sarif)$/,
    { 'security-events': 'write', contents: 'read' },
  ],
  [/^actions\/dependency-review-action$/, { contents: 'read', 'pull-requests': 'write' }],
  [/^dorny\/test-reporter$/, { checks: 'write', contents: 'read' }],
  [/^dorny\/paths-filter$/, { contents: 'read', 'pull-requests': 'read' }],
  [/^actions\/deploy-pages$/, { pages: 'write' }],
  [/^actions\/attest(?:-[a-z-]+)?$/, { attestations: 'write', contents: 'read' }],
  [/^actions\/labeler$/, { contents: 'read', 'pull-requests': 'write' }],
  [/^actions\/stale$/, { issues: 'write', 'pull-requests': 'write' }],
  [/^(?:aws-actions|docker|hashicorp|slackapi)\//, {}],
];

/** Actions that use the token by themselves in ways that depend on their own scripts. */
const unpredictable =
  /^(?:actions\/github-script|semantic-release|cycjimmy\/semantic-release-action|changesets\/action|googleapis\/release-please-action|google-github-actions\/release-please-action)$/;

/** Infers the scopes that a job needs from the repository's default token. */
export function tokenScopesOf(job: Job, repository: Repository): TokenScopes {
  const scopes = new Map<string, 'read' | 'write'>();
  let uncertain: string | undefined;
  for (const step of stepsBelow(job, repository)) {
    const name = step.uses?.value.split('@')[0]?.toLowerCase() ?? '';
    const entry = known.find(([pattern]) => pattern.test(name));
    for (const [scope, level] of Object.entries(entry?.[1] ?? {})) {
      if (scopes.get(scope) !== 'write') scopes.set(scope, level);
    }
    if (name.startsWith('./')) scopes.set('contents', scopes.get('contents') ?? 'read');
    uncertain ??= uncertainUse(step, name, entry !== undefined);
  }
  return { scopes, ...(uncertain ? { uncertain } : {}) };
}

function* stepsBelow(job: Job, repository: Repository): Generator<Step> {
  const callee = repository.calleeOf(job);
  const seen = new Set<unknown>();
  const queue: Step[] = [...job.steps, ...(callee?.jobs.flatMap((one) => one.steps) ?? [])];
  for (const step of queue) {
    yield step;
    const action = repository.actionOf(step);
    if (!action || seen.has(action)) continue;
    seen.add(action);
    queue.push(...action.steps);
  }
}

function uncertainUse(step: Step, name: string, isKnown: boolean): string | undefined {
  if (unpredictable.test(name))
    return `${name} uses GITHUB_TOKEN in a way that cannot be told from the workflow`;
  if (
    step.run &&
    (/\bgh\s+(?:api|pr|release|issue|run|workflow|repo|auth)\b/.test(step.run.value) ||
      readsToken(step.run))
  ) {
    return 'a script uses GITHUB_TOKEN';
  }
  const given = [...step.with.items, ...step.env.items].some(
    (entry) => entry.value && readsToken(entry.value),
  );
  return given && !isKnown ? `${name || 'a script'} is given GITHUB_TOKEN` : undefined;
}

function readsToken(text: Text): boolean {
  return referencesIn(text).some(
    ({ context, path }) =>
      (context === 'secrets' && path[0]?.toUpperCase() === 'GITHUB_TOKEN') ||
      (context === 'github' && path[0] === 'token'),
  );
}
