import { describe, expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { failureSwallowed } from './failure.ts';
import { initialShellOptions } from './shell-option.ts';

/** Why the failure of `aws` does not fail the step; `fails` when it does. */
function why(source: string, shell?: string): string {
  const script = engine.parseShell(source);
  const index = script.commands.findIndex((command) => command.name?.text === 'aws');
  const found = failureSwallowed(script, index, initialShellOptions(shell));
  if (!found) return 'fails';
  const by = found.by === undefined ? '' : ` ${script.commands[found.by]?.name?.text ?? ''}`;
  return `${found.reason}${by}${found.statusRead ? ' read' : ''}`;
}

describe('with the options of `run:` without a shell', () => {
  it.each([
    ['aws x', 'fails'],
    ['aws x\nls', 'fails'],
    ['aws x || true', 'or-else true'],
    ['aws x || :', 'or-else :'],
    ['aws x || echo "failed"', 'or-else echo'],
    ['aws x || FAILED=1', 'or-else'],
    ['aws x || exit 1', 'fails'],
    ['aws x || exit', 'fails'],
    ['aws x || exit 0', 'or-else exit'],
    ['aws x || { echo no; exit 1; }', 'fails'],
    ['aws x || { echo no; exit; }', 'or-else echo'],
    ['aws x || return 1', 'fails'],
    ['aws x || false', 'fails'],
    ['aws x || (echo no && exit 2)', 'fails'],
    ['aws x || aws y || exit 1', 'or-else aws'],
    ['aws x && ls || true', 'or-else true'],
    ['ls && aws x || true', 'or-else true'],
    ['ls || aws x', 'fails'],
    ['{ aws x; ls; } || exit 1', 'group exit'],
    ['{ ls; aws x; } || exit 1', 'fails'],
    ['aws x | jq .', 'pipeline'],
    ['ls | aws x', 'fails'],
    ['set -o pipefail\naws x | jq .', 'fails'],
    ['{ aws x; ls; } | jq .', 'pipeline'],
    ['aws x |& tee log', 'pipeline'],
    ['set +e\naws x\nls', 'errexit-off'],
    ['set +e\naws x', 'fails'],
    ['set +e\naws x; true', 'errexit-off'],
    ['set +e\naws x\nRC=$?\nexit $RC', 'errexit-off read'],
    ['set +e\naws x\nls\nexit $?', 'errexit-off'],
    ['set +e\naws x\nset -e\nls', 'errexit-off'],
    ['if aws x; then ls; fi', 'condition'],
    ['if ls; then aws x; fi', 'fails'],
    ['while ! aws x; do sleep 1; done', 'negated'],
    ['until aws x; do sleep 1; done', 'condition'],
    ['for x in 1; do aws x; done', 'fails'],
    ['aws x && ls\necho', 'guard'],
    ['aws x && ls', 'fails'],
    ['if [ -n "$A" ]; then aws x && ls; fi', 'fails'],
    ['ls && aws x\necho', 'fails'],
    ['! aws x', 'negated'],
    ['aws x &', 'background'],
    ['(aws x; ls) &', 'background'],
    ['(aws x; ls)', 'fails'],
    ['echo "$(aws x)"', 'substitution echo'],
    ['export A=$(aws x)', 'substitution export'],
    ['f() { local A="$(aws x)"; }\nf', 'substitution local'],
    ['[ -n "$(aws x)" ]', 'substitution ['],
    ['cat <<EOF\n$(aws x)\nEOF', 'substitution cat'],
    ['for x in $(aws x); do ls; done', 'substitution'],
    ['diff <(aws x) b', 'substitution diff'],
    ['A=$(aws x)', 'fails'],
    ['A=$(aws x)\nls', 'fails'],
    ['A=$(aws x; ls)', 'errexit-off'],
    ['A=$(set -e; aws x; ls)', 'fails'],
    ['A=$(aws x | jq .)', 'pipeline'],
    ['A=$(aws x) || true', 'or-else true'],
    ['set +e\nA=$(aws x)\nls', 'errexit-off'],
    ['if A=$(aws x); then ls; fi', 'condition'],
    ["trap 'exit 0' EXIT\naws x", 'trap trap'],
    ["trap 'rm x' EXIT\naws x", 'fails'],
    ['f() { aws x; ls; }\nf', 'fails'],
    ['f() { aws x; ls; }\nf || true', 'function f'],
    ['f() { aws x; }\nf || true\nf', 'fails'],
    ['f() { aws x; }\nif f; then ls; fi', 'function f'],
    ['f() { aws x; }', 'fails'],
    ['f() { aws x; f; }\nf', 'fails'],
  ])('%s', (source, expected) => {
    expect(why(source)).toBe(expected);
  });
});

describe('with those of other shells', () => {
  it.each([
    ['aws x | jq .', 'bash', 'fails'],
    ['A=$(aws x | jq .)', 'bash', 'fails'],
    ['aws x\nls', 'bash {0}', 'errexit-off'],
    ['aws x', 'bash {0}', 'fails'],
    ['aws x | jq .', 'sh', 'pipeline'],
  ])('%s with %s', (source, shell, expected) => {
    expect(why(source, shell)).toBe(expected);
  });
});

it('knows no command beyond the last', () => {
  const script = engine.parseShell('aws x');
  expect(failureSwallowed(script, 5, initialShellOptions('bash'))).toBeUndefined();
});
