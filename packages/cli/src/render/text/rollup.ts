import type { Rollup } from '@sallyport/core';

import type { Style } from '../../terminal/color.ts';
import { printable } from '../../terminal/safe.ts';
import { displayWidth, padEnd } from '../../terminal/width.ts';
import { rollupTable, rollupVerdict } from '../rollup.ts';

/** The roll-up as columns, the verdict under it. */
export function renderRollup(rollup: Rollup, style: Style): string {
  const { head, rows, numbers, rest } = rollupTable(rollup);
  const cells = rows.map((row) => row.map(printable));
  const widths = head.map((name, column) =>
    Math.max(displayWidth(name), ...cells.map((row) => displayWidth(row[column] ?? ''))),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        numbers.includes(column)
          ? padStart(cell, widths[column] ?? 0)
          : padEnd(cell, widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const table = rows.length > 0 ? [style('strong', line(head)), ...cells.map(line)] : [];
  return [...table, ...(rest === '' ? [] : [rest]), rollupVerdict(rollup), ''].join('\n');
}

function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}
