import { expect, it } from 'vitest';

import { commandDeeds } from './command-kinds.ts';

const deeds = (line: string): string[] =>
  commandDeeds(line.split(' ')).map(
    ({ kind, tool, byName }) => `${kind}: ${tool}${byName ? ' (name)' : ''}`,
  );

it.each([
  ['trivy image --severity HIGH acme/shop', 'scan: trivy image'],
  ['trivy --cache-dir .trivy fs .', 'scan: trivy fs'],
  ['checkov -d .', 'scan: checkov'],
  ['npm audit --audit-level=high', 'scan: npm audit'],
  [
    'aws --region eu-west-2 ecr describe-image-scan-findings --image-id imageTag=1',
    'scan: aws ecr describe-image-scan-findings',
  ],
  ['docker run --rm -v /x:/x aquasec/trivy:latest image acme/shop', 'scan: trivy'],
  ['npm test', 'test: npm test'],
  ['npm run test:unit', 'test: npm run test:unit (name)'],
  ['npm run lint', 'test: npm run lint (name)'],
  ['make -C infra lint', 'test: make lint (name)'],
  ['yarn test', 'test: yarn test'],
  ['yarn lint', 'test: yarn lint (name)'],
  ['npm run build', 'build: npm run build (name)'],
  ['npm run cdk -- deploy --all', 'deploy: cdk deploy'],
  ['yarn cdk synth', 'build: cdk synth'],
  ['docker build -t x .', 'build: docker build'],
  ['docker buildx build --push -t x .', 'publish: docker buildx build'],
  ['docker push x', 'publish: docker push'],
  ['npm publish', 'publish: npm publish'],
  ['aws s3 cp a.zip s3://acme/a.zip', 'publish: aws s3 cp'],
  ['aws s3 sync --delete --acl private dist s3://acme', 'publish: aws s3 sync'],
  ['cdk deploy --all', 'deploy: cdk deploy'],
  ['terraform -chdir=infra apply -auto-approve', 'deploy: terraform apply'],
  ['helm -n shop upgrade --install shop .', 'deploy: helm upgrade'],
  ['./scripts/deploy.sh prod', 'deploy: ./scripts/deploy.sh (name)'],
  ['bash ci/run-tests.sh', 'test: ci/run-tests.sh (name)'],
  ['./ci/docker-helper.sh push', 'publish: ./ci/docker-helper.sh push (name)'],
  ['cosign verify --key k x', 'verify: cosign verify'],
  ['curl -X POST https://hooks.slack.com/services/x', 'notify: curl'],
  ['aws sns publish --topic-arn t --message m', 'notify: aws sns publish'],
  ['docker login -u AWS', 'credential: docker login'],
])('%s', (line, deed) => {
  expect(deeds(line)).toEqual([deed]);
});

it.each([
  'trivy --version',
  'grype version',
  'checkov --version',
  'npm ci',
  'npm install -D cdk-nag',
  'npm publish --dry-run',
  'aws s3 cp s3://acme/a.zip a.zip',
  'aws s3 cp --quiet s3://acme/a.zip ./deploy/a.zip',
  'aws s3 ls',
  'docker run -d --name db postgres:16',
  'kubectl apply --dry-run=server -f x',
  'cdk diff',
  'cdk ls',
  './scripts/upload-test-results.sh',
  'npm run install:test-deps',
  'echo deploy',
  'curl https://example.com',
  'terraform plan',
])('%s does none of it', (line) => {
  expect(deeds(line)).toEqual([]);
});
