import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'id-token-too-wide';
testCorpus(rule);

const beside = (steps: string, on = 'push'): string => `on: ${on}
permissions: { contents: read, id-token: write }
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v5
        with: { aws-region: eu-west-2, role-to-assume: "arn:aws:iam::111111111111:role/shop" }
  other:
    runs-on: ubuntu-latest
    steps:
      - ${steps}
`;

it.each([
  ['run: make test', 1],
  ['run: pip install -e . && pytest', 1],
  ['uses: actions/setup-node@v5', 1],
  ['uses: aws-actions/amazon-ecr-login@v2', 1],
  ['uses: docker/build-push-action@v6', 1],
  ['uses: pypa/gh-action-pypi-publish@release/v1', 0],
  ['uses: google-github-actions/auth@v3', 0],
  ['uses: azure/login@v2', 0],
  ['uses: actions/deploy-pages@v4', 0],
  ['uses: acme/whatever@v1', 0],
  ['uses: docker://acme/tool:1', 0],
  ['run: npm publish', 0],
  ['run: cosign sign --yes "$IMAGE"', 0],
  ['run: curl "$ACTIONS_ID_TOKEN_REQUEST_URL"', 0],
  ['{ run: npm run release, env: { NPM_CONFIG_PROVENANCE: "true" } }', 0],
])('beside a job that needs it, "%s": %i findings', (step, count) => {
  expect(findingsOf(rule, beside(step))).toHaveLength(count);
});

it.each([
  ['push', 'low'],
  ['[push, workflow_dispatch]', 'low'],
  ['[push, pull_request]', 'medium'],
  ['issue_comment', 'medium'],
])('on %s it is %s', (on, severity) => {
  expect(findingsOf(rule, beside('run: make', on)).map((one) => one.severity)).toEqual([severity]);
});

it('says which jobs use it and which do not', () => {
  const [finding] = findingsOf(rule, beside('run: make'));
  expect(finding?.data).toMatchObject({ using: ['deploy'], perhaps: [], idle: ['other'] });
});
