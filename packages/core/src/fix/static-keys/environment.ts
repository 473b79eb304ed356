import { asSeq, valueOf, type YamlMap, type YamlPair } from '../../text/node.ts';
import { addItemAfter, addItemBefore } from '../../text/seq-edit.ts';
import type { Entries, Job, Step } from '../../workflow/model.ts';
import { removeFrom } from '../call-secrets.ts';
import { credentialAction, oidcStep, regionOf } from '../credential-step.ts';
import type { FixProposal, Refusal } from '../proposal.ts';
import { finishRewrite, type KeyRewrite } from './rewrite.ts';

/** The variables that AWS's SDKs read by themselves: after a credential step nobody needs to set them. */
const standard = new Set([
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
]);

/** Rewrites keys in the `env:` of a step or a job: a credential step takes their place. */
export function rewriteEnvironment(rewrite: KeyRewrite): FixProposal | Refusal {
  const { job, step, group, set } = rewrite;
  const { text } = job.workflow.file;
  const names = group.places.map((place) => place.name);
  const odd = names.find((name) => !standard.has(name));
  if (odd !== undefined)
    return {
      refused: `"${odd}" is a name of its own, which only the program that reads it knows; give that program the default credentials first`,
    };
  const outer: YamlMap = step ? step.node : job.node;
  const entries: Entries = step ? step.env : job.env;
  const pairs = entries.items.flatMap((entry): YamlPair[] =>
    names.includes(entry.name) ? [entry.pair] : [],
  );
  if (!entries.pair || pairs.length === 0)
    return { refused: 'the environment is not written as a map' };
  removeFrom(text, outer, entries.pair, pairs, (edit) => set.add(job.workflow.file, edit));
  if (!hasCredentials(job, step, rewrite)) {
    const at = step ?? job.steps[0];
    const seq = asSeq(valueOf(job.node, 'steps'));
    if (!seq || !at) return { refused: 'the job has no steps of its own' };
    const region = regionOf(step, job) ?? '${{ vars.AWS_REGION }}';
    if (region === '${{ vars.AWS_REGION }}')
      rewrite.todos.push({ kind: 'variable', name: 'AWS_REGION', stage: null });
    const added = oidcStep({
      uses: credentialAction(rewrite.context.repository),
      name: 'Configure AWS credentials',
      condition: step?.if?.value,
      role: rewrite.role,
      session: rewrite.session,
      region,
    });
    const checkout = step
      ? undefined
      : job.steps.find((one) => one.uses?.value.startsWith('actions/checkout@'));
    const isFirst = checkout !== undefined && checkout.index === 0;
    set.add(
      job.workflow.file,
      isFirst
        ? addItemAfter(text, seq, checkout.node, added)
        : addItemBefore(text, seq, at.node, added),
    );
  }
  const gone = pairs.map((pair) => ({ start: pair.key.start, end: pair.value.end }));
  return finishRewrite(
    rewrite,
    'replace the key in the environment by a role assumed with OIDC',
    gone,
  );
}

/** Whether a step that always runs already assumes the same role before this one. */
function hasCredentials(job: Job, step: Step | undefined, rewrite: KeyRewrite): boolean {
  const before = job.steps.slice(0, step?.index ?? 0);
  return before.some((one) =>
    rewrite.context.credentials
      .stepsOf(one)
      .some(
        (found) =>
          found.method === 'oidc' &&
          (one.if === undefined || one.if.value === step?.if?.value) &&
          found.input('role-to-assume')?.text.value === rewrite.role,
      ),
  );
}
