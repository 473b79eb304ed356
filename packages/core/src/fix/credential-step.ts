import { isConfigureAwsCredentials } from '../credentials/step.ts';
import { trailingComment } from '../text/layout.ts';
import type { NewPair } from '../text/map-edit.ts';
import { entryOf, fileOf, inputOf, type Job, type Step } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import { quoted } from './scalar.ts';

/** The release that new steps use, pinned to its commit. */
const pinned =
  'aws-actions/configure-aws-credentials@ec61189d14ec14c8efccab744f656cffd0e33f37 # v6.1.0';

/**
 * What new steps use: the reference that the repository already pins to a commit, else our own. A
 * tag is not copied: it can be moved to other code that would then hold the credentials.
 */
export function credentialAction(repository: Repository): string {
  for (const step of repository.steps()) {
    const uses = step.uses?.value;
    if (
      !step.uses ||
      uses === undefined ||
      !isConfigureAwsCredentials(uses) ||
      !/@[0-9a-f]{40}$/.test(uses)
    )
      continue;
    const comment = trailingComment(fileOf(step).text, step.uses.node.end);
    return comment ? `${uses} ${comment}` : uses;
  }
  return pinned;
}

/** A step that assumes a role by OIDC, as it is written into a job. */
export function oidcStep(options: {
  readonly uses: string;
  readonly name: string;
  readonly condition: string | undefined;
  readonly role: string;
  readonly session: string;
  readonly region: string;
}): NewPair[] {
  return [
    { key: 'name', value: options.name },
    ...(options.condition === undefined ? [] : [{ key: 'if', value: quoted(options.condition) }]),
    { key: 'uses', value: options.uses },
    {
      key: 'with',
      value: [
        { key: 'role-to-assume', value: options.role },
        { key: 'role-session-name', value: options.session },
        { key: 'retry-max-attempts', value: '3' },
        { key: 'aws-region', value: options.region },
      ],
    },
  ];
}

/** The region that a step already has, as it is written; undefined when only a new variable can say. */
export function regionOf(step: Step | undefined, job: Job | undefined): string | undefined {
  if (step) {
    const given = inputOf(step, 'aws-region');
    if (given) return quoted(given.value);
  }
  const levels = [step?.env, job?.env, job?.workflow.env];
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    for (const entries of levels) {
      const value = entries && entryOf(entries, name)?.value;
      if (value?.value) return quoted(value.value);
    }
  }
  for (const other of job?.steps ?? []) {
    const given = isConfigureAwsCredentials(other.uses?.value)
      ? inputOf(other, 'aws-region')
      : undefined;
    if (given) return quoted(given.value);
  }
  return undefined;
}
