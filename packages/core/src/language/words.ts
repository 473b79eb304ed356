import { difference, lettersOf } from './automaton.ts';
import { anyCharacter } from './characters.ts';
import { anyText, choice, literally, oneOf, sequence } from './expression.ts';
import type { Glob } from './glob.ts';
import type { Letters } from './letters.ts';

/** Just these texts; with `ignoreCase` in any case of their letters. */
export function exactly(
  texts: readonly string[],
  options: { readonly ignoreCase?: boolean } = {},
): Letters {
  return lettersOf(choice(...texts.map((text) => literally(text, options))));
}

/** What is in the set but for these texts; with `ignoreCase` in any case of their letters. */
export function except(
  letters: Letters,
  texts: readonly string[],
  options: { readonly ignoreCase?: boolean } = {},
): Letters {
  return difference(letters, exactly(texts, options));
}

/**
 * What matches a glob. Throws `TooManyStates` for one like `*a?????????????????`, whose deterministic
 * automaton is exponential: as a condition of a formula such a glob does no harm.
 */
export function globLetters(glob: Glob): Letters {
  const { ignoreCase } = glob;
  return lettersOf(
    sequence(
      ...glob.parts.map((part) => {
        if (part.kind === 'any') return anyText;
        return part.kind === 'one' ? oneOf(anyCharacter) : literally(part.text, { ignoreCase });
      }),
    ),
  );
}
