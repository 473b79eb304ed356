import { asMap, asScalar, keyText, type YamlNode, type YamlPair } from '../text/node.ts';
import type { Problems } from './reader.ts';

/** Access levels of a GITHUB_TOKEN scope. */
export type Level = 'none' | 'read' | 'write';

/**
 * A `permissions:` block. `scopes` are the named ones; a scope that is not named is `none` once a
 * block is there. `read-all` and `write-all` are `everything`.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions
 */
export interface Permissions {
  readonly node: YamlNode;
  readonly pair: YamlPair;
  readonly everything?: 'read' | 'write';
  readonly scopes: ReadonlyMap<string, Scope>;
}

/** One named scope; `text` is what is written, known or not. */
interface Scope {
  readonly level: Level | undefined;
  readonly text: string;
  readonly pair: YamlPair;
}

/** Reads a `permissions:` entry; wrong shapes are problems and grant nothing. */
export function readPermissions(
  pair: YamlPair | undefined,
  problems: Problems,
): Permissions | undefined {
  if (!pair) return undefined;
  const scopes = new Map<string, Scope>();
  const map = asMap(pair.value);
  const scalar = asScalar(pair.value);
  if (scalar?.text === 'read-all' || scalar?.text === 'write-all') {
    const everything = scalar.text === 'read-all' ? 'read' : 'write';
    return { node: pair.value, pair, everything, scopes };
  }
  if (!map) {
    problems.wrongType(pair.value, 'permissions', 'a map of scopes, read-all or write-all');
    return { node: pair.value, pair, scopes };
  }
  for (const scope of map.pairs) {
    const name = keyText(scope);
    const text = asScalar(scope.value)?.text;
    if (name === undefined || text === undefined) {
      problems.wrongType(scope.value, 'a permission', 'read, write or none');
      continue;
    }
    scopes.set(name, { level: levelOf(text), text, pair: scope });
  }
  return { node: pair.value, pair, scopes };
}

/**
 * What a block grants for a scope. `id-token` has no read level, so `read-all` gives none of it and
 * `id-token: read` grants nothing.
 */
export function granted(permissions: Permissions, scope: string): Level {
  if (permissions.everything) {
    return scope === 'id-token' && permissions.everything === 'read'
      ? 'none'
      : permissions.everything;
  }
  const level = permissions.scopes.get(scope)?.level ?? 'none';
  return scope === 'id-token' && level === 'read' ? 'none' : level;
}

function levelOf(text: string): Level | undefined {
  return text === 'read' || text === 'write' || text === 'none' ? text : undefined;
}
