import {
  lazyGitFacts,
  readPolicyFiles,
  readTarget,
  type PolicyFiles,
  type SearchNote,
  type Target,
} from '@sallyport/adapters';
import {
  Repository,
  type RepositoryPolicies,
  type GitFacts,
  type RepositoryInput,
} from '@sallyport/core';

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
  /** Whether files of policies are read too. */
  readonly policies?: boolean;
}

/** A target that is read and parsed. */
export interface Prepared {
  readonly target: Target;
  readonly config: LoadedConfig | undefined;
  readonly input: RepositoryInput;
  readonly repository: Repository;
  /** Absent where they were not asked for, or there are none. */
  readonly policies?: RepositoryPolicies;
  readonly notes: readonly ReportNote[];
  /** Why git said nothing, if it was asked. */
  readonly gitProblem: () => string | undefined;
}

/** Reads and parses a target. */
export async function prepare(target: Target, options: PrepareOptions): Promise<Prepared> {
  const config = await options.config.of(target);
  const maxFileSize = limitOf(options.maxFileSize, config);
  const reading = { cwd: options.cwd, maxFileSize };
  const read = readTarget(target, reading);
  const found = options.policies ? readPolicyFiles(target, read, reading) : undefined;
  const input = found?.input ?? read.input;
  const named = { ...input, ...(config?.name === undefined ? {} : { name: config.name }) };
  let gitProblem: string | undefined;
  if (options.git && target.kind === 'repository') {
    defineGit(
      named,
      lazyGitFacts(target.root, (reason) => (gitProblem = reason)),
    );
  }
  const policies = found && (await examined(found));
  const notes = [...read.notes, ...(found?.notes ?? [])];
  return {
    target,
    config,
    input: named,
    repository: new Repository(named),
    ...(policies ? { policies } : {}),
    notes: distinct(notes).map((note) => ({ about: 'search', ...note })),
    gitProblem: () => gitProblem,
  };
}

/** Most repositories hold no such file, and load none of this. */
async function examined(found: PolicyFiles): Promise<RepositoryPolicies | undefined> {
  if (found.policies.length + found.unreadable.length === 0) return undefined;
  const { examine } = await import('./policies.ts');
  return examine(found);
}

/** A folder that could not be searched for actions cannot be searched for policies either. */
function distinct(notes: readonly SearchNote[]): readonly SearchNote[] {
  return [...new Map(notes.map((note) => [`${note.path}\n${note.reason}`, note])).values()];
}

/** Git is asked when a rule looks at its facts, and most repositories have no rule that does. */
function defineGit(input: RepositoryInput, facts: () => GitFacts | undefined): void {
  Object.defineProperty(input, 'git', { get: facts, enumerable: true });
}

/** How a target is called in the report. */
export function pathOf(target: Target): string {
  return target.kind === 'file' ? target.name : target.prefix.replace(/\/$/, '') || '.';
}
