import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const id = 'self-granting-workflow';
testCorpus(id);

const found = (run: string, role?: string): unknown[] => {
  const login =
    role === undefined
      ? ''
      : `      - uses: aws-actions/configure-aws-credentials@v5\n        with: { role-to-assume: "${role}", aws-region: x }\n`;
  const text = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${login}      - run: ${JSON.stringify(run)}\n`;
  return findingsOf(id, text).map(({ severity, data }) => [severity, data['target'], data['own']]);
};
const put = 'aws iam put-role-policy --policy-name p --policy-document file://p.json --role-name';

it.each([
  [`${put} ci`, 'arn:aws:iam::111111111111:role/ci', [['high', 'ci', 'yes']]],
  [`${put} ci`, 'arn:aws:iam::111111111111:role/path/ci', [['high', 'ci', 'yes']]],
  [`${put} ci`, 'ci', [['high', 'ci', 'yes']]],
  [`${put} task`, 'arn:aws:iam::111111111111:role/ci', [['medium', 'task', 'no']]],
  [`${put} task`, '${{ vars.ROLE }}', [['high', 'task', 'maybe']]],
  [`${put} task`, undefined, [['high', 'task', 'maybe']]],
  [`${put}=task`, 'ci', [['medium', 'task', 'no']]],
  [`${put} "$ROLE"`, 'ci', [['high', '$ROLE', 'maybe']]],
  [`sudo ${put} ci`, 'ci', [['high', 'ci', 'yes']]],
  ['aws --profile x iam update-assume-role-policy --role-name ci', 'ci', [['high', 'ci', 'yes']]],
  ['aws iam delete-role-permissions-boundary --role-name ci', 'ci', [['high', 'ci', 'yes']]],
  ['aws iam attach-user-policy --user-name bob --policy-arn x', 'ci', [['medium', 'bob', 'no']]],
  [
    'aws iam set-default-policy-version --policy-arn arn --version-id v2',
    'ci',
    [['high', 'arn', 'maybe']],
  ],
  ['aws iam get-role --role-name ci', 'ci', []],
  ['echo aws iam put-role-policy', 'ci', []],
])('%s as %s', (run, role, expected) => {
  expect(found(run, role)).toEqual(expected);
});

it('reads boto3 where a program gets it, with the line of the call', () => {
  const script = 'python - <<PY\nx = 1\niam.put_user_policy(\n  UserName="bob")\nPY';
  expect(found(script)).toEqual([['medium', 'bob', 'no']]);
  const lines = `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n          python - <<PY\n          x = 1\n          iam.put_user_policy(UserName=name)\n          PY\n`;
  expect(findingsOf(id, lines).map(({ locations }) => locations[0].startLine)).toEqual([9]);
  expect(found('git commit -F - <<T\niam.put_user_policy(\nT')).toEqual([]);
});
