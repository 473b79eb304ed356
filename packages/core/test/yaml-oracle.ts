import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document } from 'yaml';

import { readDirectly } from '../src/text/direct/read.ts';
import { treeFromEvents } from '../src/text/from-events.ts';
import { coreValue, type YamlNode } from '../src/text/node.ts';
import type { YamlProblem } from '../src/text/problem.ts';
import { hasSharedCorpus, repositories } from './shared-corpus.ts';

/** The meaning of a tree: scalars by the core schema, mappings as lists of pairs. */
function meaning(node: YamlNode): unknown {
  if (node.kind === 'alias') return ['alias', node.name];
  if (node.kind === 'seq') return node.items.map(meaning);
  if (node.kind === 'scalar') return coreValue(node);
  return { pairs: node.pairs.map(({ key, value }) => [meaning(key), meaning(value)]) };
}

/** The same of a document of `yaml`. */
function documentMeaning(node: unknown): unknown {
  if (isAlias(node)) return ['alias', node.source];
  if (isSeq(node)) return node.items.map(documentMeaning);
  if (isMap(node))
    return { pairs: node.items.map((pair) => [pair.key, pair.value].map(documentMeaning)) };
  if (!isScalar(node)) return node ?? null;
  // Infinities and what is no number are text to us: no workflow has them.
  return typeof node.value === 'number' && !Number.isFinite(node.value) ? node.source : node.value;
}

function careful(text: string): Document {
  return parseDocument(text, { uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
}

/**
 * Reads a text with the direct reader and, when it takes it, with both complete parsers. Gives
 * whether it took it; throws an error that quotes the text when they see something else.
 */
export function agrees(text: string): boolean {
  const tree = readDirectly(text);
  if (!tree) return false;
  const fail = (what: string): never => {
    throw new Error(`${what} in ${JSON.stringify(text)}`);
  };
  const problems: YamlProblem[] = [];
  let events: YamlNode | undefined;
  try {
    events = treeFromEvents(text, problems).root;
  } catch (error) {
    fail(`js-yaml refuses (${String(error)})`);
  }
  if (problems.length > 0) fail(`a problem is missed (${problems[0]?.code})`);
  if (!isDeepStrictEqual(tree, events)) fail('another tree than from events');
  const document = careful(text);
  if (document.errors.length > 0) fail(`yaml refuses (${document.errors[0]?.message})`);
  if (!isDeepStrictEqual(meaning(tree), documentMeaning(document.contents))) {
    fail('another meaning than to yaml');
  }
  return true;
}

/** All YAML files of the project's own corpus and examples. */
export function ownTexts(): string[] {
  return ['corpus', 'examples'].flatMap((name) => {
    const folder = fileURLToPath(new URL(`../../../${name}`, import.meta.url));
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  });
}

/** Real workflows; none where the corpus is not beside the checkout. */
export function realTexts(): string[] {
  if (!hasSharedCorpus) return [];
  return repositories().flatMap(({ input }) => input.files.map((file) => file.text));
}
