import { asksForToken } from '../../credentials/token-script.ts';
import type { Job, Step, Workflow } from '../../workflow/model.ts';
import { outsiderTriggers } from '../../workflow/outsiders.ts';
import { granted } from '../../workflow/permissions.ts';
import type { Repository } from '../../workflow/repository.ts';
import { tokenUseOf, type TokenUse } from '../../workflow/token-needs.ts';
import { placeOfJob, placeOfPair } from '../places.ts';
import { defineRule, type Place, type Rule, type RuleContext } from '../rule.ts';

type Data = {
  /** What is written: `id-token: write` or `write-all`. */
  grant: string;
  /** Jobs that get the permission and use it, may use it, and have no use for it. */
  using: string[];
  perhaps: string[];
  idle: string[];
  /** Triggers that pull requests or outsiders set off. */
  exposed: string[];
};

/**
 * `id-token: write` on the workflow, while not every job needs it: each step of the other jobs, and
 * each dependency that they run, can ask for a token that AWS accepts.
 * Source: https://docs.github.com/actions/reference/security/secure-use
 */
export const rule: Rule = defineRule<Data>({
  id: 'id-token-too-wide',
  title: 'The permission to ask for OIDC tokens reaches jobs that do not need it',
  severity: 'low',
  confidence: 'high',
  plane: 'authentication',
  check(context, report) {
    for (const workflow of context.repository.workflows) {
      const block = workflow.permissions;
      if (!block || workflow.jobs.length < 2 || granted(block, 'id-token') !== 'write') continue;
      const jobs = workflow.jobs.filter((job) => !job.permissions);
      const uses = new Map(jobs.map((job) => [job, useOf(job, context)]));
      const those = (use: TokenUse): Job[] => jobs.filter((job) => uses.get(job) === use);
      const idle = those('none');
      if (idle.length === 0) continue;
      const exposed = exposedTriggers(workflow, context.repository);
      const scope = block.scopes.get('id-token')?.pair ?? block.pair;
      report({
        at: placeOfPair(workflow.file, scope, 'reaches every job without a block of its own'),
        related: [
          ...places(idle, 'has no use for it'),
          ...places(those('uses'), 'uses it'),
          ...places(those('perhaps'), 'may use it'),
        ],
        data: {
          grant: block.everything ? 'write-all' : 'id-token: write',
          using: names(those('uses')),
          perhaps: names(those('perhaps')),
          idle: names(idle),
          exposed,
        },
        severity: exposed.length > 0 ? 'medium' : 'low',
        subject: { workflow, detail: { idle, using: [...those('uses'), ...those('perhaps')] } },
      });
    }
  },
  message: ({ grant, using, perhaps, idle, exposed }) => {
    const others = [...using, ...perhaps];
    const certain = others.length > 1 ? 'need' : 'needs';
    const needed =
      others.length === 0
        ? 'no job needs it'
        : `only ${quoted(others)} ${using.length > 0 ? certain : 'may need'} it`;
    const risk = exposed.length > 0 ? `, and it also runs on "${exposed.join('", "')}"` : '';
    return `"${grant}" on the workflow also reaches ${quoted(idle)}, while ${needed}${risk}`;
  },
  help: ({ using, perhaps, grant }) => {
    const others = [...using, ...perhaps];
    const where =
      others.length === 0
        ? 'remove it'
        : `give "id-token: write" to ${quoted(others)} only, in a block on the job`;
    return grant === 'write-all'
      ? `name the scopes that the workflow needs instead of "write-all", and ${where}`
      : where;
  },
});

/** What a job does with the token, itself or through what it calls. */
function useOf(job: Job, context: RuleContext, seen: ReadonlySet<Workflow> = new Set()): TokenUse {
  const { credentials, repository } = context;
  if (job.uses) {
    const callee = repository.calleeOf(job);
    // What a workflow of another repository does with the token cannot be seen.
    if (!callee) return 'perhaps';
    if (seen.has(callee)) return 'none';
    const below = callee.jobs.filter((one) => {
      const own = one.permissions ?? callee.permissions;
      return !own || granted(own, 'id-token') === 'write';
    });
    return strongest(below.map((one) => useOf(one, context, new Set([...seen, callee]))));
  }
  if (credentials.of(job).some((step) => step.method === 'oidc')) return 'uses';
  return strongest(job.steps.map((step) => useOfStep(step, repository, 0)));
}

function useOfStep(step: Step, repository: Repository, depth: number): TokenUse {
  if (asksForToken(step)) return 'uses';
  const action = repository.actionOf(step);
  if (!action) return tokenUseOf(step);
  // A local action in JavaScript or Docker can do anything.
  if (action.using?.value !== 'composite' || depth > 10) return 'perhaps';
  return strongest(action.steps.map((inner) => useOfStep(inner, repository, depth + 1)));
}

function strongest(uses: readonly TokenUse[]): TokenUse {
  if (uses.includes('uses')) return 'uses';
  return uses.includes('perhaps') ? 'perhaps' : 'none';
}

/** Events that pull requests or outsiders set off. */
function exposedTriggers(workflow: Workflow, repository: Repository): string[] {
  const outside = outsiderTriggers(workflow, repository).map((one) => one.trigger.event);
  const pulls = workflow.triggers.flatMap(({ event }) => (event === 'pull_request' ? [event] : []));
  return [...pulls, ...outside];
}

function places(jobs: readonly Job[], label: string): Place[] {
  return jobs.map((job) => placeOfJob(job, label));
}

function names(jobs: readonly Job[]): string[] {
  return jobs.map((job) => job.id);
}

function quoted(jobs: readonly string[]): string {
  return `job${jobs.length === 1 ? '' : 's'} "${jobs.join('", "')}"`;
}
