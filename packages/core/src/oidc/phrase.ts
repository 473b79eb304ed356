import type { Segment, Shape, Variable } from '../language/shape.ts';

/** A text with free parts; the same variable may stand in several. */
export type Phrase = readonly Piece[];

/** Fixed text, or a variable; `encode` writes `%3A` for its colons. */
type Piece = string | { readonly of: Variable; readonly encode?: 'colon' };

/** How an issuer writes a `:` inside a value of the subject. */
export type Colons = 'encoded' | 'raw';

/** A phrase that is one variable. */
export function free(of: Variable): Phrase {
  return [{ of }];
}

/**
 * A value as a subject holds it: each `:` is `%3A`, so that it cannot end before it ends.
 * Source: https://docs.github.com/actions/reference/security/oidc#example-subject-claims
 */
export function encoded(phrase: Phrase, colons: Colons): Phrase {
  if (colons === 'raw') return phrase;
  return phrase.map((piece) =>
    typeof piece === 'string' ? piece.replaceAll(':', '%3A') : { of: piece.of, encode: 'colon' },
  );
}

/** The text of a phrase without variables; undefined with one. */
export function textOf(phrase: Phrase): string | undefined {
  let text = '';
  for (const piece of phrase) {
    if (typeof piece !== 'string') return undefined;
    text += piece;
  }
  return text;
}

/** A shape whose fields are these phrases; `order` is the global order of variables, by name. */
export function shapeOf<Data>(
  data: Data,
  fields: ReadonlyMap<string, Phrase>,
  order: ReadonlyMap<string, number>,
): Shape<Data> {
  const found = new Map<string, Variable>();
  for (const phrase of fields.values())
    for (const piece of phrase) if (typeof piece !== 'string') found.set(piece.of.name, piece.of);
  const rank = (name: string): number => order.get(name) ?? order.size;
  return {
    data,
    variables: [...found.values()].toSorted((a, b) => rank(a.name) - rank(b.name)),
    fields: new Map([...fields].map(([name, phrase]) => [name, segmentsOf(phrase)])),
  };
}

function segmentsOf(phrase: Phrase): readonly Segment[] {
  return phrase.map((piece) =>
    typeof piece === 'string'
      ? { kind: 'literal', text: piece }
      : {
          kind: 'variable',
          name: piece.of.name,
          ...(piece.encode ? { encode: piece.encode } : {}),
        },
  );
}
