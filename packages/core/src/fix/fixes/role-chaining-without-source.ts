import { asSeq, valueOf } from '../../text/node.ts';
import { addItemBefore } from '../../text/seq-edit.ts';
import { inputOf } from '../../workflow/model.ts';
import { credentialAction, oidcStep, regionOf } from '../credential-step.ts';
import { grantIdToken } from '../id-token.ts';
import { EditSet, isRefusal, type Fixer } from '../proposal.ts';
import { roleVariable, sessionName } from '../role-name.ts';

/** Puts an OIDC step in front of the chain. Unsafe: the hub role must exist and be trusted. */
export const fix: Fixer = (finding, { repository }) => {
  const { job, step } = finding.subject;
  const seq = job && asSeq(valueOf(job.node, 'steps'));
  if (!job || !step || !seq) return { refused: 'the chain stands in a composite action' };
  const { name } = roleVariable(job, undefined, repository);
  const hub = name.replace(/^AWS_ROLE_ARN/, 'AWS_HUB_ROLE_ARN');
  const grant = grantIdToken(job, repository);
  if (isRefusal(grant)) return grant;
  const set = new EditSet();
  set.merge(grant.edits);
  set.add(
    job.workflow.file,
    addItemBefore(
      job.workflow.file.text,
      seq,
      step.node,
      oidcStep({
        uses: credentialAction(repository),
        name: 'Assume the hub role by OIDC',
        condition: step.if?.value,
        role: `\${{ vars.${hub} }}`,
        session: sessionName(job, repository),
        region: regionOf(step, job) ?? '${{ vars.AWS_REGION }}',
      }),
    ),
  );
  if (set.failed) return { refused: 'the steps are written in flow style' };
  return {
    title: 'assume a hub role by OIDC before the chain',
    safe: false,
    reason: 'the hub role must exist, and the chained role must trust it',
    edits: set.edits,
    todos: [
      { kind: 'provider' },
      { kind: 'hub-role', variable: hub, target: inputOf(step, 'role-to-assume')?.value ?? '' },
      { kind: 'variable', name: hub, stage: null },
      ...grant.todos,
    ],
  };
};
