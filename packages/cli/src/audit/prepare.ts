import { lazyGitFacts, readTarget, type Target } from '@sallyport/adapters';
import { Repository, type GitFacts, type RepositoryInput } from '@sallyport/core';

import { limitOf, type ConfigReader } from './config-file.ts';
import type { LoadedConfig, ReportNote } from './report.ts';

/** How a target is read. */
export interface PrepareOptions {
  readonly cwd: string;
  readonly config: ConfigReader;
  /** In bytes; before what a configuration file says. */
  readonly maxFileSize?: number;
  /** Whether git may be asked. */
  readonly git: boolean;
}

/** A target that is read and parsed. */
export interface Prepared {
  readonly target: Target;
  readonly config: LoadedConfig | undefined;
  readonly input: RepositoryInput;
  readonly repository: Repository;
  readonly notes: readonly ReportNote[];
  /** Why git said nothing, if it was asked. */
  readonly gitProblem: () => string | undefined;
}

/** Reads and parses a target. */
export async function prepare(target: Target, options: PrepareOptions): Promise<Prepared> {
  const config = await options.config.of(target);
  const maxFileSize = limitOf(options.maxFileSize, config);
  const { input, notes } = readTarget(target, { cwd: options.cwd, maxFileSize });
  const named = { ...input, ...(config?.name === undefined ? {} : { name: config.name }) };
  let gitProblem: string | undefined;
  if (options.git && target.kind === 'repository') {
    defineGit(
      named,
      lazyGitFacts(target.root, (reason) => (gitProblem = reason)),
    );
  }
  return {
    target,
    config,
    input: named,
    repository: new Repository(named),
    notes: notes.map((note) => ({ about: 'search', ...note })),
    gitProblem: () => gitProblem,
  };
}

/** Git is asked when a rule looks at its facts, and most repositories have no rule that does. */
function defineGit(input: RepositoryInput, facts: () => GitFacts | undefined): void {
  Object.defineProperty(input, 'git', { get: facts, enumerable: true });
}

/** How a target is called in the report. */
export function pathOf(target: Target): string {
  return target.kind === 'file' ? target.name : target.prefix.replace(/\/$/, '') || '.';
}
