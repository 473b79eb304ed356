import type { ReportNote } from '../audit/report.ts';

/** Notes as lines for stderr; what holds for many repositories is said once. */
export function noteLines(notes: readonly ReportNote[]): string[] {
  const groups = new Map<string, ReportNote[]>();
  for (const note of notes) {
    const key = `${note.about}\n${note.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), note]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    const paths = group.flatMap(({ path }) => (path === undefined || path === '.' ? [] : [path]));
    const where =
      paths.length > 2
        ? ` (${paths[0]} and ${paths.length - 1} more)`
        : paths.length > 0
          ? ` (${paths.join(', ')})`
          : '';
    const word = first?.undecided ? 'undecided' : 'note';
    return `${word}: ${first?.about ?? ''}${where}: ${first?.reason ?? ''}`;
  });
}
