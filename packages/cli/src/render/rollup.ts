import type { FamilyRow, Rollup, RollupVerdict } from '@sallyport/core';

/** The roll-up as a table of plain text; how it looks is up to the format. */
export interface RollupTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Which columns hold numbers. */
  readonly numbers: readonly number[];
  /** What is not in the rows; may be empty. */
  readonly rest: string;
}

/** Rows of a table that is printed; the rest is in the JSON. */
const maxRows = 200;

/** One row per repository and family of workflows with something to do: a key, or no right to a token. */
export function rollupTable(rollup: Rollup): RollupTable {
  const families = rollup.repositories.flatMap(({ name, families: all }) =>
    all.map((row) => ({ name, row })),
  );
  const open = families.filter(({ row }) => isOpen(row));
  const done = families.filter(({ row }) => !isOpen(row) && row.modes.none < row.workflows).length;
  const several = rollup.repositories.length > 1;
  const columns = several ? head : head.slice(1);
  return {
    head: columns,
    rows: open.slice(0, maxRows).map(({ name, row }) => cellsOf(name, row).slice(several ? 0 : 1)),
    numbers: columns.flatMap((name, index) => (numeric.has(name) ? [index] : [])),
    rest:
      open.length > maxRows
        ? `${open.length - maxRows} more rows are in the JSON`
        : done > 0
          ? `${done} more families touch AWS without a long-lived key`
          : '',
  };
}

const head = [
  'repository',
  'family',
  'workflows',
  'keys',
  'keys+oidc',
  'oidc',
  'no id-token',
  'keys since',
  'secrets',
  'suggested roles',
];
const numeric: ReadonlySet<string> = new Set([
  'workflows',
  'keys',
  'keys+oidc',
  'oidc',
  'no id-token',
]);

function isOpen({ modes, permissionGaps }: FamilyRow): boolean {
  return modes.static + modes.mixed + permissionGaps > 0;
}

function cellsOf(name: string, row: FamilyRow): string[] {
  const { modes } = row;
  const counts = [
    row.workflows,
    modes.static,
    modes.mixed,
    modes.oidc,
    row.permissionGaps + row.permissionsToAdd,
  ];
  return [
    name,
    row.family,
    ...counts.map(String),
    row.keysSince ?? '-',
    listed(row.secrets),
    listed(row.suggestedRoles),
  ];
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return '-';
  return names.length > 2 ? `${names.slice(0, 2).join(' ')} +${names.length - 2}` : names.join(' ');
}

/** The plain answer to "secrets first, OIDC later". */
export function rollupVerdict({ modes, awsWorkflows, keysSince, verdict }: Rollup): string {
  const keys = modes.static + modes.mixed;
  const since = keysSince === undefined ? '' : `, the oldest since ${keysSince}`;
  const fact = `${keys} of ${awsWorkflows} workflows that touch AWS hold long-lived keys${since}; ${modes.oidc + modes.mixed} use OIDC.`;
  return `${fact} ${advice[verdict]}`;
}

const advice: Readonly<Record<RollupVerdict, string>> = {
  nothing: 'Nothing here touches AWS.',
  clean: 'No long-lived key is left: keep it so with --fail-on medium in CI.',
  finish:
    'OIDC works here already: move the rest now, every key that stays keeps the old risk open.',
  migrate:
    'Do not put keys into secrets first and OIDC later: the move costs the same now, and keys that work are never taken away. Start with sallyport fix --diff.',
};
