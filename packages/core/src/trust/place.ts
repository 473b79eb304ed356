import type { CompiledStatement } from '../iam/compile.ts';
import { compileText } from '../iam/text.ts';
import { matchGlob } from '../language/glob.ts';
import type { Range } from '../text/range.ts';
import type { Examination } from './examination.ts';
import type { Witness } from './flaw.ts';
import type { NamedValue } from './named.ts';

/** Where a policy lets a token in. */
export interface FlawPlace {
  readonly range: Range;
  readonly statement?: number;
  readonly written?: string;
}

/** The first place of several, and all of them. */
export interface FlawPlaces extends FlawPlace {
  readonly places: readonly FlawPlace[];
}

/**
 * The values that let a token in, in the order of the policy, in every Allow statement that holds for it:
 * of the first of these claims that the statement compares; the principal when it compares none of them.
 */
export function placesOf(
  examination: Examination,
  witness: Witness,
  claims: readonly string[],
): FlawPlaces {
  const places = examination
    .holding(witness)
    .flatMap((statement) => placesIn(statement, examination, witness, claims));
  const first = places[0] ?? { range: examination.policy.policy.range };
  return { ...first, places };
}

function placesIn(
  statement: CompiledStatement,
  { named, policy }: Examination,
  witness: Witness,
  claims: readonly string[],
): readonly FlawPlace[] {
  const variables = policy.policy.version === '2012-10-17';
  for (const claim of claims) {
    const presented = witness.claims.get(claim) ?? '';
    const values = named.values.filter(
      (one) =>
        one.statement === statement &&
        one.claim === claim &&
        matchesValue(one, presented, variables),
    );
    if (values.length > 0) return values.map(placeOfValue);
  }
  return [placeOfStatement(statement, claims)];
}

/** The value itself. */
export function placeOfValue({ value, text, statement }: NamedValue): FlawPlace {
  return { range: value.range, statement: statement.statement.index, written: text };
}

/** The first condition on one of the claims, else whom the statement trusts. */
function placeOfStatement(
  { statement, conditions }: CompiledStatement,
  claims: readonly string[],
): FlawPlace {
  const compared = claims.flatMap(
    (claim) => conditions.find(({ key }) => key?.endsWith(`:${claim}`)) ?? [],
  );
  const range = compared[0]?.condition.range ?? statement.principal?.range ?? statement.range;
  return { range, statement: statement.index };
}

function matchesValue(
  { value, wildcards, condition }: NamedValue,
  presented: string,
  variables: boolean,
): boolean {
  const ignoreCase = condition.condition.operator.base === 'StringEqualsIgnoreCase';
  const { fixed } = compileText(value.pieces, { variables, wildcards, ignoreCase });
  return fixed !== undefined && matchGlob(fixed, presented);
}
