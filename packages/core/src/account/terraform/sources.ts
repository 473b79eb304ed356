import type { SourceFile } from '../../text/source.ts';
import type { ProblemList } from '../problem.ts';
import type { HclBody } from './body.ts';
import type { HclEngine } from './engine.ts';
import type { DocumentFile } from './scope.ts';

/** What all folders are read with. */
export interface TerraformSources {
  readonly engine: HclEngine;
  /** The bodies of the files of each folder, by its path; the path of the top is empty. */
  readonly folders: ReadonlyMap<string, readonly HclBody[]>;
  /** The problems of a file. */
  readonly problemsOf: (file: SourceFile) => ProblemList;
  /** JSON files that `file()` can name, by path. */
  readonly files: ReadonlyMap<string, DocumentFile>;
}
