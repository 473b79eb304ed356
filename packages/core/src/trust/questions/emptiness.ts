import type { CompiledStatement } from '../../iam/compile.ts';
import { compileCondition } from '../../iam/conditions/condition.ts';
import { anyMode } from '../../iam/elements/principal.ts';
import { matchNamed } from '../../iam/layer.ts';
import { shownText } from '../../iam/parse/reader.ts';
import { stateOf } from '../../iam/request/context.ts';
import { trustRequest } from '../../iam/trust.ts';
import type { Formula } from '../../language/formula.ts';
import { parseSubject } from '../../oidc/parse-subject.ts';
import { templatesFor } from '../../oidc/templates.ts';
import { statementFormula } from '../acceptance.ts';
import { isWitness, type Examination } from '../examination.ts';
import type { Flaw } from '../flaw.ts';
import { all, any, not } from '../formula.ts';
import type { NamedValue } from '../named.ts';
import { placeOfValue } from '../place.ts';
import { isOpen } from '../subject-pattern.ts';
import { whyNever } from './never.ts';

const maxValues = 60;

/** What became of the statements that are about the provider's tokens. */
export interface Emptiness {
  /** Allow statements about the provider's tokens, whether one of them holds for any token or not. */
  readonly statements: readonly CompiledStatement[];
  /** Whether a token of GitHub's default subjects gets in, or nobody can say. */
  readonly alive: boolean;
}

/**
 * Whether anybody gets in at all, statement by statement and value by value, and what keeps them out. What
 * one statement loses, the whole policy may still let in.
 */
export function askEmptiness(examination: Examination): Emptiness {
  const statements = statementsFor(examination);
  const denied = deniedBy(examination);
  const living: CompiledStatement[] = [];
  for (const statement of statements) {
    const accepted = acceptedBy(statement, examination, denied);
    if (gets(examination, accepted)) living.push(statement);
    else explain(statement, examination, denied);
  }
  for (const statement of living) askValues(statement, examination, denied);
  return { statements, alive: living.length > 0 };
}

/** Allow statements whose principal and action are those of a token's exchange. */
function statementsFor({ policy, door }: Examination): CompiledStatement[] {
  const { provider, role } = door;
  const request = trustRequest({ provider, claims: new Map(), ...(role ? { role } : {}) });
  return policy.statements.filter(
    (one) =>
      one.statement.effect === 'Allow' &&
      anyMode(matchNamed(one, request)) !== false &&
      one.action?.matches(request.action, request.context) !== false,
  );
}

function deniedBy({ policy, door }: Examination): Formula {
  return any(
    policy.statements
      .filter(({ statement }) => statement.effect === 'Deny')
      .map((one) => statementFormula(one, policy, door)),
  );
}

function acceptedBy(
  statement: CompiledStatement,
  { policy, door }: Examination,
  denied: Formula,
): Formula {
  return all([statementFormula(statement, policy, door), not(denied)]);
}

/** Whether a token gets in, as far as one can say: an open question counts as yes, it is on record. */
function gets(examination: Examination, instead: Formula): boolean {
  const question = 'whether anybody gets in';
  return examination.ask({ question, formula: all([]), instead }) !== 'none';
}

/** Says why a statement holds for no token of the default subjects. */
function explain(statement: CompiledStatement, examination: Examination, denied: Formula): void {
  const unsupported = unsupportedKeys(statement, examination);
  examination.flaws.push(...unsupported);
  if (unsupported.length > 0) return;
  const literal = withWildcards(statement, examination);
  if (literal && gets(examination, acceptedBy(literal.statement, examination, denied))) {
    for (const value of literal.values)
      examination.flaws.push({
        class: 'literal-wildcard',
        severity: 'medium',
        about: value.condition.condition.operator.written,
        ...placeOfValue(value),
      });
    return;
  }
  const accepted = acceptedBy(statement, examination, denied);
  if (askTemplates(examination, accepted, statement, 'medium')) return;
  examination.flaws.push(whyNever(statement, examination, denied));
}

/** Conditions on keys that AWS does not have for such a call: they never hold. */
function unsupportedKeys(
  { conditions, statement }: CompiledStatement,
  { door }: Examination,
): Flaw[] {
  const { context } = trustRequest({ provider: door.provider, claims: new Map() });
  return conditions.flatMap((one): Flaw[] => {
    const { key, condition } = one;
    if (key === undefined || stateOf(context, key) !== 'unsupported') return [];
    if (one.evaluate(context) !== false) return [];
    return [
      {
        class: 'unsupported-key',
        severity: 'medium',
        about: shownText(condition.key.pieces),
        written: condition.operator.written,
        range: condition.key.range,
        statement: statement.index,
      },
    ];
  });
}

/** The statement with Like for Equals where values hold wildcards; undefined when there are none. */
function withWildcards(
  compiled: CompiledStatement,
  { named, policy }: Examination,
): { readonly statement: CompiledStatement; readonly values: readonly NamedValue[] } | undefined {
  const values = named.values.filter(
    ({ statement, wildcards, text }) => statement === compiled && !wildcards && isOpen(text),
  );
  if (values.length === 0) return undefined;
  const variables = policy.policy.version === '2012-10-17';
  const changed = new Set(values.map(({ condition }) => condition));
  const conditions = compiled.conditions.map((one) => {
    if (!changed.has(one)) return one;
    const { condition } = one;
    const operator = { ...condition.operator, base: 'StringLike' } as const;
    return compileCondition({ ...condition, operator }, variables);
  });
  return { statement: { ...compiled, conditions }, values };
}

/** Whether only a template of the repository's makes subjects that get in; a template of no more than `repo` is none that is meant. */
function askTemplates(
  examination: Examination,
  accepted: Formula,
  { statement, conditions }: CompiledStatement,
  severity: 'medium' | 'low',
  value?: NamedValue,
): boolean {
  const patterns = value?.claim === 'sub' ? [value.text] : examination.subjects;
  const templates = templatesFor(patterns).filter((keys) => keys.join() !== 'repo');
  if (templates.length === 0) return false;
  const witness = examination.ask({
    question: 'whether anybody gets in by a template for subjects',
    formula: all([]),
    instead: accepted,
    templates,
    kinds: ({ format }) => format.kind === 'custom',
  });
  if (witness === 'none') return false;
  if (!isWitness(witness)) return true;
  // A template that writes what the default writes is nobody's intention.
  const sub = witness.claims.get('sub') ?? '';
  if (['classic', 'immutable'].includes(parseSubject(sub).kind)) return false;
  const named =
    value ??
    examination.named.values.find(
      (one) => one.statement.statement === statement && one.claim === 'sub',
    );
  examination.flaws.push({
    class: 'custom-subject',
    severity,
    about: sub,
    witness,
    ...(named
      ? placeOfValue(named)
      : { range: conditions[0]?.condition.range ?? statement.range, statement: statement.index }),
  });
  return true;
}

/** Values beside others that no token ever matches: they let nobody in, though somebody meant them to. */
function askValues(compiled: CompiledStatement, examination: Examination, denied: Formula): void {
  const { named, policy } = examination;
  const listed = named.values.filter(
    ({ statement, condition }) => statement === compiled && condition.condition.values.length > 1,
  );
  const variables = policy.policy.version === '2012-10-17';
  if (listed.length > maxValues)
    examination.open.push({
      question: 'whether each value lets somebody in',
      reason: `a statement has ${listed.length} values, only the first ${maxValues} were asked about`,
    });
  for (const value of listed.slice(0, maxValues)) {
    const only = compileCondition(
      { ...value.condition.condition, values: [value.value] },
      variables,
    );
    const conditions = compiled.conditions.map((one) => (one === value.condition ? only : one));
    const statement = { ...compiled, conditions };
    const accepted = acceptedBy(statement, examination, denied);
    if (gets(examination, accepted)) continue;
    if (!value.wildcards && isOpen(value.text)) {
      const about = value.condition.condition.operator.written;
      examination.flaws.push({
        class: 'literal-wildcard',
        severity: 'low',
        about,
        ...placeOfValue(value),
      });
    } else if (!askTemplates(examination, accepted, compiled, 'low', value))
      examination.flaws.push({
        ...whyNever(statement, examination, denied),
        ...placeOfValue(value),
        severity: 'low',
      });
  }
}
