import { expect, it } from 'vitest';

import { stageOf, stagesIn } from './stage.ts';

it.each([
  ['prod', 'production'],
  ['PROD', 'production'],
  ['eu-production', 'production'],
  ['HindsightProdStack', 'production'],
  ['AWS_ROLE_ARN_PROD', 'production'],
  ['prod2', 'production'],
  ['acme-live', 'production'],
  ['preprod', 'staging'],
  ['pre-prod', 'staging'],
  ['staging-approval', 'staging'],
  ['non-prod', 'test'],
  ['nonprod', 'test'],
  ['shopDev', 'dev'],
  ['dev1', 'dev'],
])('%s is %s', (name, stage) => {
  expect(stageOf(name)).toBe(stage);
});

it.each([
  'product-x',
  'reproduction',
  'live-reload',
  'liveness',
  'devops',
  'latest',
  'constructor',
  '',
])('%s says nothing', (name) => {
  expect([...stagesIn(name)]).toEqual([]);
});

it('keeps several apart', () => {
  expect([...stagesIn('dev-or-prod')]).toEqual(['dev', 'production']);
  expect(stageOf('dev-or-prod')).toBeUndefined();
});
