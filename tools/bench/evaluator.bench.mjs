import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'rolldown';

import { bundleOptions } from '../build/bundle.mjs';
import { alternate } from './measure.mjs';

const issuer = 'token.actions.githubusercontent.com';
const provider = `arn:aws:iam::111111111111:oidc-provider/${issuer}`;
const role = 'arn:aws:iam::111111111111:role/deploy';

/** @param {string} pattern of the subject */
const trustPolicy = (pattern) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' },
        StringLike: { [`${issuer}:sub`]: pattern },
      },
    },
  ],
});

/** @param {string} sub */
const claimsFor = (sub) =>
  new Map(
    Object.entries({
      iss: `https://${issuer}`,
      aud: 'sts.amazonaws.com',
      sub,
      repository: 'acme/app',
      repository_id: '456789',
      repository_owner: 'acme',
      repository_owner_id: '123456',
      ref: 'refs/heads/main',
      event_name: 'push',
      actor: 'octocat',
      workflow: 'Deploy',
      job_workflow_ref: 'acme/app/.github/workflows/deploy.yml@refs/heads/main',
    }),
  );

const tokens = [
  'repo:acme/app:ref:refs/heads/main',
  'repo:acme/other:ref:refs/heads/main',
  'repo:acme/app:pull_request',
  'repo:evil/app:environment:prod',
].map(claimsFor);

/** Twenty statements, each about repositories of its own. */
const identityPolicy = {
  Version: '2012-10-17',
  Statement: Array.from({ length: 20 }, (_, index) => ({
    Sid: `Push${index}`,
    Effect: index === 19 ? 'Deny' : 'Allow',
    Action:
      index % 2 === 0
        ? ['ecr:BatchCheckLayerAvailability', 'ecr:PutImage', 'ecr:UploadLayerPart']
        : 'ecr:Get*',
    Resource: `arn:aws:ecr:eu-west-2:111111111111:repository/team${index}/*`,
    ...(index % 3 === 0
      ? { Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-2', 'us-east-1'] } } }
      : {}),
  })),
};

const questions = [
  { action: 'ecr:PutImage', team: 'team18/app' },
  { action: 'ecr:PutImage', team: 'team3/app' },
  { action: 'ecr:BatchGetImage', team: 'team5/app' },
  { action: 'ecr:GetDownloadUrlForLayer', team: 'team17/app' },
].map(({ action, team }) => ({
  action,
  resource: `arn:aws:ecr:eu-west-2:111111111111:repository/${team}`,
  context: { 'aws:RequestedRegion': 'eu-west-2' },
}));

const plan = { rounds: 11, warmUp: 4 };

/**
 * Runs batches of both sides in turns.
 * @template Asked
 * @param {readonly Asked[]} asked
 * @param {{ batch: number, ask: (one: Asked) => string }} ours
 * @param {{ batch: number, ask: (one: Asked) => Promise<unknown> }} peer
 * @returns {Promise<{ ours: number, peer: number }>} thousands of requests a second
 */
async function rates(asked, ours, peer) {
  const { ours: own, peer: other } = await alternate(
    plan,
    () => {
      for (let turn = 0; turn < ours.batch; turn += 1) for (const one of asked) ours.ask(one);
    },
    async () => {
      for (let turn = 0; turn < peer.batch; turn += 1) for (const one of asked) await peer.ask(one);
    },
  );
  return {
    ours: (ours.batch * asked.length) / own,
    peer: (peer.batch * asked.length) / other,
  };
}

/**
 * @param {string} name
 * @param {{ ours: number, peer: number }} rate
 * @param {number} least thousands a second
 * @returns {import('./measure.mjs').Figure}
 */
const rateFigure = (name, { ours, peer }, least) => ({
  name: `${name}, thousands a second`,
  ours: `${ours.toFixed(0)} k/s`,
  peer: `iam-simulate ${peer.toFixed(1)} k/s`,
  ratio: ours,
  bar: { atLeast: least },
});

/**
 * Policies prepared once and asked many times, as `prove` does, against the one other evaluator that
 * npm has; each answer is read.
 * @param {import('./measure.mjs').Context} context
 * @returns {AsyncGenerator<import('./measure.mjs').Figure>}
 */
export async function* measure({ root, peer }) {
  const dist = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  try {
    await build({
      ...bundleOptions({
        entries: { entry: join(root, 'packages/core/test/bench/policies.ts') },
        dist,
      }),
      logLevel: 'warn',
    });
    /** @type {typeof import('../../packages/core/test/bench/policies.ts')} */
    const { identityDoor, trustDoor } = await import(join(dist, 'entry.js'));
    const { runSimulation } = peer('@cloud-copilot/iam-simulate');

    const door = trustDoor(trustPolicy('repo:acme/app:*'), provider);
    expectVerdicts(tokens.map(door), ['allowed', 'denied', 'allowed', 'denied']);
    const trust = await rates(
      tokens,
      { batch: 5000, ask: door },
      {
        batch: 20,
        ask: (claims) =>
          runSimulation(
            {
              request: {
                principal: provider,
                action: 'sts:AssumeRoleWithWebIdentity',
                resource: { resource: role, accountId: '111111111111' },
                contextVariables: {
                  [`${issuer}:aud`]: claims.get('aud'),
                  [`${issuer}:sub`]: claims.get('sub'),
                },
              },
              identityPolicies: [],
              resourcePolicy: trustPolicy('repo:acme/app:*'),
              serviceControlPolicies: [],
              resourceControlPolicies: [],
            },
            {},
          ),
      },
    );
    yield rateFigure('evaluator, trust policy', trust, 200);

    const ask = identityDoor(identityPolicy, role);
    expectVerdicts(questions.map(ask), ['allowed', 'denied', 'denied', 'allowed']);
    const identity = await rates(
      questions,
      { batch: 1000, ask },
      {
        batch: 10,
        ask: ({ action, resource, context }) =>
          runSimulation(
            {
              request: {
                principal: role,
                action,
                resource: { resource, accountId: '111111111111' },
                contextVariables: context,
              },
              identityPolicies: [{ name: 'push', policy: identityPolicy }],
              serviceControlPolicies: [],
              resourceControlPolicies: [],
            },
            {},
          ),
      },
    );
    yield rateFigure('evaluator, 20 statements', identity, 50);

    // Each `*` followed by what nearly matches: what makes matchers that go back slow.
    const text = claimsFor(`repo:${'a'.repeat(64)}`);
    const one = trustDoor(trustPolicy('repo:*ab'), provider);
    const six = trustDoor(trustPolicy('repo:*a*a*a*a*a*ab'), provider);
    expectVerdicts([one(text), six(text)], ['denied', 'denied']);
    const repeat = (/** @type {typeof one} */ ask) => () => {
      for (let turn = 0; turn < 10_000; turn += 1) ask(text);
    };
    const stars = await alternate(plan, repeat(six), repeat(one));
    yield {
      name: 'evaluator, six * over one *',
      ours: `${stars.ours.toFixed(0)} ms`,
      peer: `one * ${stars.peer.toFixed(0)} ms`,
      ratio: 1 / stars.ratio,
      bar: { below: 1.5 },
    };
  } finally {
    rmSync(dist, { recursive: true, force: true });
  }
}

/**
 * @param {readonly string[]} verdicts
 * @param {readonly string[]} wanted
 */
function expectVerdicts(verdicts, wanted) {
  if (verdicts.join() !== wanted.join())
    throw new Error(`the evaluator says ${verdicts.join()}, expected ${wanted.join()}`);
}
