import { expect, it } from 'vitest';

import type { Pattern } from './pattern.ts';
import { arnFault } from './role-arn.ts';

/** `*` in the text is a gap that a run fills. */
const fault = (text: string): unknown => {
  const parts = text
    .split('*')
    .flatMap((fixed, index) => [
      ...(index === 0 ? [] : [{ kind: 'open' }]),
      ...(fixed === '' ? [] : [{ kind: 'fixed', text: fixed }]),
    ]);
  return arnFault(parts as unknown as Pattern);
};

it.each([
  'arn:aws:iam::111111111111:role/shop',
  'arn:aws-us-gov:iam::111111111111:role/a/b/c',
  '*',
  '*shop',
  'arn:aws*role/shop',
  'arn:aws:iam::*:role/shop',
  'arn:aws:iam::1111*1111:role/shop',
  'arn:aws:iam::111111111111:role/*',
  '*/shop',
])('%s can be the ARN of a role', (text) => {
  expect(fault(text)).toBeUndefined();
});

it.each([
  ['', 'arn:aws', ''],
  ['shop', 'arn:aws', 'shop'],
  ['arn:aws:s3:::b', ':iam::', 's3:::b'],
  ['arn:aws:iam::11:role/shop', 'account', ':role/shop'],
  ['arn:aws:iam::1111111111111:role/x', ':role/', '1:role/x'],
  ['arn:aws:iam::1111111111111*:role/x', ':role/', '1...:role/x'],
  ['arn:aws:iam::111111111111:role/', 'name', ''],
  ['*:role/a b', 'name', ' b'],
])('"%s" stops where %s is expected', (text, expected, found) => {
  expect(fault(text)).toEqual({ expected, found });
});
