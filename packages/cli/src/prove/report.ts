import {
  describeFormat,
  type CaseProof,
  type CaseVerdict,
  type KnownRepository,
  type Proof,
  type SubjectFormat,
} from '@sallyport/core';

import type { InvalidFile, ReportNote } from '../audit/report.ts';

/** Everything that is printed of a proof. */
export interface ProveReport {
  readonly proof: Proof;
  readonly repository: KnownRepository;
  readonly formats: readonly SubjectFormat[];
  /** Whether `--subject-format both` asked for a migration. */
  readonly migration: boolean;
  readonly notes: readonly ReportNote[];
  /** Workflows and policies that could not be read in full. */
  readonly invalid: readonly InvalidFile[];
  readonly counts: Readonly<Record<CaseVerdict, number>>;
  readonly exitCode: number;
}

/** The cases of each verdict. */
export function countVerdicts(cases: readonly CaseProof[]): Record<CaseVerdict, number> {
  const counts: Record<CaseVerdict, number> = { allowed: 0, denied: 0, sometimes: 0, undecided: 0 };
  for (const { authentication } of cases) counts[authentication.verdict] += 1;
  return counts;
}

/**
 * 1 for a case that is refused or sometimes refused, else 4 when something is undecided, else 0
 * (docs/reference/exit-codes.md).
 */
export function exitCodeOf(
  counts: Readonly<Record<CaseVerdict, number>>,
  { truncated, unfollowed }: Pick<Proof, 'truncated' | 'unfollowed'>,
  broken: boolean,
): number {
  if (counts.denied + counts.sometimes > 0) return 1;
  const open = counts.undecided + truncated.length + unfollowed.length > 0;
  return open || broken ? 4 : 0;
}

/** How the subjects are written, in words. */
export function formatsText(formats: readonly SubjectFormat[]): string {
  return formats.map((one) => describeFormat(one)).join(' or ');
}

/** The event with what singles the case out: `push refs/heads/main`. */
export function triggerText({ case: { run } }: CaseProof): string {
  const every = run.refs.map((set) => {
    if (set.kind === 'exact') return set.value;
    if (set.kind === 'filter') return `${set.prefix}${set.patterns.join(', ')}`;
    return set.pieces.map((one) => (typeof one === 'string' ? one : '*')).join('');
  });
  // Any branch and any tag: nothing that singles the case out.
  const refs = every.every((ref) => /^refs\/(?:heads|tags)\/\*\*$/.test(ref)) ? [] : every;
  const shown =
    refs.length > 2 ? `${refs.slice(0, 2).join(' ')} +${refs.length - 2}` : refs.join(' ');
  const inputs = [...run.inputs].map(([name, value]) => `${name}=${value}`);
  return [run.event, ...inputs, shown].filter((one) => one !== '').join(' ');
}

/** The role as the case knows it. */
export function roleText({ case: { role } }: CaseProof): string {
  if (role.kind === 'known') return role.arn;
  return role.kind === 'unknown' ? `\${{ ${role.decidedBy} }}` : '-';
}
