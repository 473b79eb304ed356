import type { Job, Step } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import { environmentSets } from './ambient.ts';
import { mayHaveOwnCredentials } from './runner.ts';
import { isConfigureAwsCredentials, type CredentialStep } from './step.ts';

/** Variables from which the SDK takes credentials by itself. */
const variables = ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE', 'AWS_WEB_IDENTITY_TOKEN_FILE'];

/** Whether `env:` gives a step credentials. */
export function environmentGivesCredentials({ frame }: CredentialStep): boolean {
  return environmentSets(variables, frame);
}

/** Whether later steps find the credentials in their environment. */
export function leavesCredentials(step: CredentialStep): boolean {
  const kept = step.input('output-env-credentials')?.text.value;
  return step.method !== 'ambient' && !/^false$/i.test(kept ?? '');
}

/** A script that puts keys into the environment of later steps or into the shared files. */
export function writesCredentials(step: Step): boolean {
  return /aws_access_key_id|AWS_WEB_IDENTITY_TOKEN_FILE|\.aws\/(?:credentials|config)|\baws (?:configure|login|sso login)\b/i.test(
    step.run?.value ?? '',
  );
}

/** Actions of others that, by their names, log in somewhere. */
export function mayGiveCredentials(step: Step): boolean {
  if (isConfigureAwsCredentials(step.uses?.value)) return false;
  return /aws|assume|credential|login|auth|vault|saml|okta|akeyless|doppler|infisical|conjur|secrets?\b/i.test(
    step.uses?.value ?? '',
  );
}

/**
 * What else than a credential step may give one its credentials, in words; undefined when nothing in
 * sight does.
 */
export function otherSource(
  credential: CredentialStep,
  job: Job,
  repository: Repository,
): string | undefined {
  if (environmentGivesCredentials(credential)) return 'keys or a profile under env:';
  const { jobStep } = credential;
  const before = jobStep ? job.steps.slice(0, job.steps.indexOf(jobStep)) : [];
  if (before.some(writesCredentials)) return 'an earlier script that handles AWS credentials';
  const action = before.find((step) => mayGiveCredentials(step) && !repository.actionOf(step));
  if (action) return `"${action.uses?.value ?? ''}", which may give credentials`;
  return mayHaveOwnCredentials(job, repository) ? 'credentials of the runner itself' : undefined;
}
