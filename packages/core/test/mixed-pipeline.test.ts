import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { fixRepository } from '../src/fix/apply.ts';
import { sourceFile } from '../src/index.ts';
import { audit, engine } from './audit.ts';

const path = '.github/workflows/ci-cd.yml';
const text = readFileSync(
  fileURLToPath(new URL(`../../../examples/mixed-pipeline/${path}`, import.meta.url)),
  'utf8',
);

/** The lines at which a rule reports in the example. */
function lines(rule: string, of: string = text): number[] {
  return audit({ [path]: of }).findings.flatMap((finding) =>
    finding.rule === rule ? finding.locations[0].startLine : [],
  );
}

describe('the example of a five-stage pipeline', () => {
  it('mixes authentication in four places', () => {
    expect(lines('mixed-authentication')).toEqual([43, 69, 96, 125]);
  });
  it('holds a key in the same four', () => {
    expect(lines('static-aws-credentials')).toEqual([43, 69, 96, 125]);
  });
  it('reaches two accounts with it', () => {
    expect(lines('cross-account-keys')).toEqual([99, 128]);
  });
  it('hands its artifact on in plain', () => {
    expect(lines('unsealed-artifact')).toEqual([50]);
  });

  const input = { name: 'acme/shop', prefix: '', files: [sourceFile(path, text)] };
  const fixed = fixRepository(input, { engine });
  const after = fixed.files[0]?.after ?? '';

  it('is rewritten without a key', () => {
    expect(after).not.toMatch(/aws-access-key-id|AWS_SECRET_ACCESS_KEY/);
    for (const rule of [
      'static-aws-credentials',
      'mixed-authentication',
      'cross-account-keys',
      'missing-id-token-permission',
    ]) {
      expect(lines(rule, after)).toEqual([]);
    }
  });
  it('gets no finding that it did not have', () => {
    const count = (of: string): Map<string, number> => {
      const counts = new Map<string, number>();
      for (const { rule } of audit({ [path]: of }).findings)
        counts.set(rule, (counts.get(rule) ?? 0) + 1);
      return counts;
    };
    const before = count(text);
    for (const [rule, number] of count(after))
      expect([rule, number <= (before.get(rule) ?? 0)]).toEqual([rule, true]);
  });
  it('keeps every line that no fix touches', () => {
    const kept = new Set(after.split('\n'));
    const lost = text.split('\n').filter((line) => !kept.has(line));
    expect(
      lost.filter(
        (line) =>
          !/aws-(?:access-key-id|secret-access-key)|configure-aws-credentials@v4|role-arn|secrets\./i.test(
            line,
          ),
      ),
    ).toEqual([]);
  });
  it('is not touched again', () => {
    expect(fixRepository(fixed.after.repository.input, { engine }).files).toEqual([]);
  });
});
