import { describe, expect, it } from 'vitest';

import type { ReportedFinding } from '../audit/report.ts';
import { markdownRenderer } from './markdown.ts';
import type { RunReport } from './renderer.ts';

function finding(line: number): ReportedFinding {
  return {
    rule: 'static-aws-credentials',
    severity: 'high',
    confidence: 'high',
    message: `a key ${'|'.repeat(100)}`,
    help: 'take it away',
    helpUri: 'https://example.com',
    locations: [
      {
        file: 'a.yml',
        startLine: line,
        startColumn: 1,
        endLine: line,
        endColumn: 2,
        role: 'primary',
        label: 'here',
      },
    ],
    data: {},
  };
}

function reportOf(count: number): RunReport {
  const counts = { workflows: 1, actions: 0, jobs: 1, steps: 1, policies: 0, roles: 0 };
  return {
    repositories: [
      {
        name: 'shop',
        path: '.',
        lone: false,
        findings: Array.from({ length: count }, (_, index) => finding(index + 1)),
        suppressed: [],
        known: [],
        examined: [],
        invalid: [],
        notes: [{ about: 'git', reason: 'no <git>' }],
        counts,
        rulesOff: [],
      },
    ],
    summary: {
      findings: { high: count, medium: 0, low: 0, info: 0 },
      suppressed: 0,
      known: 0,
      invalid: 0,
      undecided: 0,
      counts,
      repositories: 1,
      rulesOff: [],
      failOn: 'medium',
      exitCode: 1,
    },
    notes: [],
    paths: [],
  };
}

const render = (count: number): string => markdownRenderer().end(reportOf(count));
const occurrences = (text: string, part: string): number => text.split(part).length - 1;

describe('markdownRenderer', () => {
  it('has all of a small report', () => {
    const text = render(60);
    expect(text).toContain('10 more are in the details below.');
    expect(text).toContain('git: no &lt;git&gt;');
    expect(occurrences(text, '**high**')).toBe(60);
    expect(text.includes('are cut')).toBe(false);
  });

  it('fits a job summary, closes what it opened, and says what is cut', () => {
    const text = render(5000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
    expect(Buffer.byteLength(text)).toBeGreaterThan(1_000_000);
    expect(text.slice(-200)).toMatch(
      /\n\d+ more entries are cut: GitHub shows 1 MiB; the JSON format has all\.\n$/,
    );
    expect(occurrences(text, '<details>')).toBe(occurrences(text, '</details>'));
  });
});
