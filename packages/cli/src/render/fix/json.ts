import { checklist, type AppliedFix, type FixResult, type SkippedFix } from '@sallyport/core';

import { redact } from '../../audit/redact.ts';
import { styleFor } from '../../terminal/color.ts';
import { version } from '../../version.ts';
import { unifiedDiff } from '../diff.ts';
import { safeJson, schemaVersion } from '../json.ts';
import type { FixReport } from './report.ts';

/** Everything, with the diffs. */
export function fixJson({ results, diff, exitCode }: FixReport): string {
  const sum = (of: (result: FixResult) => readonly unknown[]): number =>
    results.reduce((total, result) => total + of(result).length, 0);
  const style = styleFor(false, false);
  const json = {
    schemaVersion,
    tool: { name: 'sallyport', version },
    command: 'fix',
    summary: {
      written: !diff,
      files: sum(({ files }) => files),
      applied: sum(({ applied }) => applied),
      skipped: sum(({ skipped }) => skipped),
      findingsLeft: sum(({ after }) => after.findings),
      exitCode,
    },
    files: results.flatMap(({ files }) =>
      files.map(({ path, before, after }) => ({
        path,
        diff: unifiedDiff({ path, before: before.text, after }, { style, forPeople: false }),
      })),
    ),
    applied: results.flatMap(({ applied }) => applied.map(appliedJson)),
    skipped: results.flatMap(({ skipped }) => skipped.map(skippedJson)),
    todos: results.flatMap(({ todos }) => todos),
    checklist: results.flatMap((result) => checklist(result)),
  };
  return `${safeJson(json)}\n`;
}

function appliedJson({ finding, title, safe, reason }: AppliedFix): unknown {
  return {
    rule: finding.rule,
    location: finding.locations[0],
    title: redact(title),
    safe,
    ...(reason === undefined ? {} : { reason: redact(reason) }),
  };
}

function skippedJson({ finding, why, reason }: SkippedFix): unknown {
  return { rule: finding.rule, location: finding.locations[0], why, reason: redact(reason) };
}
