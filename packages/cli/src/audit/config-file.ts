import { defaultMaxFileSize, readTextFile, type Target } from '@sallyport/adapters';
import { SallyportError } from '@sallyport/core';

import type { LoadedConfig } from './report.ts';

/** Reads configuration files, the one named on the command line only once. */
export class ConfigReader {
  readonly #cwd: string;
  readonly #given: string | undefined;
  readonly #several: boolean;
  /** What went wrong with files of single repositories while others are examined. */
  readonly errors: SallyportError[] = [];
  #loaded: Promise<LoadedConfig | undefined> | undefined;

  /** With `several` repositories a broken file of one is collected, else it ends the run. */
  constructor(cwd: string, given: string | undefined, several: boolean) {
    this.#cwd = cwd;
    this.#given = given;
    this.#several = several;
  }

  /**
   * The configuration that holds for a target; undefined when there is none.
   * @throws SallyportError `CONFIG_UNREADABLE`, `CONFIG_INVALID`
   */
  async of(target: Target): Promise<LoadedConfig | undefined> {
    if (this.#given !== undefined) return (this.#loaded ??= this.#read(this.#cwd, this.#given));
    if (target.kind === 'file') return undefined;
    try {
      return await this.#read(target.root, defaultPath, target.prefix + defaultPath);
    } catch (error) {
      if (!this.#several || !(error instanceof SallyportError)) throw error;
      this.errors.push(error);
      // INVARIANT: without its configuration a repository is examined by every rule, never by fewer.
      return undefined;
    }
  }

  async #read(root: string, path: string, shown: string = path): Promise<LoadedConfig | undefined> {
    const given = this.#given !== undefined;
    const file = readTextFile(root, path, { followAnywhere: given });
    if (file.kind === 'absent' && !given) return undefined;
    if (file.kind === 'absent')
      throw new SallyportError('CONFIG_UNREADABLE', { path: shown, problem: 'no such file' });
    if (file.kind === 'refused')
      throw new SallyportError('CONFIG_UNREADABLE', { path: shown, problem: file.problem });
    // The schema library is loaded only when there is something to check.
    const { parseConfig } = await import('./parse-config.ts');
    const { name, ...config } = parseConfig(file.text, shown);
    // One file for many repositories cannot name them all.
    return given || name === undefined ? config : { ...config, name };
  }
}

const defaultPath = '.github/sallyport.yml';

/** The size limit for a repository's files: the option, then the configuration, then 4 MB. */
export function limitOf(option: number | undefined, config: LoadedConfig | undefined): number {
  return option ?? config?.maxFileSize ?? defaultMaxFileSize;
}
