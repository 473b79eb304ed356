import type { PolicySources } from '../account/read.ts';
import type { SourceFile } from '../text/source.ts';
import type { AuditNote } from './rule.ts';
import type { TrustPolicies } from './trust.ts';

const maxNotes = 50;

/** What of the policies in a repository could not be read or decided, place by place. */
export function policyNotes(sources: PolicySources | undefined, trust: TrustPolicies): AuditNote[] {
  if (!sources) return [];
  const reasons = [
    ...sources.unresolved.map(({ file, range, label, what }) => at(file, range, label, what)),
    ...sources.states.flatMap(({ roles }) => roles.flatMap(unresolvedTrust)),
    ...trust.examined.flatMap(({ role, file, report }) =>
      report.open.map(({ question, reason }) =>
        at(file, role.trust?.root.range ?? role.range, role.label, `${question}: ${reason}`),
      ),
    ),
  ];
  const distinct = [...new Set(reasons)];
  const left = distinct.length - maxNotes;
  const shown = left > 0 ? distinct.slice(0, maxNotes) : distinct;
  if (left > 0) shown.push(`${left} more parts of policies were not decided`);
  return shown.map((reason) => ({ rule: 'policies', reason }));
}

/** What of a role's trust is not there to be read. */
function unresolvedTrust(role: PolicySources['states'][number]['roles'][number]): string[] {
  const { file, range, label, unresolved, trust } = role;
  // A role that stands elsewhere, of which only a policy is shown, is not this input's to trust.
  if (!trust && unresolved.includes('the trust policy is not shown')) return [];
  return unresolved
    .filter((what) => what.startsWith('the trust policy') && !what.includes('is not shown'))
    .map((what) => at(file, range, label, shortened(what)));
}

function at(file: SourceFile, range: { start: number }, label: string, what: string): string {
  return `${file.path}:${file.lines.position(range.start).line}: ${label}: ${what}`;
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
