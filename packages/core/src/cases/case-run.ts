import type { Scope } from '../workflow/evaluate.ts';
import { cellsAt, type Axis, type Point } from './axis.ts';
import type { CaseRun, NameSet } from './case.ts';
import type { Entry } from './entry.ts';
import { joinCells, nameSetOf } from './name-cell.ts';

/** The run of a case: its event, refs and inputs at a point of an entry. */
export function runAt(
  workflow: CaseRun['at']['file'],
  entry: Entry,
  point: Point,
  condition: string,
  scope: Scope,
): { readonly run: CaseRun; readonly besides: readonly string[] } {
  const { refs, besides } = refsAt(entry, point);
  const types = new Set(refs.map((ref) => typeOf(ref)));
  const [type = 'unknown'] = types;
  const text = entry.filter?.node ?? entry.trigger.key;
  return {
    run: {
      event: entry.trigger.event,
      refs,
      refType: types.size === 1 ? type : 'unknown',
      inputs: inputsAt(entry, point),
      condition,
      scope,
      at: { file: workflow, range: { start: text.start, end: text.end } },
    },
    besides,
  };
}

function refsAt(entry: Entry, point: Point): { refs: NameSet[]; besides: string[] } {
  const { fixedRefs, ref } = entry;
  return fixedRefs ? { refs: [...fixedRefs], besides: [] } : sets(joinCells(cellsAt(ref, point)));
}

function sets(cells: ReturnType<typeof joinCells>): { refs: NameSet[]; besides: string[] } {
  const made = cells.map((cell) => nameSetOf(cell));
  return {
    refs: made.map((one) => one.names),
    besides: [...new Set(made.flatMap((one) => one.besides.map((words) => `the ref ${words}`)))],
  };
}

function typeOf(ref: NameSet): CaseRun['refType'] {
  const [piece] = ref.kind === 'template' ? ref.pieces : [];
  const first = typeof piece === 'string' ? piece : '';
  const start = ref.kind === 'exact' ? ref.value : ref.kind === 'filter' ? ref.prefix : first;
  if (start.startsWith('refs/tags/')) return 'tag';
  return /^refs\/(?:heads|pull)\//.test(start) ? 'branch' : 'unknown';
}

/** The inputs that have one value at a point, by their declared names. */
function inputsAt(entry: Entry, point: Point): Map<string, string> {
  const fixed = new Map<string, string>();
  for (const { declaration, axis } of entry.inputs.values()) {
    const value = soleValue(axis, point);
    if (value !== undefined) fixed.set(declaration.name, value);
  }
  return fixed;
}

function soleValue(axis: Axis, point: Point): string | undefined {
  const whole = axis.kind === 'options' ? axis.options : axis.cells;
  const [only, ...others] = point.get(axis.id) ?? whole;
  if (others.length > 0) return undefined;
  return typeof only === 'string' ? only : only?.exact;
}
