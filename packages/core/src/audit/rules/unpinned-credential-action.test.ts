import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'unpinned-credential-action';
testCorpus(rule);

const sha = 'ececac1a45f3b08a01d2dd070d28d111c5fe6722';

it.each([
  [`aws-actions/configure-aws-credentials@${sha}`, []],
  ['aws-actions/configure-aws-credentials@v5', [['low', 'tag']]],
  ['aws-actions/configure-aws-credentials@v5.1.0-rc.1', [['low', 'tag']]],
  ['aws-actions/configure-aws-credentials@20260101', [['low', 'tag']]],
  ['aws-actions/configure-aws-credentials@main', [['medium', 'branch']]],
  ['aws-actions/configure-aws-credentials@ececac1', [['low', 'short']]],
  ['aws-actions/configure-aws-credentials', [['medium', 'none']]],
  ['acme/configure-aws-credentials@v1', [['medium', 'tag']]],
  ['acme/configure-aws-credentials@main', [['high', 'branch']]],
  ['acme/amazon-ecr-login@v1', [['medium', 'tag']]],
  ['acme/deploy@v1', []],
  ['actions/checkout@main', []],
  ['./configure-aws-credentials', []],
])('%s: %j', (uses, expected) => {
  const text = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ${uses}\n`;
  const found = findingsOf(rule, text);
  expect(found.map((one) => [one.severity, one.data['kind']])).toEqual(expected);
});

it('knows an action by the keys that it gets', () => {
  const step = '- { uses: acme/deploy@v1, with: { AWS-SECRET-ACCESS-KEY: "${{ secrets.K }}" } }';
  const text = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      ${step}\n`;
  expect(findingsOf(rule, text)).toHaveLength(1);
});
