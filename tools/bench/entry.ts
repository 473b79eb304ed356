// What the warm benchmarks call, bundled like the command line: all that `sallyport audit` does but
// finding, reading and printing.
import { scriptEngine } from '@sallyport/adapters';
import { auditRepository, Repository, sourceFile } from '@sallyport/core';

/** One file with its text, as the bench has read it. */
export interface BenchFile {
  readonly path: string;
  readonly text: string;
}

const engine = await scriptEngine();

/** One pass over all files on this thread, from text to findings; gives the number of findings. */
export function auditOnce(files: readonly BenchFile[]): Promise<number> {
  const repositories = new Map<string, BenchFile[]>();
  for (const file of files) {
    const root = file.path.split('/.github/')[0] ?? '';
    repositories.set(root, [...(repositories.get(root) ?? []), file]);
  }
  let findings = 0;
  for (const [root, members] of repositories) {
    const input = members.map((file) => sourceFile(file.path, file.text));
    findings += auditRepository(new Repository({ name: root, prefix: `${root}/`, files: input }), {
      engine,
    }).findings.length;
  }
  return Promise.resolve(findings);
}
