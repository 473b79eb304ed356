import { replacePair } from '../../text/map-edit.ts';
import { asMap, asSeq, pairOf, valueOf, type YamlPair } from '../../text/node.ts';
import { addItemBefore } from '../../text/seq-edit.ts';
import { entryOf, inputOf, type Step } from '../../workflow/model.ts';
import { removePairs } from '../call-secrets.ts';
import { credentialAction, oidcStep, regionOf } from '../credential-step.ts';
import type { FixProposal, Refusal } from '../proposal.ts';
import type { RoleVariable } from '../role-name.ts';
import { quoted } from '../scalar.ts';
import { finishRewrite, type KeyRewrite } from './rewrite.ts';

/** Rewrites the key inputs of a configure-aws-credentials step. */
export function rewriteInputs(rewrite: KeyRewrite, step: Step): FixProposal | Refusal {
  const { job, set, context, role, session } = rewrite;
  const { text } = job.workflow.file;
  const block = asMap(step.with.node);
  const id = entryOf(step.with, 'aws-access-key-id', true)?.pair;
  const secret = entryOf(step.with, 'aws-secret-access-key', true)?.pair;
  const token = entryOf(step.with, 'aws-session-token', true)?.pair;
  if (!block || !id) return { refused: 'the inputs are not written as a map' };
  const inFlow = (value: string): string => (block.flow ? `"${value}"` : value);
  const gone = [id, secret, token].flatMap((pair) =>
    pair ? { start: pair.key.start, end: pair.value.end } : [],
  );
  const target = inputOf(step, 'role-to-assume');
  const hasSession = inputOf(step, 'role-session-name') !== undefined;
  const removed: YamlPair[] = token ? [token] : [];
  if (target) {
    // A key that reached another role: OIDC into a hub role first, then the chain in the same job.
    const seq = asSeq(valueOf(job.node, 'steps'));
    const hub = hubVariable(rewrite.variable);
    const region = regionOf(step, job) ?? '${{ vars.AWS_REGION }}';
    set.add(
      job.workflow.file,
      seq &&
        addItemBefore(
          text,
          seq,
          step.node,
          oidcStep({
            uses: credentialAction(context.repository),
            name: 'Assume the hub role by OIDC',
            condition: step.if?.value,
            role: hub.expression,
            session,
            region,
          }),
        ),
    );
    set.add(
      job.workflow.file,
      replacePair(text, id, 'role-chaining', inFlow('true').replaceAll('"', '')),
    );
    if (secret && hasSession) removed.push(secret);
    else if (secret)
      set.add(job.workflow.file, replacePair(text, secret, 'role-session-name', inFlow(session)));
    const duration = inputOf(step, 'role-duration-seconds');
    if (duration && Number(duration.value) > 3600) {
      const pair = pairOf(block, 'role-duration-seconds');
      if (pair)
        set.add(job.workflow.file, replacePair(text, pair, 'role-duration-seconds', '3600'));
      rewrite.doubts.push('chained sessions end after one hour at most');
    }
    rewrite.todos.push({ kind: 'hub-role', variable: hub.name, target: target.value });
    if (removed.length > 0)
      for (const edit of removePairs(text, block, removed)) set.add(job.workflow.file, edit);
    return finishRewrite(
      { ...rewrite, variable: hub },
      'assume a hub role by OIDC, then chain into the role',
      gone,
    );
  }
  set.add(job.workflow.file, replacePair(text, id, 'role-to-assume', inFlow(role)));
  if (secret) {
    const retries = `retry-max-attempts: 3`;
    const indent = ' '.repeat(
      secret.key.start - (text.lastIndexOf('\n', secret.key.start - 1) + 1),
    );
    const tail = block.flow
      ? `, ${retries}`
      : `${text.includes('\r\n') ? '\r\n' : '\n'}${indent}${retries}`;
    const needsRetries = !inputOf(step, 'retry-max-attempts') && !inputOf(step, 'disable-retry');
    const value = hasSession
      ? undefined
      : replacePair(text, secret, 'role-session-name', inFlow(session));
    if (value && needsRetries) set.add(job.workflow.file, { ...value, text: value.text + tail });
    else if (value) set.add(job.workflow.file, value);
    else if (needsRetries)
      set.add(job.workflow.file, replacePair(text, secret, 'retry-max-attempts', '3'));
    else removed.push(secret);
  }
  if (removed.length > 0)
    for (const edit of removePairs(text, block, removed)) set.add(job.workflow.file, edit);
  return finishRewrite(rewrite, 'replace the key by a role assumed with OIDC', gone);
}

/** Rewrites docker/login-action with keys: a credential step before it, and no username or password. */
export function rewriteLogin(rewrite: KeyRewrite, step: Step): FixProposal | Refusal {
  const { job, set, context, role, session } = rewrite;
  const { text } = job.workflow.file;
  const block = asMap(step.with.node);
  const seq = asSeq(valueOf(job.node, 'steps'));
  const registry = inputOf(step, 'registry')?.value ?? '';
  const isEcr = /\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com|^public\.ecr\.aws/.test(registry);
  const pairs = ['username', 'password'].flatMap(
    (name) => entryOf(step.with, name, true)?.pair ?? [],
  );
  if (!isEcr || !block || !seq || pairs.length !== 2)
    return { refused: 'the registry is not plainly ECR' };
  const region = registry.startsWith('public.ecr.aws')
    ? 'us-east-1'
    : (/\.ecr\.([a-z0-9-]+)\./.exec(registry)?.[1] ?? 'us-east-1');
  set.add(
    job.workflow.file,
    addItemBefore(
      text,
      seq,
      step.node,
      oidcStep({
        uses: credentialAction(context.repository),
        name: 'Configure AWS credentials',
        condition: step.if?.value,
        role,
        session,
        region: quoted(region),
      }),
    ),
    ...removePairs(text, block, pairs),
  );
  const gone = pairs.map((pair) => ({ start: pair.key.start, end: pair.value.end }));
  return finishRewrite(rewrite, 'log in to ECR with a role assumed by OIDC', gone);
}

/** The variables of hub roles, named like those of the roles themselves. */
function hubVariable(variable: RoleVariable): RoleVariable {
  const hub = (text: string): string => text.replace('AWS_ROLE_ARN', 'AWS_HUB_ROLE_ARN');
  return {
    name: hub(variable.name),
    all: variable.all.map(({ name, family }) => ({ name: hub(name), family })),
    expression: hub(variable.expression),
  };
}
