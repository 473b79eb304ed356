import { describe, expect, it } from 'vitest';

import {
  colonsOf,
  conditionPrefix,
  issuerUrl,
  knowsImmutable,
  ownerAudience,
  readIssuer,
  stsAudience,
  targetRefs,
  type Issuer,
} from './issuer.ts';

describe('readIssuer', () => {
  it.each<[string, Issuer]>([
    ['https://token.actions.githubusercontent.com', { kind: 'github.com' }],
    ['HTTPS://Token.Actions.GitHubUserContent.com/', { kind: 'github.com' }],
    [
      'token.actions.githubusercontent.com/acme-corp',
      { kind: 'github.com', enterprise: 'acme-corp' },
    ],
    [
      'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com',
      { kind: 'github.com' },
    ],
    [
      'arn:aws-cn:iam::111111111111:oidc-provider/token.actions.githubusercontent.com/acme',
      { kind: 'github.com', enterprise: 'acme' },
    ],
    ['https://token.actions.acme.ghe.com', { kind: 'ghe.com', subdomain: 'acme' }],
    [
      'https://token.actions.acme.ghe.com/acme',
      { kind: 'ghe.com', subdomain: 'acme', enterprise: 'acme' },
    ],
    ['https://git.acme.example/_services/token', { kind: 'server', host: 'git.acme.example' }],
  ])('reads %s', (text, issuer) => {
    expect(readIssuer(text)).toEqual(issuer);
    expect(readIssuer(issuerUrl(issuer))).toEqual(issuer);
    expect(readIssuer(conditionPrefix(issuer))).toEqual(issuer);
  });

  it.each([
    'https://gitlab.com',
    'https://token.actions.githubusercontent.com.evil.example',
    'https://evil.example/token.actions.githubusercontent.com',
    'https://token.actions.githubusercontent.com/a/b',
    'vstoken.actions.githubusercontent.com',
    'https://git.acme.example/_services/token/x',
    '',
  ])('does not take "%s" for GitHub', (text) => {
    expect(readIssuer(text)).toBeUndefined();
  });
});

describe('what an issuer knows', () => {
  const server = (major: number, minor: number): Issuer => ({
    kind: 'server',
    host: 'git.acme.example',
    version: { major, minor },
  });
  const unknown: Issuer = { kind: 'server', host: 'git.acme.example' };

  it('writes ids on github.com and ghe.com only', () => {
    expect(
      [
        { kind: 'github.com' } as const,
        { kind: 'ghe.com', subdomain: 'acme' } as const,
        unknown,
      ].map((one) => knowsImmutable(one)),
    ).toEqual([true, true, false]);
  });

  it.each([
    [{ kind: 'github.com' } as const, ['encoded'], ['default']],
    [server(3, 18), ['raw'], ['base']],
    [server(3, 19), ['encoded'], ['base']],
    [server(3, 20), ['encoded'], ['default']],
    [server(4, 0), ['encoded'], ['default']],
    [unknown, ['encoded', 'raw'], ['default', 'base']],
  ])('writes colons and refs by its version: %j', (issuer, colons, refs) => {
    expect(colonsOf(issuer)).toEqual(colons);
    expect(targetRefs(issuer)).toEqual(refs);
  });

  it('names the audiences', () => {
    expect(ownerAudience({ kind: 'github.com' }, 'acme')).toBe('https://github.com/acme');
    expect(ownerAudience({ kind: 'ghe.com', subdomain: 'acme' }, 'team')).toBe(
      'https://acme.ghe.com/team',
    );
    expect(ownerAudience(unknown, 'team')).toBe('https://git.acme.example/team');
    expect([stsAudience('aws'), stsAudience('aws-cn'), stsAudience('aws-us-gov')]).toEqual([
      'sts.amazonaws.com',
      'sts.amazonaws.com.cn',
      'sts.amazonaws.com',
    ]);
  });
});
