import type { ShellAssignment, ShellScript, ShellVariableUse } from '../script/shell.ts';

/** Which variables the commands and assignments of a script read. */
export interface Reads {
  /** By the command's index. */
  byCommand(command: number): readonly ShellVariableUse[];
  byAssignment(assignment: ShellAssignment): ReadonlySet<string>;
}

const known = new WeakMap<ShellScript, Reads>();

/** The reads of a script, worked out once. */
export function readsOf(script: ShellScript): Reads {
  let reads = known.get(script);
  if (!reads) {
    reads = index(script);
    known.set(script, reads);
  }
  return reads;
}

function index(script: ShellScript): Reads {
  const commands = new Map<number, ShellVariableUse[]>();
  for (const use of script.variables) {
    if (use.command === undefined) continue;
    const uses = commands.get(use.command);
    if (uses) uses.push(use);
    else commands.set(use.command, [use]);
  }
  const assignments = new Map(
    script.assignments.map((one) => [one, new Set(usesWithin(script.variables, one))] as const),
  );
  return {
    byCommand: (command) => commands.get(command) ?? [],
    byAssignment: (assignment) => assignments.get(assignment) ?? none,
  };
}

const none: ReadonlySet<string> = new Set();

/** ATTACKER: scripts are long; the uses are in order, so that a range is found by halving. */
function usesWithin(
  uses: readonly ShellVariableUse[],
  range: { start: number; end: number },
): string[] {
  let low = 0;
  let high = uses.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((uses[middle]?.start ?? 0) < range.start) low = middle + 1;
    else high = middle;
  }
  const names: string[] = [];
  for (let at = low; at < uses.length; at += 1) {
    const use = uses[at];
    if (!use || use.start >= range.end) break;
    if (use.end <= range.end) names.push(use.name);
  }
  return names;
}
