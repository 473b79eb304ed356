import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { parseSync, Visitor } from 'rolldown/utils';

/** The top folder of the repository. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** One file of a package and what it imports. */
export interface SourceFile {
  /** Path from the top folder, with forward slashes. */
  readonly path: string;
  /** Folder name under `packages/`. */
  readonly package: string;
  /** Tests may import what they like from below and from Node. */
  readonly test: boolean;
  readonly lines: number;
  /** Everything after `from`, in `import()` and in `import type`, as written. */
  readonly imports: readonly string[];
  /** Text of the comments, for triple-slash references. */
  readonly comments: readonly string[];
}

/** All files below a folder, as paths from the top folder; built and installed ones left out. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isFile()) return [path];
    return entry.isDirectory() && !['dist', 'node_modules'].includes(entry.name)
      ? filesBelow(path)
      : [];
  });
}

/** Names of the folders and files directly below a folder; none when it does not exist. */
export function namesIn(folder: string): string[] {
  return existsSync(join(root, folder)) ? readdirSync(join(root, folder)).toSorted() : [];
}

/** Reads a file by its path from the top folder. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Reads every TypeScript and JavaScript file of every package. */
export function readSources(): SourceFile[] {
  return filesBelow('packages')
    .filter((path) => /\.([cm]?[jt]s)$/.test(path))
    .map((path) => readSource(path));
}

function readSource(path: string): SourceFile {
  const text = read(path);
  const { program, comments } = parseSync(path, text);
  const imports: string[] = [];
  const add = (source: { type: string; value?: unknown } | null): void => {
    if (typeof source?.value === 'string') imports.push(source.value);
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
  }).visit(program);
  return {
    path,
    package: path.split('/')[1] ?? '',
    test: path.endsWith('.test.ts') || /^packages\/[^/]+\/test\//.test(path),
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports,
    comments: comments.map((comment) => comment.value),
  };
}

/** Where a relative import leads, as a path from the top folder. */
export function resolveImport(from: string, specifier: string): string {
  return relative(root, join(root, from, '..', specifier))
    .split(sep)
    .join('/');
}
