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

/**
 * The value, in the first Allow statement that holds for a token, that lets it in: of the first of these
 * claims that the statement compares; the principal when it compares none of them.
 */
export function placeOf(
  examination: Examination,
  witness: Witness,
  claims: readonly string[],
): FlawPlace {
  const holding = examination.holding(witness);
  if (!holding) return { range: examination.policy.policy.range };
  const { named, policy } = examination;
  const variables = policy.policy.version === '2012-10-17';
  for (const claim of claims) {
    const value = named.values.find(
      (one) =>
        one.statement === holding &&
        one.claim === claim &&
        matchesValue(one, witness.claims.get(claim) ?? '', variables),
    );
    if (value) return placeOfValue(value);
  }
  return placeOfStatement(holding, claims);
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
