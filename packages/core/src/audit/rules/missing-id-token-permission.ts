import { environmentSets } from '../../credentials/ambient.ts';
import { showText } from '../../credentials/pattern.ts';
import { mayHaveOwnCredentials } from '../../credentials/runner.ts';
import type { CredentialStep } from '../../credentials/step.ts';
import { asksForToken, handsTokenToAws } from '../../credentials/token-script.ts';
import type { Confidence } from '../../finding/severity.ts';
import type { Job, Step } from '../../workflow/model.ts';
import { granted, type Permissions } from '../../workflow/permissions.ts';
import { ownPermissions, tokenGrants, type TokenGrant } from '../../workflow/token.ts';
import { placeOfJob, placeOfPair, placeOfStep } from '../places.ts';
import { defineRule, type Place, type Rule, type RuleContext } from '../rule.ts';

type Data = {
  verdict: 'missing' | 'undecided';
  reason: Exclude<TokenGrant['reason'], 'granted'>;
  /** The job whose permissions decide. */
  job: string;
  /** What the block that decides grants, as it is written; null when there is no block. */
  permissions: string | null;
  /** The role as it is written; null when a script takes it. */
  role: string | null;
  /** For a call: the reusable workflow, its jobs that take a role, and whether they ask for the token. */
  callee: string | null;
  jobs: string[];
  asked: boolean;
};

/**
 * A job takes a role by OIDC, but cannot ask GitHub for a token. `id-token: write` is never granted
 * by default, a job's block replaces the workflow's, and a callee never has more than its caller.
 * Sources: https://docs.github.com/actions/reference/security/oidc#workflow-permissions-for-requesting-the-oidc-token
 * and https://docs.github.com/actions/reference/workflows-and-actions/reusing-workflow-configurations
 */
export const rule: Rule = defineRule<Data>({
  id: 'missing-id-token-permission',
  title: 'A role is taken by OIDC without permission to ask for the token',
  severity: 'high',
  confidence: 'high',
  plane: 'authentication',
  check(context, report) {
    for (const { target, grant, needs } of findGaps(context)) {
      const [need] = needs;
      const [first, ...within] = need.places;
      const calls = target !== need.job;
      const undecided = grant.verdict === 'undecided';
      const takers = calls ? needs.flatMap((one) => one.places) : within;
      report({
        at: calls ? placeOfJob(target, 'this call grants no id-token: write') : first,
        related: [...blockPlace(target, grant), ...takers],
        data: {
          verdict: undecided ? 'undecided' : 'missing',
          reason: grant.reason === 'granted' ? 'no-block' : grant.reason,
          job: target.id,
          permissions: lacking(grant),
          role: needs.every((one) => one.role === need.role) ? (need.role ?? null) : null,
          callee: calls ? (target.uses?.value ?? null) : null,
          jobs: [...new Set(needs.map((one) => one.job.id))],
          asked: needs.some((one) => asks(grant, one)),
        },
        ...severityOf(grant),
        confidence: undecided ? 'low' : need.confidence,
        subject: { workflow: target.workflow, job: target, step: need.step },
      });
    }
  },
  message: (data) => {
    const { job, callee, jobs, reason, asked } = data;
    const role = data.role === null ? 'a role' : `role "${data.role}"`;
    const has = data.permissions === null ? '' : ` ("${data.permissions}")`;
    const none = 'grants "id-token: write", which is never a default';
    if (callee === null) {
      const takes = `job "${job}" takes ${role} by OIDC`;
      if (reason === 'no-block') return `${takes}, but neither the job nor the workflow ${none}`;
      if (reason === 'caller-unknown') {
        return `${takes} without a permissions block, so callers outside this repository decide whether it gets a token`;
      }
      const level = /^read-all$|\bid-token: read\b/.test(has)
        ? '; id-token has no level "read"'
        : '';
      return `${takes}, but the permissions that apply to it${has} do not include "id-token: write"${level}`;
    }
    const [s, plural] = jobs.length > 1 ? ['', 's'] : ['s', ''];
    const asking = asked ? ` and ask${s} for "id-token: write"` : '';
    const takes = `job "${job}" calls "${callee}", whose job${plural} "${jobs.join('", "')}" take${s} ${role} by OIDC${asking}`;
    if (reason === 'no-block') return `${takes}, but neither side ${none}`;
    if (reason === 'caller-without-block') {
      return `${takes}, but the call has no permissions block: a setting of the repository decides whether GitHub accepts the run`;
    }
    const refused = asked ? ', so GitHub refuses the run' : '';
    return `${takes}, but the permissions of the call${has} do not include "id-token: write"${refused}`;
  },
  help: ({ reason, job }) => {
    const block = `add "permissions: { contents: read, id-token: write }" to job "${job}"`;
    if (reason === 'caller-unknown') return `${block}, so that callers see what it needs`;
    return reason === 'block-without-it' || reason === 'caller-block-without-it'
      ? `add "id-token: write" to the permissions of job "${job}"; a block on the job replaces the workflow's, so repeat what the job needs (often "contents: read")`
      : `${block}, with whatever else it uses GITHUB_TOKEN for`;
  },
});

/** Something in a job that needs the token. */
interface Need {
  readonly job: Job;
  readonly step: Step;
  /** The step of the job, then the one of a composite action that it leads to. */
  readonly places: readonly [Place, ...Place[]];
  readonly role?: string;
  readonly confidence: Confidence;
}

/** One job whose permissions fall short, and everything that suffers from it. */
interface Gap {
  readonly target: Job;
  readonly grant: TokenGrant;
  readonly needs: [Need, ...Need[]];
}

function findGaps(context: RuleContext): Gap[] {
  const gaps = new Map<string, Gap>();
  const { repository } = context;
  for (const job of repository.workflows.flatMap((workflow) => workflow.jobs)) {
    const need = needOf(job, context);
    if (!need) continue;
    for (const grant of tokenGrants(job, repository)) {
      if (grant.verdict === 'granted') continue;
      const target = grant.reason === 'block-without-it' ? job : (grant.caller ?? job);
      const key = `${target.workflow.file.path}\n${target.id}\n${grant.reason}`;
      const known = gaps.get(key);
      if (!known) gaps.set(key, { target, grant, needs: [need] });
      else if (known.needs.every((one) => one.job !== job)) known.needs.push(need);
    }
  }
  return [...gaps.values()];
}

/** The first thing in a job that needs a token. */
function needOf(job: Job, context: RuleContext): Need | undefined {
  const { credentials, repository } = context;
  const steps = credentials.of(job);
  const index = steps.findIndex((step) => step.method === 'oidc');
  const found = steps[index];
  if (found?.jobStep) {
    // Without a token the action goes on with whatever credentials the job already has.
    if (
      steps.slice(0, index).some(leavesCredentials) ||
      environmentSets(['AWS_ACCESS_KEY_ID'], found.frame)
    )
      return undefined;
    const role = found.input('role-to-assume');
    const within = found.step === found.jobStep ? [] : [placeOfStep(found.step, 'in this step')];
    return {
      job,
      step: found.jobStep,
      places: [placeOfStep(found.jobStep, 'takes a role by OIDC'), ...within],
      ...(role ? { role: showText(role, repository) } : {}),
      confidence: found.known && !mayHaveOwnCredentials(job, repository) ? 'high' : 'medium',
    };
  }
  const asking = job.steps.find(asksForToken);
  if (!asking || !job.steps.some(handsTokenToAws)) return undefined;
  return {
    job,
    step: asking,
    places: [placeOfStep(asking, 'asks for a token by itself')],
    confidence: 'medium',
  };
}

function leavesCredentials(step: CredentialStep): boolean {
  return step.method !== 'oidc' && step.method !== 'ambient';
}

/** Whether the callee's own block asks for the token, so that GitHub compares it with the caller's. */
function asks(grant: TokenGrant, need: Need): boolean {
  if (!grant.caller) return false;
  const own = ownPermissions(need.job);
  return own !== undefined && granted(own, 'id-token') === 'write';
}

function severityOf(grant: TokenGrant): { severity?: 'low' | 'info' } {
  if (grant.verdict === 'missing') return {};
  return { severity: grant.reason === 'caller-unknown' ? 'info' : 'low' };
}

/** The block that decides, else the job that should have one. */
function blockPlace(target: Job, grant: TokenGrant): Place[] {
  const block = ownPermissions(target);
  if (block) return [placeOfPair(target.workflow.file, block.pair, 'the permissions that apply')];
  return grant.caller ? [] : [placeOfJob(target, 'no permissions here, nor on the workflow')];
}

/** What the block grants that should grant the token. */
function lacking({ block, reason }: TokenGrant): string | null {
  const decides = reason === 'block-without-it' || reason === 'caller-block-without-it';
  return block && decides ? written(block) : null;
}

function written(block: Permissions): string {
  if (block.everything) return `${block.everything}-all`;
  const scopes = [...block.scopes].map(([name, scope]) => `${name}: ${scope.text}`);
  return scopes.length > 0 ? scopes.join(', ') : '{}';
}
