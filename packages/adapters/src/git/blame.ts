import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { askGit } from './run.ts';
import { switchedOffFilters } from './status.ts';

/** Lines (from 1) by path inside the repository. */
export type WantedLines = ReadonlyMap<string, readonly number[]>;

/**
 * The ISO dates on which lines were last changed, under `path:line`, as core's `GitFacts.lineDates`
 * has them. Lines that are in no commit yet, and files that git does not know, are left out.
 */
export function lineDates(root: string, wanted: WantedLines): Map<string, string> {
  const dates = new Map<string, string>();
  if (wanted.size === 0 || !existsSync(join(root, '.git'))) return dates;
  const extra = switchedOffFilters(root);
  for (const [path, lines] of wanted) {
    if (lines.length === 0) continue;
    const ranges = [...new Set(lines)]
      .toSorted((a, b) => a - b)
      .flatMap((line) => ['-L', `${line},${line}`]);
    const blame = askGit(root, ['blame', '--porcelain', '--no-textconv', ...ranges, '--', path], {
      extra,
      timeout: 30_000,
    });
    if (blame.ok) readPorcelain(blame.output, (line, date) => dates.set(`${path}:${line}`, date));
  }
  return dates;
}

/** The porcelain format: a header per line, the commit's details only at its first line. */
function readPorcelain(output: string, found: (line: number, date: string) => void): void {
  const seconds = new Map<string, number>();
  let commit = '';
  let line = 0;
  for (const text of output.split('\n')) {
    const header = /^([0-9a-f]{40,64}) \d+ (\d+)/.exec(text);
    if (header) {
      commit = header[1] ?? '';
      line = Number(header[2]);
    } else if (text.startsWith('author-time '))
      seconds.set(commit, Number(text.slice('author-time '.length)));
    else if (text.startsWith('\t') && !/^0+$/.test(commit)) {
      const time = seconds.get(commit);
      if (time !== undefined) found(line, new Date(time * 1000).toISOString().slice(0, 10));
    }
  }
}
