import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'mutable-image-tag';
testCorpus(rule);

const ecr = '111111111111.dkr.ecr.eu-west-2.amazonaws.com/shop';
const workflow = (script: string, on = 'push'): string =>
  `on: ${on}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${JSON.stringify(script)}\n`;

it.each([
  [`docker push ${ecr}:latest`, ['medium latest']],
  [`docker push ${ecr}`, ['medium latest']],
  [`docker image push ${ecr}:main`, ['medium main']],
  [`docker push ${ecr}:1.2.3`, []],
  [`docker push ${ecr}:$GITHUB_SHA`, []],
  [`docker push ${ecr}:$GITHUB_REF_NAME`, ['medium ${{ github.ref_name }}']],
  [`docker push ${ecr}:$GITHUB_REF_NAME-$GITHUB_SHA`, []],
  [`TAG=latest; docker push ${ecr}:$TAG`, ['medium latest']],
  [`docker push ${ecr}:\${TAG:-latest}`, ['medium latest']],
  [`docker push ${ecr}:latest-\${GITHUB_SHA::7}`, []],
  [`docker push ${ecr}:dev-latest`, ['medium dev-latest']],
  [`docker push ${ecr}:latest; docker push ${ecr}:$GITHUB_SHA`, ['low latest']],
  [`docker push ${ecr}:latest; docker push "$IMAGE"`, ['low latest']],
  [`docker push ${ecr}:latest; docker push ${ecr}:prod`, ['medium latest,prod']],
  ['docker push ghcr.io/acme/shop:latest', ['low latest']],
  ['docker push localhost:5000/shop', ['low latest']],
  ['docker push $REGISTRY/$IMAGE', []],
  [`docker build --push -t ${ecr}:stable .`, ['medium stable']],
  [`docker buildx imagetools create -t ${ecr}:latest ${ecr}:1`, ['medium latest']],
  [`docker build -t ${ecr}:latest .`, []],
  [`docker pull ${ecr}:latest`, []],
  [`crane copy a ${ecr}:latest`, ['medium latest']],
  [`aws lambda create-function --image-uri ${ecr}:latest`, ['medium latest']],
])('%s', (script, expected) => {
  const found = findingsOf(rule, workflow(script));
  expect(found.map((one) => `${one.severity} ${(one.data['tags'] as string[]).join(',')}`)).toEqual(
    expected,
  );
});

it.each([
  ['{ push: { tags: [v*] } }', 0],
  ['{ release: { types: [published] }, workflow_dispatch: {} }', 0],
  ['{ push: { tags: [v*], branches: [main] } }', 1],
])("takes a ref's name for a version under on: %s", (on, expected) => {
  expect(findingsOf(rule, workflow(`docker push ${ecr}:$GITHUB_REF_NAME`, on))).toHaveLength(
    expected,
  );
});
