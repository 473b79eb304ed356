import { frameOf } from '../../credentials/frame.ts';
import { originsOf } from '../../credentials/origin.ts';
import { isConfigureAwsCredentials } from '../../credentials/step.ts';
import type { Severity } from '../../finding/severity.ts';
import { entryOf, fileOf, type Step } from '../../workflow/model.ts';
import type { Repository } from '../../workflow/repository.ts';
import { placeOfNode } from '../places.ts';
import { defineRule, type Rule } from '../rule.ts';

type Data = {
  action: string;
  /** What stands after the `@`; empty when nothing does. */
  ref: string;
  kind: 'tag' | 'branch' | 'short' | 'none';
  official: boolean;
};

/**
 * An action that handles AWS credentials, named by a tag or a branch: whoever can move that in the
 * other repository runs code with the credentials. Only a full commit SHA cannot move.
 * Source: https://docs.github.com/actions/reference/security/secure-use#using-third-party-actions
 */
export const rule: Rule = defineRule<Data>({
  id: 'unpinned-credential-action',
  title: 'An action that handles credentials is not pinned to a commit',
  severity: 'medium',
  confidence: 'high',
  plane: 'authentication',
  check({ repository }, report) {
    for (const step of repository.steps()) {
      const { uses } = step;
      const match = /^(?<action>[^@\s]+)(?:@(?<ref>\S*))?$/.exec(uses?.value.trim() ?? '');
      const action = match?.groups?.['action'] ?? '';
      const ref = match?.groups?.['ref'] ?? '';
      // Local actions move with the workflow itself; images have digests of their own.
      if (!uses || /^(?:\.|docker:)/.test(action) || !action.includes('/')) continue;
      if (isCommit(ref) || !handlesCredentials(action, step, repository)) continue;
      const kind = kindOf(ref);
      const official = /^(?:aws-actions|docker|actions)\//i.test(action);
      report({
        at: placeOfNode(fileOf(step), uses.node, labels[kind]),
        data: { action, ref, kind, official },
        severity: severityOf(kind, official),
        subject: {
          step,
          ...(step.owner.kind === 'job' ? { job: step.owner } : { action: step.owner }),
        },
      });
    }
  },
  message: ({ action, ref, kind, official }) => {
    if (kind === 'none') return `"${action}" handles AWS credentials and names no version at all`;
    const whose = official ? '' : ' of a third party';
    const handles = `"${action}"${whose} handles AWS credentials`;
    if (kind === 'short')
      return `${handles}, but is pinned to a shortened commit ("${ref}"), which GitHub refuses`;
    return `${handles}, but is pinned to the ${kind} "${ref}" instead of a commit`;
  },
  help: ({ action, ref, kind }) =>
    `pin the full commit SHA of a release and keep the version in a comment: "uses: ${action}@<40 hex digits> # ${kind === 'tag' ? ref : 'v1.2.3'}"`,
});

const labels: Readonly<Record<Data['kind'], string>> = {
  tag: 'a tag can be moved',
  branch: 'a branch moves with every push',
  short: 'not a full commit',
  none: 'no version',
};

/** Names of actions that are there for credentials, whoever publishes a fork of them. */
const credentialActions =
  /^[^/]+\/(?:amazon-ecr-login|aws-secretsmanager-get-secrets|aws-assume-role|assume-aws-role|aws-credentials|aws-vault|aws-sso|vault-action|saml-to-aws|configure-aws-profile|setup-aws-credentials|aws-login|ecr-login)(?:\/|$)/i;

/** Inputs that hand a key or a role to an action. */
const credentialInputs =
  /^(?:aws[-_]?access[-_]?key(?:[-_]?id)?|aws[-_]?secret(?:[-_]?access)?[-_]?key|aws[-_]session[-_]token|role[-_]to[-_]assume|aws[-_]role(?:[-_]arn)?|(?:aws[-_])?assume[-_]role(?:[-_]arn)?|role[-_]arn)$/i;

const registries = /\.dkr\.ecr(?:-fips)?\.|^public\.ecr\.aws$/i;

function handlesCredentials(action: string, step: Step, repository: Repository): boolean {
  if (isConfigureAwsCredentials(action) || credentialActions.test(action)) return true;
  if (step.with.items.some((item) => credentialInputs.test(item.name) && item.value?.value))
    return true;
  return /^docker\/login-action$/i.test(action) && logsInToEcr(step, repository);
}

function logsInToEcr(step: Step, repository: Repository): boolean {
  if (entryOf(step.with, 'ecr', true)?.value?.value === 'true') return true;
  const registry =
    entryOf(step.with, 'registry', true)?.value ?? entryOf(step.with, 'registry-auth', true)?.value;
  if (!registry) return false;
  if (registries.test(registry.value)) return true;
  const origins = originsOf(registry, frameOf(step), repository);
  return origins.some(
    (origin) =>
      (origin.kind === 'literal' && registries.test(origin.value)) ||
      (origin.kind === 'step-output' && /amazon-ecr-login/i.test(origin.step?.uses?.value ?? '')),
  );
}

/** SHA-1 or SHA-256; shorter ones are names like any other. */
function isCommit(ref: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(ref);
}

function kindOf(ref: string): Data['kind'] {
  if (ref === '') return 'none';
  if (/^v?\d+(?:\.\d+)*(?:[-+.][\w.-]+)?$/i.test(ref)) return 'tag';
  return /^(?=.*\d)[0-9a-f]{7,39}$/i.test(ref) ? 'short' : 'branch';
}

function severityOf(kind: Data['kind'], official: boolean): Severity {
  if (kind === 'tag' || kind === 'short') return official ? 'low' : 'medium';
  return official ? 'medium' : 'high';
}
