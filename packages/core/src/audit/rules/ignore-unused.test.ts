import { expect, it } from 'vitest';

import { audit, findingsOf, testCorpus } from '../../../test/audit.ts';
import { sourceFile } from '../../text/source.ts';
import { Repository } from '../../workflow/repository.ts';
import { rules } from '../rules.ts';
import { auditRepository } from '../run.ts';

const rule = 'ignore-unused';
testCorpus(rule);

const workflow = (comment: string): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: aws ecr get-login-password ${comment}\n`;

it('is satisfied by a finding that the comment hides', () => {
  const { findings, suppressed } = audit(
    workflow('# sallyport: ignore[printed-secret] a sandbox token'),
  );
  expect([findings.length, suppressed.map((one) => one.rule)]).toEqual([0, ['printed-secret']]);
});

it('says nothing of rules that did not run', () => {
  const file = sourceFile(
    '.github/workflows/a.yml',
    workflow('# sallyport: ignore[secret-in-arguments] later'),
  );
  const repository = new Repository({ name: 'acme', prefix: '', files: [file] });
  const only = rules.filter((one) => one.id === rule || one.id === 'printed-secret');
  expect(auditRepository(repository, { rules: only }).findings).toEqual([]);
});

it('says nothing of files that could not be examined', () => {
  const text = `${workflow('# sallyport: ignore[printed-secret] a sandbox token')}  - [\n`;
  expect(findingsOf(rule, text)).toEqual([]);
});
