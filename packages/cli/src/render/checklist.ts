import type { BoxId, ChecklistBox } from '@sallyport/core';

/** A part of the checklist and its boxes, in the order in which they must be done. */
export interface ChecklistPart {
  readonly title: string;
  readonly boxes: readonly { readonly done: boolean; readonly text: string }[];
}

const titles: Readonly<Record<ChecklistBox['part'], string>> = {
  aws: 'AWS',
  github: 'GitHub',
  testing: 'A real run',
  documentation: 'Documentation',
};

/** The boxes in words. A run of boxes of one part is one group, so that the order stays. */
export function checklistParts(boxes: readonly ChecklistBox[]): ChecklistPart[] {
  const parts: {
    title: string;
    part: ChecklistBox['part'];
    boxes: { done: boolean; text: string }[];
  }[] = [];
  for (const box of boxes) {
    const item = { done: box.done, text: boxText(box) };
    const last = parts.at(-1);
    if (last?.part === box.part) last.boxes.push(item);
    else parts.push({ title: titles[box.part], part: box.part, boxes: [item] });
  }
  return parts;
}

function boxText({ id, subject, detail, observed }: ChecklistBox): string {
  const text = words[id](subject ?? '', detail);
  return observed === undefined ? text : `${text} (observed: ${observed})`;
}

type Words = (subject: string, detail: string | undefined) => string;

const words: Readonly<Record<BoxId, Words>> = {
  provider: () =>
    'the account has the OIDC provider token.actions.githubusercontent.com (one per account; it may be there already)',
  role: (variable, stage) => `a role for ${variable}${stage ? ` (${stage})` : ''} exists`,
  'hub-role': (variable, target) =>
    `the hub role ${variable} may assume ${target ?? 'the other role'}, and that role trusts it`,
  trust: () =>
    'each role trusts only the branches or environments that use it, never every subject of the repository',
  'permissions-policy': () => 'each role has the permissions that its jobs need, and no more',
  'token-tried': () =>
    'each role was assumed once with a token of the workflow (a local AWS CLI has no such token)',
  'role-documented': () => 'the role ARNs are written down where the team looks for them',
  'permissions-block': () => 'every job that takes a role has id-token: write',
  'keys-replaced': () => 'every long-lived key is replaced',
  'session-names': () => 'every session has a name that shows where it comes from',
  variable: (name, stage) =>
    `the configuration variable ${name}${stage ? ` (${stage})` : ''} ${name.includes('ROLE') ? 'holds the ARN of its role' : 'is set'}`,
  'external-callers': (workflow) =>
    `workflows of other repositories that call ${workflow} no longer hand over keys and grant id-token: write`,
  'presence-gate': (secret, place) =>
    `nothing depends on ${secret} being set any more${place ? ` (${place})` : ''}`,
  'green-run': () => 'the workflow has run green with the role',
  'delete-secret': (name, detail) =>
    `after the green run: the secret ${name} is deleted, and its key in IAM${detail ? ` (${detail})` : ''}`,
  cloudtrail: () =>
    'CloudTrail shows AssumeRoleWithWebIdentity with the subject and session of the run',
  deployment: () => 'what the workflow deploys works',
  'clean-up': () => 'what the test run made is removed',
  'issues-recorded': () => 'what went wrong is written down',
  guide: () => 'the guide for the team tells how workflows get into AWS now',
  troubleshooting: () => 'the guide tells what to do when a role is refused',
  'iam-documentation': () => 'provider, roles, trust and permissions are documented',
  'ci-documentation': () =>
    'the description of the CI no longer tells people to set the old secrets',
};
