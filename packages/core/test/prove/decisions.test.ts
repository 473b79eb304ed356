import { expect, it } from 'vitest';

import type { AccountState } from '../../src/account/model.ts';
import { githubCom } from '../../src/oidc/issuer.ts';
import { findProvider } from '../../src/prove/provider.ts';
import { runTokens } from '../../src/prove/run-tokens.ts';
import { verdictOfTokens } from '../../src/prove/token-verdict.ts';
import { sourceFile } from '../../src/text/source.ts';
import { all } from '../../src/trust/formula.ts';

it('a run for which GitHub makes no token gets no role, though the others do', () => {
  const { verdict, reasons } = verdictOfTokens({
    tokens: runTokens(
      {
        issuer: githubCom,
        repository: { owner: 'acme', name: 'shop' },
        event: 'push',
        refs: [{ kind: 'exact', value: 'refs/heads/main' }],
        environment: { kind: 'either', name: { kind: 'exact', value: 'prod' } },
        audience: { kind: 'exact', value: 'sts.amazonaws.com' },
        workflow: { file: '.github/workflows/ci.yml' },
      },
      ['GitHubActions'],
      [{ kind: 'custom', claims: ['repo', 'environment'], immutable: false }],
    ),
    formula: all([]),
  });
  expect(verdict).not.toBe('allowed');
  expect(reasons).not.toEqual([]);
});

it('a template promises no provider to an account that is shown without one', () => {
  const file = sourceFile('iam.json', '{}');
  const range = { start: 0, end: 2 };
  const account: AccountState = {
    account: '111111111111',
    source: { kind: 'snapshot', file },
    roles: [],
    providers: [],
    complete: { roles: true, providers: true },
  };
  const template: AccountState = {
    source: { kind: 'cloudformation', file },
    roles: [],
    providers: [
      {
        url: ['https://token.actions.githubusercontent.com'],
        clientIds: [['sts.amazonaws.com']],
        file,
        range,
      },
    ],
    complete: { roles: false, providers: false },
  };
  const arn = {
    arn: 'arn:aws:iam::111111111111:role/shop',
    partition: 'aws',
    account: '111111111111',
    name: 'shop',
  };
  const options = { assumeProvider: false };
  expect(findProvider([account, template], arn, githubCom, options).kind).toBe('refused');
  expect(findProvider([template], arn, githubCom, options).kind).toBe('there');
});
