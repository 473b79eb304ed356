import { expect, it } from 'vitest';

import { isFetched, isSensitive, secretsIn } from './secrets.ts';

it.each([
  ['DB_PASSWORD', true],
  ['dbPassword', true],
  ['LLM_API_KEY', true],
  ['AWS_SECRET_ACCESS_KEY', true],
  ['SLACK_WEBHOOK_URL', true],
  ['DATABASE_URL', true],
  ['SOMETHING', true],
  ['NPM_TOKEN', true],
  ['AWS_ACCOUNT_ID', false],
  ['STAGING_ACCOUNT_ID', false],
  ['AWS_REGION', false],
  ['DEPLOY_ROLE_ARN', false],
  ['S3_BUCKET', false],
  ['KMS_KEY_ID', false],
  ['KMS_KEY_ARN', false],
  ['DB_SECRET_ARN', false],
  ['SSH_HOST', false],
  ['DOCS_BUCKET_V3', false],
  ['STORAGE_ACCOUNT_DEV', false],
  ['STORAGE_KEY_DEV', true],
])('%s is to be kept: %s', (name, expected) => {
  expect(isSensitive(name)).toBe(expected);
});

const secret = (name: string, dynamic = false) => ({
  source: `secrets.${name}`,
  origin: { kind: 'secret' as const, name, dynamic, trail: [] },
});

it('reads the secrets of a value, each once', () => {
  expect(
    secretsIn([
      ['a', secret('A')],
      [secret('A'), secret('', true)],
    ]),
  ).toEqual(['A', 'secrets[...]']);
});

it('knows what a script fetches from AWS', () => {
  expect(isFetched([[{ source: '$(aws secretsmanager get-secret-value --secret-id x)' }]])).toBe(
    true,
  );
  expect(isFetched([[{ source: '$(aws sts get-caller-identity)' }]])).toBe(false);
  expect(isFetched([['aws secretsmanager get-secret-value']])).toBe(false);
});
