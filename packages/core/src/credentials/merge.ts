import type { KeyPart, KeyPlace } from './place.ts';

/** A place and the words by which it belongs to others of its block. */
export interface StemmedPlace {
  readonly place: KeyPlace;
  readonly stem: string;
}

/**
 * Puts the halves of each key of a block together: places of one stem (`STAGING_AWS_...`) are one
 * key; so are an id alone and a secret alone, whatever they are called.
 */
export function keysOf(places: readonly StemmedPlace[]): KeyPlace[][] {
  const groups = new Map<string, KeyPlace[]>();
  for (const { place, stem } of places) groups.set(stem, [...(groups.get(stem) ?? []), place]);
  return joinHalves([...groups.values()]);
}

function joinHalves(groups: KeyPlace[][]): KeyPlace[][] {
  const only = (part: KeyPart): KeyPlace[][] =>
    groups.filter((group) => group.every((place) => place.part === part));
  const [ids, secrets, tokens] = [only('id'), only('secret'), only('token')];
  const [id] = ids;
  const [secret] = secrets;
  if (!id || !secret || ids.length !== 1 || secrets.length !== 1) return groups;
  const together = [id, secret, ...(tokens.length === 1 ? tokens : [])];
  const rest = groups.filter((group) => !together.includes(group));
  return [together.flat().toSorted((a, b) => a.range.start - b.range.start), ...rest];
}
