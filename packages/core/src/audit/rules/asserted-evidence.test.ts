import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const rule = 'asserted-evidence';
testCorpus(rule);

const run = (...lines: string[]): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n${lines.map((line) => `          ${line}`).join('\n')}\n`;

it.each([
  [[`echo '{"verdict": "PASS"}' > receipt.json`], ['medium']],
  [[`printf '{"passed": true}' | tee evidence/gate.json`], ['medium']],
  [['./scan', `echo '{"verdict": "PASS"}' > receipt.json`], ['low']],
  [[`echo '{"verdict": "PASS"}' > notes.json`], []],
  [[`echo '{"verdict": "PASS"}'`], []],
  [[`echo '{"verdict": "FAIL"}' > receipt.json`], []],
  [[`./scan && echo '{"verdict": "PASS"}' > receipt.json || exit 1`], []],
  [[`echo "{\\"verdict\\": \\"$VERDICT\\"}" > receipt.json`], []],
  [['cat > receipt.json <<EOF', '{"verdict": "PASS"}', 'EOF'], ['medium']],
  [['cat > receipt.json <<EOF', '{"verdict": "$VERDICT", "sha": "PASS"}', 'EOF'], []],
  [
    [
      'python3 - <<EOF',
      'receipt["verdict"] = "PASS" if ok else "FAIL"',
      'x = {"verdict": "PASS"}',
      'EOF',
    ],
    [],
  ],
])('%j', (lines, expected) => {
  expect(findingsOf(rule, run(...lines)).map((one) => one.confidence)).toEqual(expected);
});

const upload = (condition: string): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ./gate\n      - uses: actions/upload-artifact@v4\n        ${condition}\n        with: { name: gate-evidence, path: evidence }\n`;

it.each([
  ['timeout-minutes: 5', 1],
  ["if: github.ref == 'refs/heads/main'", 1],
  ['if: always()', 0],
  ['if: ${{ !cancelled() }}', 0],
  ['if: success() || failure()', 0],
])('keeps evidence of failures with %s', (condition, expected) => {
  expect(findingsOf(rule, upload(condition))).toHaveLength(expected);
});
