import type { CommonOptions } from '../options.ts';

/** What `sallyport prove` can be told. */
export interface ProveCommandOptions extends CommonOptions {
  readonly iam: readonly string[];
  readonly repository?: string;
  readonly subjectFormat?: 'classic' | 'immutable' | 'both';
  readonly ref: readonly string[];
  readonly defaultBranch?: string;
  readonly var: readonly string[];
  readonly input: readonly string[];
  readonly secret: readonly string[];
  readonly assumeProvider: boolean;
  readonly strict: boolean;
  readonly github: boolean;
  readonly git: boolean;
  readonly explain?: string;
  readonly format: 'text' | 'json' | 'sarif' | 'markdown';
  readonly output?: string;
  readonly config?: string;
}
