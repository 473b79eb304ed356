import type { Letters } from '../language/letters.ts';
import { filterLetters } from './grammar/filter.ts';
import { anyText, onlyRefNames } from './grammar/names.ts';
import { free, type Phrase } from './phrase.ts';

/** A string that is known, one of a set written as a filter pattern, or open; as `cases` has it. */
export type NameSet =
  | { readonly kind: 'exact'; readonly value: string }
  | { readonly kind: 'filter'; readonly prefix: string; readonly patterns: readonly string[] }
  | { readonly kind: 'template'; readonly pieces: readonly (string | { readonly open: string })[] };

/**
 * A set as a phrase: what a filter lets through and the gaps of a template are variables called
 * `name`, `name.1`, ... A string that is open as a whole is within `whole`, a gap in a string is any
 * text, the empty one too.
 */
export function namePhrase(set: NameSet, name: string, whole: Letters): Phrase {
  switch (set.kind) {
    case 'exact':
      return [set.value];
    case 'filter': {
      const isRef = /^refs\/(?:heads|tags)\/$/.test(set.prefix);
      const letters = filterLetters(set.patterns, isRef ? onlyRefNames : undefined);
      return [set.prefix, ...free({ name, letters })];
    }
    case 'template': {
      const [first, ...others] = set.pieces;
      if (typeof first === 'object' && others.length === 0) return free({ name, letters: whole });
      return set.pieces.map((piece, index) =>
        typeof piece === 'string'
          ? piece
          : { of: { name: index === 0 ? name : `${name}.${index}`, letters: anyText(0) } },
      );
    }
    default:
      return set satisfies never;
  }
}
