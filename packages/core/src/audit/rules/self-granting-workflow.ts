import { awsCalls, awsOption, type AwsCall } from '../../steps/aws-cli.ts';
import { runningSteps, type RunningStep } from '../../steps/running.ts';
import type { Range } from '../../text/range.ts';
import { fileOf, type Job, type Workflow } from '../../workflow/model.ts';
import { defineRule, type Rule, type RuleContext } from '../rule.ts';

type Data = {
  operation: string;
  /** Whose permissions change: a role, a policy or a user. */
  of: string;
  /** Its name as written; null when nothing is. */
  target: string | null;
  /** Whether it may be the role that the workflow itself runs with. */
  own: 'yes' | 'maybe' | 'no';
};

/**
 * A workflow that edits permissions can give them to itself: whoever may change the workflow, or
 * injects into it, may then do everything. Permissions belong to a stack of their own, which the
 * workflow cannot write.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 */
export const rule: Rule = defineRule<Data>({
  id: 'self-granting-workflow',
  title: 'Workflow that edits IAM permissions',
  severity: 'medium',
  confidence: 'high',
  plane: 'privilege',
  check(context, report) {
    for (const workflow of context.repository.workflows) {
      for (const job of workflow.jobs) {
        const own = rolesOf(workflow, context);
        for (const running of runningSteps(job, context.repository)) {
          for (const edit of editsOf(running, context)) {
            const verdict = isOwn(edit, own);
            report({
              at: {
                file: fileOf(running.step),
                range: edit.range,
                label: 'changes who may do what',
              },
              data: {
                operation: edit.operation,
                of: (edit.of.split('-')[0] ?? '').replace(/Name$/, ''),
                target: edit.target?.text ?? null,
                own: verdict,
              },
              severity: verdict === 'no' ? 'medium' : 'high',
              ...(edit.inCode ? { confidence: 'medium' } : {}),
              subject: { workflow, job, step: running.step },
            });
          }
        }
      }
    }
  },
  message: ({ operation, of, target, own }) => {
    const whose = target === null ? `a ${of}` : `${of} "${target}"`;
    const end = { yes: ', the role it runs with', maybe: ', perhaps its own', no: '' }[own];
    return `the workflow edits IAM itself: \`${operation}\` on ${whose}${end}`;
  },
  help: ({ own }) =>
    own === 'no'
      ? 'keep roles and policies in a stack of their own, deployed by another role, and take `iam:*` from this one'
      : 'keep the roles of the pipeline in a stack that the pipeline cannot write, and put a permissions boundary on its role',
});

/** Operations that widen what somebody may do, by the option that names whose permissions change. */
const operations: Readonly<Record<string, string>> = {
  'put-role-policy': 'role-name',
  'attach-role-policy': 'role-name',
  'update-assume-role-policy': 'role-name',
  'delete-role-permissions-boundary': 'role-name',
  'create-policy-version': 'policy-arn',
  'set-default-policy-version': 'policy-arn',
  'put-user-policy': 'user-name',
  'attach-user-policy': 'user-name',
  'add-user-to-group': 'user-name',
  'create-access-key': 'user-name',
  'create-login-profile': 'user-name',
  'delete-user-permissions-boundary': 'user-name',
};

/** The operations by either spelling, the command line's and boto3's. */
const mentioned = new RegExp(
  Object.keys(operations)
    .map((one) => one.replaceAll('-', '[-_]'))
    .join('|'),
);

/** Offsets in a script to a range in the file. */
type ToRange = (start: number, end: number) => Range;

interface Edit {
  readonly operation: string;
  readonly range: Range;
  /** The name as written, and whether it is plain text. */
  readonly target: { readonly text: string; readonly literal: boolean } | undefined;
  /** The option that names whose permissions change. */
  readonly of: string;
  /** Found in the text of another language. */
  readonly inCode: boolean;
}

function editsOf(running: RunningStep, { scripts }: RuleContext): Edit[] {
  const script = scripts.of(running.step);
  if (!script || !mentioned.test(script.text.value)) return [];
  const parsed = script.parsed();
  const range: ToRange = (start, end) => script.range(start, end);
  if (!parsed) return script.shell === 'python' ? inPython(script.text.value, 0, range) : [];
  const calls = awsCalls(parsed).flatMap((call) => {
    const edit = byCall(call);
    return edit ? [{ ...edit, range: script.range(call.command.start, call.command.end) }] : [];
  });
  // A heredoc is code only where something runs it.
  const code = parsed.heredocs.filter(({ command }) => {
    const name = command === undefined ? '' : (parsed.commands[command]?.name?.text ?? '');
    return /(?:^|\/)(?:python[\d.]*|uv|poetry|cat|tee)$/.test(name);
  });
  return [
    ...calls,
    ...code.flatMap(({ start, end }) => inPython(parsed.source.slice(start, end), start, range)),
  ];
}

function byCall(call: AwsCall): Omit<Edit, 'range'> | undefined {
  if (call.service !== 'iam' || !Object.hasOwn(operations, call.operation)) return undefined;
  const of = operations[call.operation] ?? '';
  const target = awsOption(call, of);
  return { operation: `aws iam ${call.operation}`, of, target, inCode: false };
}

/** Calls of boto3 by the plain names of the methods; the object that they are called on is not followed. */
function inPython(text: string, base: number, range: ToRange): Edit[] {
  const found: Edit[] = [];
  for (const [operation, of] of Object.entries(operations)) {
    const method = operation.replaceAll('-', '_');
    for (const match of text.matchAll(new RegExp(`^([^\\n#]*\\.)${method}\\(`, 'gm'))) {
      const at = match.index + (match[1]?.length ?? 0);
      const parameter =
        { 'role-name': 'RoleName', 'policy-arn': 'PolicyArn', 'user-name': 'UserName' }[of] ?? of;
      const argument = new RegExp(`^[^)]{0,400}?\\b${parameter}\\s*=\\s*(["'])([^"'{}$]+)\\1`).exec(
        text.slice(at),
      );
      found.push({
        operation: `iam.${method}`,
        of,
        target: argument?.[2] === undefined ? undefined : { text: argument[2], literal: true },
        range: range(base + at, base + at + method.length),
        inCode: true,
      });
    }
  }
  return found;
}

/** The names of the roles that a workflow takes; undefined stands for one that only a run knows. */
function rolesOf(workflow: Workflow, { credentials }: RuleContext): (string | undefined)[] {
  return workflow.jobs.flatMap((job: Job) =>
    credentials.of(job).flatMap((step) => {
      const role = step.input('role-to-assume')?.text.value;
      if (role === undefined) return [];
      return [/^(?:[^$]*:role\/)?(?:[\w+=,.@-]+\/)*([\w+=,.@-]+)$/.exec(role)?.[1]];
    }),
  );
}

function isOwn({ of, target }: Edit, own: readonly (string | undefined)[]): Data['own'] {
  // A key or policy of a user is no part of the role, but whoever takes it has left the role behind.
  if (of === 'user-name') return 'no';
  if (of === 'role-name' && target?.literal) {
    if (own.includes(target.text)) return 'yes';
    return own.includes(undefined) || own.length === 0 ? 'maybe' : 'no';
  }
  return 'maybe';
}
