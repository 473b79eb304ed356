import { expect, it } from 'vitest';

import { audit, testCorpus } from '../../../test/audit.ts';

testCorpus('ignore-without-reason');

const workflow = (comment: string): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: aws ecr get-login-password ${comment}\n`;

it.each([
  ['', ['printed-secret']],
  ['# sallyport: ignore[printed-secret] a sandbox token', []],
  ['# sallyport: ignore[printed-secret]', ['printed-secret', 'ignore-without-reason']],
  // Two comments, the second of which gives the reason: the first still hides nothing.
  ['# sallyport: ignore[printed-secret]   ', ['printed-secret', 'ignore-without-reason']],
])('%j leaves %j', (comment, expected) => {
  expect(audit(workflow(comment)).findings.map((one) => one.rule)).toEqual(expected);
});
