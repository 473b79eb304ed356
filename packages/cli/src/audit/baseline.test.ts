import { describe, expect, it } from 'vitest';

import { folderWith } from '../../test/run.ts';
import { Baseline, baselineText } from './baseline.ts';
import type { ReportedFinding, RepositoryReport } from './report.ts';

const finding = (fingerprint: string, rule = 'static-aws-credentials'): ReportedFinding => ({
  rule,
  severity: 'high',
  confidence: 'high',
  message: 'm',
  help: 'h',
  helpUri: 'u',
  locations: [
    {
      file: 'a.yml',
      startLine: 1,
      startColumn: 1,
      endLine: 1,
      endColumn: 2,
      role: 'primary',
      label: '',
    },
  ],
  data: {},
  fingerprint,
});

const report = (
  name: string,
  findings: readonly ReportedFinding[],
  known: readonly ReportedFinding[] = [],
): RepositoryReport => ({
  name,
  path: name,
  lone: false,
  findings,
  suppressed: [],
  known,
  examined: [],
  invalid: [],
  notes: [],
  counts: { workflows: 1, actions: 0, jobs: 1, steps: 1, policies: 0, roles: 0 },
  rulesOff: [],
});

const baselineOf = (...reports: readonly RepositoryReport[]): Baseline =>
  Baseline.read(folderWith({ 'b.json': baselineText(reports) }), 'b.json');

describe('Baseline', () => {
  it('hides each finding once', () => {
    const isKnown = baselineOf(
      report('shop', [finding('1'), finding('1')], [finding('2')]),
    ).matcher('shop');
    expect(
      [finding('1'), finding('1'), finding('1'), finding('2'), finding('3')].map(isKnown),
    ).toEqual([true, true, false, true, false]);
    expect(isKnown(finding('2', 'other-rule'))).toBe(false);
  });

  it('holds for one repository under whatever name, but never for another of several', () => {
    expect(baselineOf(report('shop', [finding('1')])).matcher('shop-checkout')(finding('1'))).toBe(
      true,
    );
    const both = baselineOf(report('a', [finding('1')]), report('b', [finding('2')]));
    expect(both.matcher('b')(finding('1'))).toBe(false);
    expect(both.matcher('a')(finding('1'))).toBe(true);
  });

  it('tells which entries hide nothing any more', () => {
    const baseline = baselineOf(report('a', [finding('1'), finding('2')]));
    baseline.matcher('a')(finding('2'));
    expect(baseline.notes()).toMatchObject([
      { reason: '1 of its 2 findings no longer occur; write it anew' },
    ]);
  });

  it.each([
    ['', 'it is not JSON'],
    ['[]', 'its schemaVersion is not 1'],
    ['{"schemaVersion":2,"findings":[]}', 'its schemaVersion is not 1'],
    ['{"schemaVersion":1}', 'it has no list of findings'],
    [
      '{"schemaVersion":1,"findings":[{"rule":"x"}]}',
      'its finding 1 lacks repository, rule or fingerprint',
    ],
    [
      '{"schemaVersion":1,"findings":[{"rule":"x","repository":"y","fingerprint":""}]}',
      'its finding 1 lacks repository, rule or fingerprint',
    ],
  ])('refuses %s', (text, problem) => {
    const root = folderWith({ 'b.json': text });
    expect(() => Baseline.read(root, 'b.json')).toThrowError(
      expect.objectContaining({
        code: 'BASELINE_INVALID',
        args: { path: 'b.json', problem },
      }) as Error,
    );
  });

  it('refuses a file that is not there', () => {
    expect(() => Baseline.read('/', 'no/such.json')).toThrowError('BASELINE_INVALID');
  });
});
