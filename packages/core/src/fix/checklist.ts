import { secretsOf } from '../credentials/credentials.ts';
import type { FixResult } from './apply.ts';
import type { Todo } from './todo.ts';

/** What a box of the migration's checklist asks for. */
export type BoxId =
  | 'provider'
  | 'role'
  | 'hub-role'
  | 'trust'
  | 'permissions-policy'
  | 'token-tried'
  | 'role-documented'
  | 'permissions-block'
  | 'keys-replaced'
  | 'session-names'
  | 'variable'
  | 'external-callers'
  | 'presence-gate'
  | 'delete-secret'
  | 'green-run'
  | 'cloudtrail'
  | 'deployment'
  | 'clean-up'
  | 'issues-recorded'
  | 'guide'
  | 'troubleshooting'
  | 'iam-documentation'
  | 'ci-documentation';

/** One box. INVARIANT: `done` only with something `observed`; what no file shows stays open. */
export interface ChecklistBox {
  readonly id: BoxId;
  readonly part: 'aws' | 'github' | 'testing' | 'documentation';
  /** What it is about: a variable, a secret, a workflow. */
  readonly subject?: string;
  /** More of the same: a variable's environment, a hub role's target, a gate's place. */
  readonly detail?: string;
  readonly done: boolean;
  readonly observed?: string;
}

/**
 * What is left to do around the files after a migration, in the order in which it must be done:
 * first AWS, then GitHub, then a run, and only after a green run the deletion of the old secrets.
 * Empty when no key was replaced.
 */
export function checklist(result: FixResult): ChecklistBox[] {
  const migrated = result.applied.some(({ finding }) => finding.rule === 'static-aws-credentials');
  if (!migrated) return [];
  return [
    ...aws(result),
    ...github(result),
    ...testing(),
    ...deletions(result),
    ...documentation(),
  ];
}

function aws({ todos }: FixResult): ChecklistBox[] {
  const open = (id: BoxId, subject?: string, detail?: string): ChecklistBox =>
    box(id, 'aws', subject, detail);
  const roles = todos.filter(
    (todo): todo is Extract<Todo, { kind: 'role' }> => todo.kind === 'role',
  );
  return [
    open('provider'),
    ...roles.map((role) => open('role', role.variable, role.stage)),
    ...todos.flatMap((todo) =>
      todo.kind === 'hub-role' ? open('hub-role', todo.variable, todo.target) : [],
    ),
    open('trust'),
    open('permissions-policy'),
    open('token-tried'),
    open('role-documented'),
  ];
}

function github({ todos, after, applied, before }: FixResult): ChecklistBox[] {
  const count = (rule: string): number =>
    after.findings.filter((finding) => finding.rule === rule).length;
  const gaps = count('missing-id-token-permission');
  const keys = count('static-aws-credentials');
  const names = count('missing-session-name');
  const replaced = applied.filter(
    ({ finding }) => finding.rule === 'static-aws-credentials',
  ).length;
  const total = before.findings.filter(
    (finding) => finding.rule === 'static-aws-credentials',
  ).length;
  return [
    observed(
      'permissions-block',
      gaps === 0,
      gaps === 0
        ? 'no job that assumes a role lacks id-token: write'
        : `${gaps} jobs still lack it`,
    ),
    observed('keys-replaced', keys === 0, `${replaced} of ${total} keys replaced, ${keys} left`),
    observed(
      'session-names',
      names === 0,
      names === 0 ? 'every credential step names its session' : `${names} steps name no session`,
    ),
    ...todos.flatMap((todo) =>
      todo.kind === 'variable' ? box('variable', 'github', todo.name, todo.stage ?? undefined) : [],
    ),
    ...todos.flatMap((todo) =>
      todo.kind === 'external-callers' ? box('external-callers', 'github', todo.workflow) : [],
    ),
    ...todos.flatMap((todo) =>
      todo.kind === 'presence-gate' ? box('presence-gate', 'github', todo.secret, todo.place) : [],
    ),
  ];
}

/** Secrets go last: with them gone there is no way back. */
function deletions({ todos, after }: FixResult): ChecklistBox[] {
  const stillUsed = new Set(after.context.credentials.realKeys.flatMap(secretsOf));
  return todos.flatMap((todo) =>
    todo.kind === 'delete-secret'
      ? box(
          'delete-secret',
          'github',
          todo.name,
          stillUsed.has(todo.name) ? 'still read by other jobs' : undefined,
        )
      : [],
  );
}

function testing(): ChecklistBox[] {
  return (['green-run', 'cloudtrail', 'deployment', 'clean-up', 'issues-recorded'] as const).map(
    (id) => box(id, 'testing'),
  );
}

function documentation(): ChecklistBox[] {
  return (['guide', 'troubleshooting', 'iam-documentation', 'ci-documentation'] as const).map(
    (id) => box(id, 'documentation'),
  );
}

function box(
  id: BoxId,
  part: ChecklistBox['part'],
  subject?: string,
  detail?: string,
): ChecklistBox {
  return {
    id,
    part,
    done: false,
    ...(subject === undefined ? {} : { subject }),
    ...(detail ? { detail } : {}),
  };
}

function observed(id: BoxId, done: boolean, what: string): ChecklistBox {
  return { id, part: 'github', done, observed: what };
}
