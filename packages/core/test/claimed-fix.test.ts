import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { audit } from './audit.ts';

const folder = new URL('../../../corpus/repositories/claimed-fix/', import.meta.url);
const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, folder)), 'utf8');

interface Defect {
  readonly defect: number;
  readonly what: string;
  readonly rule: string;
  readonly file: string;
  readonly line: number;
}

describe('a pipeline whose author says that it is fixed', () => {
  const defects = JSON.parse(read('defects.json')) as Defect[];
  const paths = ['.github/workflows/ci-cd.yml', '.github/workflows/promote.yml'];
  const { findings } = audit(Object.fromEntries(paths.map((path) => [path, read(path)])));

  it.each(defects)('$defect: $what', ({ rule, file, line }) => {
    const lines = findings.flatMap((finding) => {
      const [at] = finding.locations;
      return finding.rule === rule && at.file.endsWith(file) ? [at.startLine] : [];
    });
    expect(lines).toContain(line);
  });

  it('has all sixteen', () => {
    expect(new Set(defects.map((one) => one.defect)).size).toBe(16);
  });

  it('reports nothing on the role that is written on one line of a folded scalar', () => {
    expect(
      findings
        .filter((finding) => finding.rule === 'malformed-role-arn')
        .map((finding) => finding.locations[0].startLine),
    ).toEqual([48]);
  });
});
