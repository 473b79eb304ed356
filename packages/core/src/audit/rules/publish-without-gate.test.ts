import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const id = 'publish-without-gate';
testCorpus(id);

const tools = (steps: readonly string[], on = 'push', job = 'release'): unknown[] => {
  const list = steps.map((run) => `      - run: ${JSON.stringify(run)}\n`).join('');
  const text = `on: ${on}\njobs:\n  ${job}:\n    runs-on: ubuntu-latest\n    steps:\n${list}`;
  return findingsOf(id, text).map((finding) => finding.data['tool']);
};

it.each([
  [['docker push acme/shop'], ['docker push']],
  [['docker buildx build --push -t acme/shop .'], ['docker buildx build']],
  [['twine upload dist/*'], ['twine upload']],
  [['aws s3 cp app.zip s3://acme-artifacts/app.zip'], ['aws s3 cp']],
  [['pytest', 'docker push acme/shop'], []],
  [['docker push acme/shop', 'pytest'], ['docker push']],
  [['trivy image --exit-code 1 acme/shop', 'docker push acme/shop'], []],
  [['./scripts/ci.sh', 'docker push acme/shop'], []],
  [['docker build .'], []],
  [['aws s3 cp report.html s3://acme-site/'], []],
  [['./publish-content.sh'], []],
])('%j', (steps, expected) => {
  expect(tools(steps)).toEqual(expected);
});

it('counts a deployment only where it is production', () => {
  expect(tools(['cdk deploy Shop'])).toEqual([]);
  expect(tools(['cdk deploy ShopProd'])).toEqual(['cdk deploy']);
  expect(tools(['cdk deploy Shop'], 'push', 'deploy-production')).toEqual(['cdk deploy']);
});

it('leaves workflows alone that only another run or a pull request starts', () => {
  expect(tools(['docker push acme/shop'], '[pull_request, workflow_run]')).toEqual([]);
});
