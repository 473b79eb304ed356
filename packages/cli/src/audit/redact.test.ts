import { expect, it } from 'vitest';

import { redact, redactData } from './redact.ts';

// Published as examples in AWS's documentation; split so that scanners do not take them for real.
const key = ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/');

it.each([
  ['aws-access-key-id: AKIAIOSFODNN7EXAMPLE', `aws-access-key-id: AKIA${'*'.repeat(16)}`],
  [`aws-secret-access-key: "${key}"`, `aws-secret-access-key: "${'*'.repeat(40)}"`],
  [`export X=${key}; y`, `export X=${'*'.repeat(40)}; y`],
  [`token ghp_${'a1B2'.repeat(9)}`, `token ghp_${'*'.repeat(36)}`],
  [`session ${'Aa1+'.repeat(30)}==`, `session ${'*'.repeat(122)}`],
])('masks %s', (text, masked) => {
  expect(redact(text)).toBe(masked);
  expect(redact(text)).toHaveLength(text.length);
});

it.each([
  'uses: aws-actions/configure-aws-credentials@ececac1a45f3b08a01d2dd070d28d111c5fe6722 # v4.1.0',
  'image: repo@sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03',
  'arn:aws:iam::111111111111:role/GitHubActionsDeploymentRoleForProduction',
  '${{ secrets.HONEYHIVE_PRODUCTION_DEPLOYMENT_AWS_USER_KEY_ID }}',
  'https://github.com/sallyport-dev/sallyport/blob/main/docs/rules/static-aws-credentials.md',
  'working-directory: packages/Frontend2/src/components/Checkout/steps/payment/form',
])('leaves %s', (text) => {
  expect(redact(text)).toBe(text);
});

it('reaches into the arguments of a finding', () => {
  expect(redactData({ a: [{ b: `x ${key}` }], n: 1, z: null })).toEqual({
    a: [{ b: `x ${'*'.repeat(40)}` }],
    n: 1,
    z: null,
  });
});
