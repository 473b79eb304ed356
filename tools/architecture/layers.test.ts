import { describe, expect, it } from 'vitest';

import layers from './layers.json' with { type: 'json' };
import { read, readSources, resolveImport } from './sources.ts';
import type { SourceFile } from './sources.ts';

const sources = readSources();
const shipped = sources.filter((file) => !file.test);
const packageRows: Record<string, string[]> = layers.packages;
const coreRows: Record<string, string[]> = layers.core;

const isRelative = (specifier: string): boolean => specifier.startsWith('.');
const isOurs = (specifier: string): boolean => /^(@sallyport\/|sallyport$)/.test(specifier);

/** `@sallyport/core` and `sallyport` as the folder under packages. */
function folderOf(specifier: string): string {
  return specifier === 'sallyport' ? 'cli' : (specifier.split('/')[1] ?? '');
}

/** The npm package that a bare import names. */
function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

/** The folder of core (or the file at its top, without `.ts`) that a path lies in. */
function layerOf(path: string): string {
  return (path.split('/')[3] ?? '').replace(/\.ts$/, '');
}

/** Every wrong import as `file imports what`, so that a failing test names the place. */
function wrongImports(
  files: readonly SourceFile[],
  wrong: (specifier: string, file: SourceFile) => boolean,
): string[] {
  return files.flatMap((file) =>
    file.imports
      .filter((specifier) => wrong(specifier, file))
      .map((specifier) => `${file.path} imports ${specifier}`),
  );
}

function dependencies(folder: string, field: string): string[] {
  const manifest: unknown = JSON.parse(
    read(folder === '' ? 'package.json' : `${folder}/package.json`),
  );
  if (typeof manifest !== 'object' || manifest === null) return [];
  const value: unknown = Reflect.get(manifest, field);
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

describe('packages', () => {
  it('reads the sources at all', () => {
    expect(shipped.map((file) => file.path)).toContain('packages/core/src/index.ts');
    expect(wrongImports(shipped, () => true).length).toBeGreaterThan(3);
  });

  it('has a row in layers.json for each', () => {
    expect([...new Set(sources.map((file) => file.package))].toSorted()).toEqual(
      Object.keys(packageRows).toSorted(),
    );
  });

  it('calls only the packages of its row', () => {
    const wrong = wrongImports(
      sources,
      (specifier, file) =>
        isOurs(specifier) && !packageRows[file.package]?.includes(folderOf(specifier)),
    );
    expect(wrong).toEqual([]);
  });

  it('never reaches into another package by a path', () => {
    const wrong = wrongImports(
      sources,
      (specifier, file) =>
        isRelative(specifier) &&
        !resolveImport(file.path, specifier).startsWith(`packages/${file.package}/`),
    );
    // The tests of tools are not among the sources; corpus files are read, never imported.
    expect(wrong).toEqual([]);
  });

  it('declares what it imports', () => {
    const wrong = wrongImports(sources, (specifier, file) => {
      if (isRelative(specifier) || specifier.startsWith('node:')) return false;
      const folder = `packages/${file.package}`;
      const declared = [
        ...dependencies(folder, 'dependencies'),
        ...dependencies(folder, 'peerDependencies'),
        // What cli uses is bundled, so all of it is a devDependency.
        ...(file.test || file.package === 'cli' ? dependencies(folder, 'devDependencies') : []),
        ...(file.test ? dependencies('', 'devDependencies') : []),
      ];
      return !declared.includes(packageOf(specifier));
    });
    expect(wrong).toEqual([]);
  });

  it('publishes a command line that installs alone', () => {
    for (const field of ['dependencies', 'optionalDependencies', 'peerDependencies']) {
      expect(dependencies('packages/cli', field), field).toEqual([]);
    }
  });
});

describe('core', () => {
  const core = shipped.filter((file) => file.package === 'core');

  it('knows no Node', () => {
    const builtin =
      /^(node:|(assert|buffer|child_process|crypto|fs|http|https|module|net|os|path|process|stream|tls|url|util|worker_threads|zlib)(\/|$))/;
    expect(wrongImports(core, (specifier) => builtin.test(specifier))).toEqual([]);
  });

  it('is compiled without the types of Node and of the DOM', () => {
    expect(read('packages/core/tsconfig.src.json')).toMatch(/"types": \[\],/);
    expect(read('packages/core/tsconfig.src.json')).not.toMatch(/"lib":/);
    expect(read('tsconfig.base.json')).toMatch(/"lib": \["es2023"\]/);
    const references = core.filter((file) =>
      file.comments.some((comment) => /^\/\s*<reference\s+(lib|types)/.test(comment)),
    );
    expect(references.map((file) => file.path)).toEqual([]);
  });

  it('has a row in layers.json for each folder', () => {
    const folders = core.map((file) => layerOf(file.path)).filter((layer) => layer !== 'index');
    const known = [...Object.keys(coreRows), 'globals.d'];
    expect([...new Set(folders)].filter((folder) => !known.includes(folder))).toEqual([]);
  });

  it('lets each folder call only the folders of its row', () => {
    const wrong = wrongImports(core, (specifier, file) => {
      if (!isRelative(specifier)) return false;
      const from = layerOf(file.path);
      const to = layerOf(resolveImport(file.path, specifier));
      return from !== 'index' && from !== to && !coreRows[from]?.includes(to);
    });
    expect(wrong).toEqual([]);
  });

  it('has rows that name only layers above which they stand', () => {
    const order = Object.keys(coreRows);
    for (const [layer, below] of Object.entries(coreRows)) {
      const wrong = below.filter(
        (name) => order.indexOf(name) >= order.indexOf(layer) || !order.includes(name),
      );
      expect(wrong, layer).toEqual([]);
    }
  });
});

describe('files', () => {
  const handWritten = shipped.filter((file) => !file.path.includes('.generated.'));

  it('stay within 400 lines', () => {
    const long = handWritten.filter((file) => file.lines > 400);
    expect(long.map((file) => `${file.path}: ${file.lines}`)).toEqual([]);
  });

  it('have names that say what they hold', () => {
    const bag = /\/(utils?|helpers?|types|common|misc|shared)(\/|\.ts$)/;
    expect(sources.map((file) => file.path).filter((path) => bag.test(path))).toEqual([]);
  });

  it('are written in kebab-case', () => {
    const odd = shipped.filter(
      (file) => !/^[a-z0-9-]+(\.[a-z-]+)*$/.test(file.path.split('/').at(-1) ?? ''),
    );
    expect(odd.map((file) => file.path)).toEqual([]);
  });
});
