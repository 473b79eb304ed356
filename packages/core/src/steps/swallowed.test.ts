import { expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { sourceFile } from '../text/source.ts';
import { parseWorkflow } from '../workflow/parse.ts';
import { swallowed } from './swallowed.ts';

function ways(script: string, shell?: string): unknown[] {
  const text = [
    'on: push',
    'jobs:',
    '  a:',
    '    runs-on: x',
    '    steps:',
    `      - run: |`,
    ...script.split('\n').map((line) => `          ${line}`),
    ...(shell === undefined ? [] : [`        shell: ${shell}`]),
  ].join('\n');
  const step = parseWorkflow(sourceFile('w.yml', text)).workflow?.jobs[0]?.steps[0];
  const parsed = engine.parseShell(step?.run?.value ?? '');
  if (!step) throw new Error(text);
  return parsed.commands
    .filter((command) => command.name?.text === 'scan')
    .map((command) => {
      const found = swallowed(command, parsed, step);
      return found && `${found.by}: ${found.words}`;
    });
}

it.each([
  ['scan . || true', 'alternative: || true'],
  ['scan . || :', 'alternative: || :'],
  ['scan . || echo "no findings"', 'alternative: || echo "no findings"'],
  ['scan . || exit 0', 'alternative: || exit 0'],
  ['scan . || echo oops >&2', 'alternative: || echo oops >&2'],
  ['if ! x; then\n  scan . || true\nfi', 'alternative: || true'],
  ['N=$(scan . | wc -l || echo "0")', 'zero: || echo "0"'],
  ['N=$(scan . || echo 0)', 'zero: || echo 0'],
  ['N=$(scan . || true)', 'zero: || true'],
  ['N=$(scan . || echo "[]")', 'zero: || echo "[]"'],
  ['set +e\nscan .\necho done', 'no-errexit: set +e'],
  ['set +o errexit\nscan .\necho done', 'no-errexit: set +o errexit'],
  ['scan . | tee out.txt', 'pipe: | tee out.txt'],
])('%j loses the failure', (script, how) => {
  expect(ways(script)).toEqual([how]);
});

it.each([
  'scan .',
  'scan . || exit 1',
  'scan . || { echo failed; exit 1; }',
  'scan . || retry',
  'scan . || FAILED=1',
  'scan . || echo "failed=true" >> "$GITHUB_OUTPUT"',
  'if scan .; then echo ok; fi',
  'scan . && echo ok',
  'S=$(scan . || echo PENDING)',
  '! scan .',
  'set +e\nscan .\nSTATUS=$?\nset -e\nexit $STATUS',
  'set +e\nfoo\nset -e\nscan .\necho done',
  '(set +e; foo)\nscan .\necho done',
  'set +e\nscan .',
  'set -o pipefail\nscan . | tee out.txt',
  'foo | scan -',
  'R=$(scan . | tail -n 1)',
  'scan . | tee x; exit ${PIPESTATUS[0]}',
])('%j does not', (script) => {
  expect(ways(script)).toEqual([undefined]);
});

it('knows what GitHub starts', () => {
  expect(ways('scan . | tee x', 'bash')).toEqual([undefined]);
  expect(ways('scan .\necho done', 'bash -l {0}')).toEqual(['no-errexit: shell: bash -l {0}']);
  expect(ways('scan .\necho done', 'bash -el {0}')).toEqual([undefined]);
  expect(ways('scan . | tee x', 'bash -euo pipefail {0}')).toEqual([undefined]);
});
