import { describe, expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { errexitAt, initialShellOptions, shellOptionsAt } from './shell-option.ts';

describe('the options that GitHub starts a shell with', () => {
  it.each([
    [undefined, true, false],
    ['bash', true, true],
    ['sh', true, false],
    ['bash {0}', false, false],
    ['bash -e {0}', true, false],
    ['bash -euxo pipefail {0}', true, true],
    ['bash --noprofile --norc -eo pipefail {0}', true, true],
    ['/bin/bash -l -e {0}', true, false],
    ['bash -o errexit {0}', true, false],
    ['pwsh', false, false],
    ['python {0}', false, false],
  ])('%s', (shell, errexit, pipefail) => {
    expect(initialShellOptions(shell)).toEqual({ errexit, pipefail });
  });
});

/** The options at each `^` of a script, which is taken out. */
function at(marked: string, shell?: string): string {
  const script = engine.parseShell(marked.replace('^', ''));
  const options = shellOptionsAt(script, marked.indexOf('^'), initialShellOptions(shell));
  expect(errexitAt(script, marked.indexOf('^'), initialShellOptions(shell))).toBe(options.errexit);
  return `${options.errexit ? 'e' : '-'}${options.pipefail ? 'p' : '-'}`;
}

describe('the options at an offset', () => {
  it.each([
    ['^a', 'e-'],
    ['set +e\n^a', '--'],
    ['^a\nset +e', 'e-'],
    ['set -o pipefail\n^a', 'ep'],
    ['set -euo pipefail; set +e; ^a', '-p'],
    ['set +o errexit -o pipefail\n^a', '-p'],
    ['set -x\n^a', 'e-'],
    ['set -- +e\n^a', 'e-'],
    ['(set +e; ^a)', '--'],
    ['(set +e); ^a', 'e-'],
    ['f() { set +e; }\n^a', 'e-'],
    ['f() { set +e; ^a; }', '--'],
    ['X=$(^a)', '--'],
    ['X=$(set -e; ^a)', 'e-'],
    ['X=$(set -e; b); ^a', 'e-'],
    ['set -o pipefail; X=$(^a)', '-p'],
    ['set +e; a; set -e; ^b', 'e-'],
    ['builtin set +e; ^a', '--'],
  ])('%s', (marked, expected) => {
    expect(at(marked)).toBe(expected);
  });
});
