import { expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { inlineScripts } from './inline-script.ts';

it.each<[string, string[]]>([
  ["bash -c 'aws s3 ls'", ['aws s3 ls @9']],
  ['sh -ec "aws $X"', ['~aws $X @8']],
  ['sudo bash -xc \'aws "a b"\'', ['aws "a b" @15']],
  ['bash -o pipefail -c "a | b"', ['a | b @21']],
  ['eval "aws $CMD"', ['~aws $CMD @6']],
  ['eval aws  "s3"', ['aws s3']],
  ["trap 'rm x' EXIT", ['rm x @6']],
  ["trap -- 'rm x' EXIT INT", ['rm x @9']],
  ['trap - EXIT', []],
  ["trap '' INT", []],
  ['trap', []],
  ['bash script.sh', []],
  ['bash <<EOF\naws x\nEOF', ['aws x\n @11']],
  ["ssh host; bash -s <<'EOF'\naws x\nEOF", ['aws x\n @26']],
  ['bash -e <<-EOF\n\taws x\nEOF', ['aws x\n']],
  ['bash -c "a \\"b\\""', ['a "b"']],
  ['bash -c', []],
  ['python -c "x"', []],
])('%s', (source, expected) => {
  const found = inlineScripts(engine.parseShell(source)).map(
    ({ text, literal, offset }) =>
      `${literal ? '' : '~'}${text}${offset === undefined ? '' : ` @${offset}`}`,
  );
  expect(found).toEqual(expected);
});
