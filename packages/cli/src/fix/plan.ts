import { basename, join } from 'node:path';

import { readTarget, scriptEngine, type FileWrite, type Target } from '@sallyport/adapters';
import { fixRepository, noConfig, type FixResult } from '@sallyport/core';

import { limitOf, type ConfigReader } from '../audit/config-file.ts';

/** How fixes are planned. */
export interface PlanOptions {
  readonly cwd: string;
  readonly config: ConfigReader;
  readonly unsafe: boolean;
  /** Rule ids; all when empty. */
  readonly rules: readonly string[];
  readonly maxFileSize?: number;
}

/** What would be done to one repository or file. */
export interface Plan {
  readonly name: string;
  readonly result: FixResult;
  /** The folder that must not be left, and the writes relative to it; none for standard input. */
  readonly root?: string;
  readonly writes: readonly FileWrite[];
}

/** Plans the fixes of one target; nothing is written. */
export async function planFixes(target: Target, options: PlanOptions): Promise<Plan> {
  const config = await options.config.of(target);
  const { input } = readTarget(target, {
    cwd: options.cwd,
    maxFileSize: limitOf(options.maxFileSize, config),
  });
  const result = fixRepository(input, {
    engine: await scriptEngine(),
    config: config?.audit ?? noConfig,
    unsafe: options.unsafe,
    ...(options.rules.length > 0 ? { only: options.rules } : {}),
  });
  const root = target.kind === 'repository' ? target.root : target.path && join(target.path, '..');
  const inside = (path: string): string => {
    if (target.kind === 'file') return basename(target.path ?? path);
    return path.startsWith(target.prefix) ? path.slice(target.prefix.length) : path;
  };
  const writes = result.files.map(({ path, before, after }) => ({
    path: inside(path),
    before: bytesOf(before.text, before.bom),
    bytes: bytesOf(after, before.bom),
  }));
  return { name: target.name, result, writes, ...(root === undefined ? {} : { root }) };
}

function bytesOf(text: string, bom: boolean): Buffer {
  return Buffer.from(bom ? `\ufeff${text}` : text, 'utf8');
}
