import type { KeyGroup } from '../../credentials/place.ts';
import { inputOf } from '../../workflow/model.ts';
import { isRefusal, type Fixer } from '../proposal.ts';
import { rewriteEnvironment } from '../static-keys/environment.ts';
import { rewriteInputs, rewriteLogin } from '../static-keys/inputs.ts';
import { startRewrite } from '../static-keys/rewrite.ts';
import { rewriteScript } from '../static-keys/script.ts';

/** Replaces a long-lived key by a role assumed with OIDC, at the place where the key is used. */
export const fix: Fixer = (finding, context) => {
  const group = finding.subject.detail as KeyGroup;
  const [first] = group.places;
  if (group.class === 'app-runtime')
    return {
      refused:
        'the application needs a role of its own; changing the workflow does not give it one',
    };
  if (group.class === 'minted')
    return { refused: 'the script that makes the key must be changed by hand' };
  const { job, step, scope, by } = first;
  const block = by === 'env' ? (step?.env ?? job?.env) : step?.with;
  if (
    block?.node?.anchor ||
    first.text?.via ||
    group.places.some((place) => place.step?.via ?? place.job?.via)
  ) {
    return { refused: 'the key stands in an anchored block that several places share' };
  }
  if (scope === 'workflow')
    return {
      refused:
        "the key is in the workflow's environment, so every job has it; give a role to each job that needs one",
    };
  if (scope === 'service' || scope === 'container')
    return { refused: 'a container holds the key; it cannot take part in OIDC by itself' };
  if (!job)
    return {
      refused:
        "a composite action takes the key from its caller's environment; change both by hand",
    };
  const rewrite = startRewrite(group, job, step, context);
  if (isRefusal(rewrite)) return rewrite;
  if (by === 'env') return rewriteEnvironment(rewrite);
  if (by === 'script' && step) return rewriteScript(rewrite, step);
  if (by !== 'with' || !step) return { refused: 'no rewrite is known for this place' };
  if (
    inputOf(step, 'aws-access-key-id') &&
    context.credentials.stepsOf(step).some((one) => one.step === step)
  )
    return rewriteInputs(rewrite, step);
  if (step.uses?.value.startsWith('docker/login-action@')) return rewriteLogin(rewrite, step);
  return {
    refused: `"${step.uses?.value ?? 'the step'}" takes keys only; look for a version of it that uses the default credentials`,
  };
};
