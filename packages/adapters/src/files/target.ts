/** A repository to examine; the files of `only` are reported on, the others serve as context. */
export interface RepositoryTarget {
  readonly kind: 'repository';
  /** Absolute path of its top folder. */
  readonly root: string;
  /** The name of its folder. */
  readonly name: string;
  /** What stands before its paths in the report, empty or ending in `/`. */
  readonly prefix: string;
  /** Absolute paths that were asked for; the whole repository when absent. */
  readonly only?: ReadonlySet<string>;
  /** Contents that come from elsewhere (standard input), by absolute path. */
  readonly instead?: ReadonlyMap<string, Uint8Array>;
}

/** A single file outside any repository, or one on standard input. */
export interface FileTarget {
  readonly kind: 'file';
  readonly name: string;
  /** Absolute path; the folder of a file on standard input is unknown. */
  readonly path?: string;
  /** What standard input said. */
  readonly bytes?: Uint8Array;
}

/** One thing to examine. */
export type Target = RepositoryTarget | FileTarget;

/** What a search came upon and left out. */
export interface SearchNote {
  readonly path: string;
  readonly reason: string;
}

/** Everything that was asked for, in the order of the report. */
export interface Discovery {
  readonly targets: readonly Target[];
  /** Paths, as they were given, below which nothing to examine was found. */
  readonly empty: readonly EmptyPath[];
  readonly notes: readonly SearchNote[];
}

/** A path below which nothing to examine was found. */
export interface EmptyPath {
  readonly path: string;
  /** YAML files that lie there but at no place where GitHub would read them; the first few names. */
  readonly looseFiles: readonly string[];
}
