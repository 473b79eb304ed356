import { lineDates } from '@sallyport/adapters';
import {
  keyLines,
  rollUp,
  type RepositoryAudit,
  type RepositoryRow,
  type Rollup,
  type RollupVerdict,
} from '@sallyport/core';

/** The row of one repository; the model behind it can be forgotten afterwards. */
export function fleetRow(
  audit: RepositoryAudit,
  root: string | undefined,
): RepositoryRow | undefined {
  return rollUp([audit], root === undefined ? new Map() : datesOf(audit, root)).repositories[0];
}

/** Since when the keys have stood there, by the names that the report has for files. */
function datesOf(audit: RepositoryAudit, root: string): Map<string, string> {
  const { prefix } = audit.repository.input;
  const wanted = new Map<string, number[]>();
  for (const { path, line } of keyLines(audit)) {
    const inside = path.startsWith(prefix) ? path.slice(prefix.length) : path;
    wanted.set(inside, [...(wanted.get(inside) ?? []), line]);
  }
  return new Map([...lineDates(root, wanted)].map(([place, date]) => [prefix + place, date]));
}

/** The sums and the verdict over rows that were made one at a time. */
export function fleetOf(repositories: readonly RepositoryRow[]): Rollup {
  const workflows = repositories.flatMap((row) => row.workflows);
  const modes = { static: 0, mixed: 0, oidc: 0, other: 0, none: 0 };
  for (const { mode } of workflows) modes[mode] += 1;
  const [since] = workflows.flatMap((row) => row.keysSince ?? []).toSorted();
  return {
    repositories,
    modes,
    awsWorkflows: workflows.length - modes.none,
    ...(since === undefined ? {} : { keysSince: since }),
    verdict: verdictOf(modes),
  };
}

function verdictOf({ static: keys, mixed, oidc, other }: Rollup['modes']): RollupVerdict {
  if (keys + mixed === 0) return oidc + other === 0 ? 'nothing' : 'clean';
  return oidc + mixed > 0 ? 'finish' : 'migrate';
}

/** Few workflows are read at a glance; from here on a table helps. */
const worthATable = 4;

/** Whether a roll-up says more than the findings themselves. */
export function isFleet(rollup: Rollup): boolean {
  return rollup.repositories.length > 1 || rollup.awsWorkflows >= worthATable;
}
