import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'secret-in-arguments';
testCorpus(rule);

const workflow = (script: string, more = ''): string => `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    env: { KEY: "\${{ secrets.API_KEY }}", BUCKET: "\${{ secrets.BUCKET }}" }
    steps:
      - run: ${script}
${more}`;

it.each([
  ['cdk deploy --context key="$KEY"', ['high']],
  ['npx cdk deploy -c key=$KEY', ['high']],
  ['pnpm exec cdk deploy --context=key=$KEY', ['high']],
  ['cdk deploy --context stage=prod', []],
  ['curl --context "$KEY" https://example.com', ['low']],
  ['cdk deploy --parameters Key=$KEY', ['medium']],
  ['sam deploy --parameter-overrides Stage=dev Key=$KEY', ['medium']],
  ['docker buildx build --build-arg KEY=$KEY .', ['medium']],
  ['docker run -e KEY=$KEY shop', ['low']],
  ['docker run -e KEY shop', []],
  ['sudo ./load --key "$KEY"', ['low']],
  ['echo "$KEY" | ./load --password-stdin', []],
  ['./load <<< "$KEY"', []],
  ['API=$KEY ./load', []],
  ['test -n "$KEY"', []],
  ['load() { true; }; load "$KEY"', []],
  ['COPY="$KEY"; ./load "$COPY"', ['low']],
  ['./load "${KEY:+set}" "${#KEY}"', []],
  ['./load "${KEY:-none}"', ['low']],
  ['aws s3 ls "s3://$BUCKET"', []],
  ['./load ${{ secrets.API_KEY }}', ['medium']],
  ['./load ${{ env.KEY }}', ['medium']],
  ['./load ${{ secrets.API_KEY != null }}', []],
  ["./load ${{ secrets[format('{0}_KEY', matrix.stage)] }}", ['medium']],
  ["./load ${{ secrets[format('ACCOUNT_{0}', matrix.stage)] }}", ['low']],
  ['[ -z "${{ secrets.API_KEY }}" ] && exit 1', ['low']],
])('%s', (script, expected) => {
  const found = findingsOf(rule, workflow(JSON.stringify(script)));
  expect(found.map((one) => one.severity)).toEqual(expected);
});

it('leaves AWS keys to their own rule', () => {
  const script = 'aws configure set aws_secret_access_key "${{ secrets.AWS_SECRET_ACCESS_KEY }}"';
  expect(findingsOf(rule, workflow(JSON.stringify(script)))).toEqual([]);
});

it('reports a secret once per step, at its worst place', () => {
  const text = workflow(
    JSON.stringify('./load "$KEY"; cdk deploy --context key=$KEY; ./load "$KEY"'),
  );
  const found = findingsOf(rule, text);
  expect(found.map((one) => one.data['exposure'])).toEqual(['context']);
});

it.each([
  'KEY="Bearer $KEY"; curl -H "$KEY" https://api.example.com',
  'KEY="${KEY:-none}"; curl -H "$KEY" https://api.example.com',
  'A=$B; B=$A; A=$KEY; curl -H "$B" https://api.example.com',
])('follows a variable that is made of itself: %s', (script) => {
  expect(findingsOf(rule, workflow(`|\n          ${script}`))).toHaveLength(1);
});
