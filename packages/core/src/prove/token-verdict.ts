import type { Formula } from '../language/formula.ts';
import { decide, findWord, type Decision, type SearchOptions } from '../language/search.ts';
import type { Word } from '../language/shape.ts';
import type { ClaimName, Claims } from '../oidc/claims.ts';
import { describeFormat, type SubjectFormat } from '../oidc/format.ts';
import { tokensOf, type KnownRepository } from '../oidc/run-tokens.ts';
import type { TokenData, TokenSet, TokenShape, UnmadeToken } from '../oidc/token-data.ts';
import { all, equals, not } from '../trust/formula.ts';
import { sessionField, withSession } from '../trust/session.ts';
import type { CaseVerdict, FormatVerdict, Reason, TokenExample } from './proof.ts';
import type { RunTokens } from './run-tokens.ts';

/** The tokens of a case, the door they come to, and how subjects may be written. */
export interface TokenQuestion {
  readonly tokens: RunTokens;
  /** What the door accepts. */
  readonly formula: Formula;
  /** Whether every format counts, instead of the one that nobody knows. */
  readonly everyFormat?: boolean;
  /** Only tokens for which this holds are asked about. */
  readonly within?: Formula;
  readonly budget?: number;
}

/** What becomes of the tokens of a case. */
export interface TokenVerdict {
  readonly verdict: CaseVerdict;
  readonly reasons: readonly Reason[];
  readonly accepted?: Word<TokenData>;
  readonly refused?: Word<TokenData>;
  readonly formats: readonly FormatVerdict[];
}

/**
 * Whether the door accepts all tokens of a case, none or some. What nobody told (the subject's format,
 * an id, what GitHub does not document) is not what a run decides: where it matters, the answer is
 * `undecided`.
 */
export function verdictOfTokens(question: TokenQuestion): TokenVerdict {
  const answers = [...question.tokens.sets].map(([format, set]) => ({
    format,
    answer: answerFor(question, format, set),
  }));
  const formats = answers.map(({ format, answer }) => ({ format, verdict: answer.verdict }));
  const [first] = answers;
  if (!first) return { verdict: 'undecided', reasons: [], formats };
  const accepted = answers.find(({ answer }) => answer.accepted)?.answer.accepted;
  const refused = answers.find(({ answer }) => answer.refused)?.answer.refused;
  const words = { ...(accepted ? { accepted } : {}), ...(refused ? { refused } : {}) };
  if (answers.every(({ answer }) => answer.verdict === first.answer.verdict))
    return {
      verdict: first.answer.verdict,
      reasons: distinct(answers.flatMap(({ answer }) => answer.reasons)),
      formats,
      ...words,
    };
  const message = `the answer depends on how the repository's subjects are written: ${formats
    .map(({ format, verdict }) => `${describeFormat(format)}: ${verdict}`)
    .join(', ')}`;
  const worst = worstOf(formats.map(({ verdict }) => verdict));
  const reason: Reason = {
    code: 'subject-format',
    message,
    ...(question.everyFormat
      ? {}
      : {
          help: 'say it with --subject-format or subject: in the configuration, or ask with --github',
        }),
  };
  return {
    verdict: question.everyFormat ? worst : 'undecided',
    reasons: [reason, ...distinct(answers.flatMap(({ answer }) => answer.reasons))],
    formats,
    ...words,
  };
}

/** With `--subject-format both` a state that breaks counts, although the other does not. */
function worstOf(verdicts: readonly CaseVerdict[]): CaseVerdict {
  const order: readonly CaseVerdict[] = ['denied', 'sometimes', 'undecided', 'allowed'];
  return order.find((one) => verdicts.includes(one)) ?? 'undecided';
}

type Answer = Omit<TokenVerdict, 'formats'>;

/** One format: what its tokens get, and what becomes of runs for which GitHub makes none. */
function answerFor(
  question: TokenQuestion,
  format: SubjectFormat,
  { shapes, unmade }: TokenSet,
): Answer {
  const answer = answerOfShapes(question, format, shapes, unmade);
  // INVARIANT: a run without a token gets no role, whatever the others get.
  if (unmade.length === 0 || answer.verdict === 'denied') return answer;
  const certain = unmade.every(({ kind }) => kind === 'refused');
  return {
    ...answer,
    verdict: certain && answer.verdict !== 'undecided' ? 'sometimes' : 'undecided',
  };
}

/** GitHub's documented tokens together, each undocumented candidate by itself. */
function answerOfShapes(
  question: TokenQuestion,
  format: SubjectFormat,
  shapes: readonly TokenShape[],
  unmade: readonly UnmadeToken[],
): Answer {
  const reasons = unmade.map((one): Reason => ({
    code: one.kind === 'refused' ? 'token-missing' : 'token-undecided',
    message: one.reason,
  }));
  const [refusal] = unmade;
  if (shapes.length === 0)
    return { verdict: refusal?.kind === 'refused' ? 'denied' : 'undecided', reasons };
  const groups = new Map<string, TokenShape[]>();
  for (const shape of shapes) {
    const { documented, context, ref } = shape.data;
    const key = documented ? 'documented' : `${context} ${ref}`;
    groups.set(key, [...(groups.get(key) ?? []), shape]);
  }
  const answers = [...groups.values()].map((group) => answerOfGroup(question, format, group));
  const [first] = answers;
  if (!first) return { verdict: 'undecided', reasons };
  const accepted = answers.find((one) => one.accepted)?.accepted;
  const refused = answers.find((one) => one.refused)?.refused;
  const words = { ...(accepted ? { accepted } : {}), ...(refused ? { refused } : {}) };
  if (answers.every(({ verdict }) => verdict === first.verdict))
    return { ...first, reasons: distinct([...reasons, ...answers.flatMap((one) => one.reasons)]) };
  const notes = distinctTexts([...groups.values()].flat().flatMap(({ data }) => data.notes)).join(
    '; ',
  );
  const message = `GitHub does not document the token of ${question.tokens.run.event}, and the possible ones get different answers${notes === '' ? '' : `: ${notes}`}`;
  return {
    verdict: 'undecided',
    reasons: [...reasons, { code: 'subject-undocumented', message }],
    ...words,
  };
}

const factNames = [
  'repository_owner_id',
  'repository_id',
  'repository_visibility',
  'enterprise',
  'enterprise_id',
] as const;

function answerOfGroup(
  question: TokenQuestion,
  format: SubjectFormat,
  shapes: readonly TokenShape[],
): Answer {
  const { formula, budget, within } = question;
  const options = budget === undefined ? {} : { budget };
  const decision = decideWithin(shapes, formula, within, options);
  if (decision.kind !== 'some') return answerOfDecision(decision);
  // Two tokens of one repository have the same facts: where they do not, the facts decided.
  const again = [decision.inside, decision.outside].map((word) =>
    decideWithin(withFacts(question, format, shapes, word), formula, within, options),
  );
  if (again.every(({ kind }) => kind === 'some'))
    return answerOfDecision({
      kind: 'some',
      inside: telling(question, shapes, formula) ?? decision.inside,
      outside: telling(question, shapes, not(formula)) ?? decision.outside,
    });
  const { inside, outside } = decision;
  const different = factNames.filter(
    (name) => inside.fields.get(name) !== outside.fields.get(name),
  );
  return {
    verdict: 'undecided',
    reasons: [
      {
        code: 'fact-unknown',
        message: `it depends on ${different.join(', ')} of the repository, which was not given`,
        help: 'set subject: owner-id and repository-id (and enterprise:) in the configuration, or ask with --github',
      },
    ],
    accepted: inside,
    refused: outside,
  };
}

/** As `decide`, of the words for which `within` holds. */
function decideWithin(
  shapes: readonly TokenShape[],
  formula: Formula,
  within: Formula | undefined,
  options: SearchOptions,
): Decision<TokenData> {
  if (!within) return decide(shapes, formula, options);
  const inside = findWord(shapes, all([within, formula]), options);
  const outside = findWord(shapes, all([within, not(formula)]), options);
  if (inside.kind === 'undecided' || outside.kind === 'undecided')
    return {
      kind: 'undecided',
      reason: [inside, outside].flatMap((one) => ('reason' in one ? [one.reason] : [])).join('; '),
      ...(inside.kind === 'found' ? { inside: inside.word } : {}),
      ...(outside.kind === 'found' ? { outside: outside.word } : {}),
    };
  if (inside.kind === 'empty')
    return outside.kind === 'empty'
      ? { kind: 'wordless' }
      : { kind: 'none', outside: outside.word };
  return outside.kind === 'empty'
    ? { kind: 'all', inside: inside.word }
    : { kind: 'some', inside: inside.word, outside: outside.word };
}

/** A token of a ref that people know, where one will do as well as the shortest. */
function telling(
  { tokens: { run }, budget, within }: TokenQuestion,
  shapes: readonly TokenShape[],
  formula: Formula,
): Word<TokenData> | undefined {
  const branches = [...new Set([run.defaultBranch ?? 'main', 'main'])];
  for (const ref of [...branches.map((name) => `refs/heads/${name}`), 'refs/tags/v1']) {
    const found = findWord(
      shapes,
      all([formula, equals('ref', ref), ...(within ? [within] : [])]),
      budget === undefined ? {} : { budget },
    );
    if (found.kind === 'found') return found.word;
  }
  return undefined;
}

/** The same tokens, of a repository with the facts of one of them. */
function withFacts(
  { tokens: { run, session } }: TokenQuestion,
  format: SubjectFormat,
  group: readonly TokenShape[],
  word: Word<TokenData>,
): readonly TokenShape[] {
  const fact = (name: ClaimName): string | undefined => word.fields.get(name);
  const visibility = fact('repository_visibility') as KnownRepository['visibility'];
  const repository: KnownRepository = {
    owner: run.repository.owner,
    name: run.repository.name,
    ownerId: fact('repository_owner_id'),
    id: fact('repository_id'),
    visibility,
    enterprise:
      fact('enterprise') === undefined
        ? 'none'
        : { slug: fact('enterprise'), id: fact('enterprise_id') },
  };
  const kinds = new Set(group.map(({ data }) => kindOf(data)));
  return tokensOf({ ...run, repository }, [format])
    .shapes.filter(({ data }) => kinds.has(kindOf(data)))
    .map((shape) => withSession(shape, session));
}

function kindOf({ documented, context, ref }: TokenData): string {
  return `${documented} ${context} ${ref}`;
}

function answerOfDecision(decision: Decision<TokenData>): Answer {
  switch (decision.kind) {
    case 'all':
      return { verdict: 'allowed', reasons: [], accepted: decision.inside };
    case 'none':
      return { verdict: 'denied', reasons: [], refused: decision.outside };
    case 'some':
      return {
        verdict: 'sometimes',
        reasons: [],
        accepted: decision.inside,
        refused: decision.outside,
      };
    case 'wordless':
      return {
        verdict: 'undecided',
        reasons: [{ code: 'token-undecided', message: 'no ref passes the filters of the trigger' }],
      };
    case 'undecided':
      return {
        verdict: 'undecided',
        reasons: [{ code: 'policy-open', message: decision.reason }],
        ...(decision.inside ? { accepted: decision.inside } : {}),
        ...(decision.outside ? { refused: decision.outside } : {}),
      };
    default:
      return decision satisfies never;
  }
}

/** A word as a token. */
export function exampleOf({ fields, shape }: Word<TokenData>): TokenExample {
  const { format, documented, notes } = shape.data;
  return { claims: claimsOf(fields), format, documented, notes };
}

/** The claims of a word: its fields without the name of the session. */
export function claimsOf(fields: ReadonlyMap<string, string>): Claims {
  return new Map(
    [...fields].filter((field): field is [ClaimName, string] => field[0] !== sessionField),
  );
}

function distinct(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map((one) => [`${one.code} ${one.message}`, one])).values()];
}

function distinctTexts(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
