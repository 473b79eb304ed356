import { secretsOf } from '../../credentials/credentials.ts';
import type { KeyGroup } from '../../credentials/place.ts';
import type { Job, Step } from '../../workflow/model.ts';
import { isCallable } from '../../workflow/token.ts';
import { removeCallSecrets } from '../call-secrets.ts';
import { grantIdToken } from '../id-token.ts';
import {
  EditSet,
  isRefusal,
  type FixContext,
  type FixProposal,
  type Refusal,
} from '../proposal.ts';
import { roleVariable, sessionName, type RoleVariable } from '../role-name.ts';
import type { Todo } from '../todo.ts';

/** What every way of replacing a key starts from. */
export interface KeyRewrite {
  readonly group: KeyGroup;
  readonly job: Job;
  readonly step: Step | undefined;
  readonly context: FixContext;
  /** The variable with the role's ARN, and `${{ vars.NAME }}` for it. */
  readonly variable: RoleVariable;
  readonly role: string;
  readonly session: string;
  readonly set: EditSet;
  readonly todos: Todo[];
  /** Reasons that make the fix unsafe. */
  readonly doubts: string[];
}

/** Collects what the rewrite of a key needs; refuses triggers on which OIDC would be worse than a key. */
export function startRewrite(
  group: KeyGroup,
  job: Job,
  step: Step | undefined,
  context: FixContext,
): KeyRewrite | Refusal {
  const outsiders = job.workflow.triggers.find((trigger) => untrusted.has(trigger.event));
  if (outsiders)
    return {
      refused: `outsiders can start the workflow (${outsiders.event}): decide first whether it may hold AWS credentials at all`,
    };
  const variable = roleVariable(job, secretsOf(group)[0], context.repository);
  return {
    group,
    job,
    step,
    context,
    variable,
    role: variable.expression,
    session: sessionName(job, context.repository),
    set: new EditSet(),
    todos: [],
    doubts: [],
  };
}

/** Adds what every rewrite ends with: the permission, the secrets of the call, the open boxes. */
export function finishRewrite(
  rewrite: KeyRewrite,
  title: string,
  gone: readonly { start: number; end: number }[],
): FixProposal | Refusal {
  const { job, context, group, set, todos, doubts, variable } = rewrite;
  const grant = grantIdToken(job, context.repository);
  if (isRefusal(grant)) return grant;
  set.merge(grant.edits);
  if (grant.uncertain) doubts.push(grant.uncertain);
  const secrets = secretsOf(group);
  if (isCallable(job.workflow))
    removeCallSecrets(job.workflow, secrets, gone, context.repository, set);
  if (set.failed) return { refused: 'the layout around the key leaves no place for the edit' };
  for (const gate of gatesOn(secrets, context)) {
    doubts.push(
      `the secret "${gate.secret}" also switches jobs on (${gate.place}); without it they stay off`,
    );
    todos.push({ kind: 'presence-gate', ...gate });
  }
  todos.push(
    { kind: 'provider' },
    ...variable.all.flatMap(({ name, family }): Todo[] => [
      {
        kind: 'role',
        variable: name,
        stage: family ?? '',
        jobs: [`${job.workflow.file.path}:${job.id}`],
      },
      { kind: 'variable', name, stage: family ?? null },
    ]),
    ...secrets.map((name): Todo => ({ kind: 'delete-secret', name })),
    ...grant.todos,
  );
  const [reason] = doubts;
  return {
    title,
    safe: doubts.length === 0,
    edits: set.edits,
    todos,
    ...(reason ? { reason } : {}),
  };
}

/** Events that people without write access can cause in a workflow that has secrets. */
const untrusted = new Set([
  'pull_request_target',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
  'fork',
  'watch',
  'workflow_run',
]);

function gatesOn(
  secrets: readonly string[],
  { credentials }: FixContext,
): { secret: string; place: string }[] {
  const gates = credentials.groups.filter((group) => group.class === 'presence-gate');
  return gates.flatMap((gate) => {
    const [first] = gate.places;
    const text = first.text?.value ?? '';
    const secret = secrets.find((name) =>
      new RegExp(`secrets\\s*(?:\\.|\\[\\s*')${name}\\b`, 'i').test(text),
    );
    return secret
      ? [
          {
            secret,
            place: `${first.file.path}:${first.file.lines.position(first.range.start).line}`,
          },
        ]
      : [];
  });
}
