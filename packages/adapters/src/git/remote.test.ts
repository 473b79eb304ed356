import { expect, it } from 'vitest';

import { readRemote } from './remote.ts';

it.each([
  ['https://github.com/acme/shop.git', 'github.com acme/shop'],
  ['https://github.com/acme/shop', 'github.com acme/shop'],
  ['https://someone:secret@GitHub.com/acme/shop.git/', 'github.com acme/shop'],
  ['git@github.com:acme/shop.git', 'github.com acme/shop'],
  ['ssh://git@github.acme.example:22/acme/my.shop.git', 'github.acme.example acme/my.shop'],
  ['github.com:acme/shop', 'github.com acme/shop'],
])('reads %s', (url, expected) => {
  const remote = readRemote(url);
  expect(`${remote?.host} ${remote?.owner}/${remote?.name}`).toBe(expected);
});

it.each([
  '',
  '../shop.git',
  '/srv/git/shop.git',
  'file:///srv/git/acme/shop.git',
  'https://github.com/shop',
  'https://github.com/acme/shop/tree/main',
  'https://github.com/acme/sh op',
])('takes %s for no repository of GitHub', (url) => {
  expect(readRemote(url)).toBeUndefined();
});
