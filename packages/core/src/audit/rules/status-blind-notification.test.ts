import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const id = 'status-blind-notification';
testCorpus(id);

const found = (step: string): unknown[] => {
  const text = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n      - ${step}\n`;
  return findingsOf(id, text).map(({ data }) => [data['says'], data['lacks']]);
};
const curl = (message: string): string =>
  JSON.stringify(`curl -d '{"text":"${message}"}' https://hooks.slack.com/services/x`);

it.each([
  ['Deployed', [['Deployed', ['status', 'commit', 'branch']]]],
  ['Released ${{ github.sha }}', [['Released', ['status', 'branch']]]],
  ['done: commit $GITHUB_SHA on $GITHUB_REF_NAME', [['done', ['status']]]],
  ['success of ${{ github.ref }}', [['success', ['status', 'commit']]]],
  ['done, ${{ job.status }}', []],
  ["done ${{ steps.make.outcome == 'success' }}", []],
  ["${{ failure() && 'failed' || 'done' }}", []],
  ['done: $RESULT', []],
  ['done ${{ toJSON(needs) }}', []],
  ['see the run', []],
])('%s', (message, expected) => {
  expect(found(`{ if: always(), run: ${curl(message)} }`)).toEqual(expected);
});

it.each([
  ['always()', 1],
  ["'!cancelled()'", 1],
  ['success() || failure()', 1],
  ['success()', 0],
  ['failure()', 0],
  ["always() && github.ref == 'refs/heads/main'", 0],
])('under %s', (condition, count) => {
  expect(found(`{ if: ${condition}, run: ${curl('done')} }`)).toHaveLength(count);
});

const uses = (action: string): string => `{ if: always(), uses: ${action}, with: { text: done } }`;

it('trusts actions that say the outcome themselves', () => {
  expect(found(uses('slackapi/slack-github-action@v2'))).toHaveLength(1);
  expect(found(uses('sarisia/actions-status-discord@v1'))).toEqual([]);
});
