import { lettersOf } from '../language/automaton.ts';
import { listed, range } from '../language/characters.ts';
import { oneOf, repeat } from '../language/expression.ts';
import type { Letters } from '../language/letters.ts';
import type { Segment, Shape, Variable } from '../language/shape.ts';
import type { Phrase } from '../oidc/phrase.ts';

/** The field that holds the name of the session, which the caller chooses. */
export const sessionField = 'sts:RoleSessionName';

/**
 * Names of sessions: 2 to 64 letters of `[\w+=,.@-]`.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export const sessionNameLetters: Letters = lettersOf(
  repeat(oneOf(range('a', 'z'), range('A', 'Z'), range('0', '9'), listed('_+=,.@-')), 2, 64),
);

/** A shape of tokens with the name of the session beside the claims. */
export function withSession<Data>(shape: Shape<Data>, name: Phrase): Shape<Data> {
  const variables = name.flatMap((piece): Variable[] =>
    typeof piece === 'string' ? [] : [piece.of],
  );
  const segments = name.map((piece): Segment =>
    typeof piece === 'string'
      ? { kind: 'literal', text: piece }
      : { kind: 'variable', name: piece.of.name },
  );
  return {
    ...shape,
    variables: [...shape.variables, ...variables],
    fields: new Map([...shape.fields, [sessionField, segments]]),
  };
}
