import type { Step } from '../workflow/model.ts';
import type { Surroundings } from './classify.ts';
import type { KeyGroup, KeyPlace } from './place.ts';

/** What a step puts out under the name of a key: a session, a key it makes, or nothing we can tell. */
export function sourceOfOutput(
  step: Step | undefined,
  _place: KeyPlace,
  { credentials }: Surroundings,
): Pick<KeyGroup, 'class' | 'reason'> {
  if (!step) return { class: 'unknown', reason: 'an output that no job in sight gives' };
  const [obtained] = credentials.stepsOf(step);
  if (obtained) {
    const copied = obtained.method === 'keys' && !obtained.input('role-to-assume');
    return copied
      ? { class: 'pass-through', reason: 'the output of a step that was given the key' }
      : { class: 'temporary', reason: 'the output of a step that assumes a role' };
  }
  const script = step.run?.value ?? '';
  if (/\bcreate-access-key\b/.test(script))
    return { class: 'minted', reason: 'made in the run by aws iam create-access-key' };
  if (
    /\b(?:assume-role|get-session-token|get-federation-token|get-role-credentials|export-credentials)/.test(
      script,
    )
  ) {
    return { class: 'temporary', reason: 'the session that a script obtains from STS' };
  }
  return { class: 'unknown', reason: 'the output of a step that could put out anything' };
}
