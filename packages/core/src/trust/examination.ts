import type { CompiledPolicy, CompiledStatement } from '../iam/compile.ts';
import { evaluateTrust } from '../iam/trust.ts';
import { evaluateFormula } from '../language/evaluate.ts';
import type { Formula } from '../language/formula.ts';
import type { Issuer } from '../oidc/issuer.ts';
import { templatesFor } from '../oidc/templates.ts';
import type { TokenData } from '../oidc/token-data.ts';
import { acceptanceOf, statementFormula, type Door } from './acceptance.ts';
import type { Flaw, OpenQuestion, Witness } from './flaw.ts';
import { all } from './formula.ts';
import { namedOf, namedValues, type Named } from './named.ts';
import type { FlawPlace } from './place.ts';
import { sessionField } from './session.ts';
import { Universe } from './universe.ts';

/** A question to a policy: which of the tokens that it accepts are meant. */
export interface Asked {
  /** What is asked, for when there is no answer. */
  readonly question: string;
  readonly formula: Formula;
  readonly kinds?: (data: TokenData) => boolean;
  readonly templates?: readonly (readonly string[])[];
  /** Audiences that a token should have where it can. */
  readonly audiences?: readonly string[];
  /** What must hold instead of being accepted by the whole policy. */
  readonly instead?: Formula;
}

/** Who decides what a subject looks like. */
export type SubjectSource = 'default' | 'template';

/** A flaw with every place that lets its witness in. */
export interface PlacedFlaw extends Flaw {
  readonly places?: readonly FlawPlace[];
}

/** The answer: a token, none, or nobody knows (which is on record then). */
export type Answer = Witness | 'none' | 'open';

/** ATTACKER: after so many searches without an end, a policy is made to have none. */
const patience = 3;

/** One policy at one door while it is examined: the questions, their answers, what was found. */
export class Examination {
  readonly policy: CompiledPolicy;
  readonly door: Door;
  readonly acceptance: Formula;
  readonly named: Named;
  readonly flaws: PlacedFlaw[] = [];
  readonly open: OpenQuestion[] = [];
  readonly #universe: Universe;
  readonly #usual: readonly string[];
  #exhausted = 0;

  constructor(policy: CompiledPolicy, door: Door, issuer: Issuer, budget?: number) {
    this.policy = policy;
    this.door = door;
    this.acceptance = acceptanceOf(policy, door);
    this.named = namedOf(namedValues(policy, door.provider));
    this.#universe = new Universe(issuer, claimsOf(this.acceptance), budget);
    this.#usual = this.named.audiences.length > 0 ? this.named.audiences : ['sts.amazonaws.com'];
  }

  /** A token that the policy accepts and the formula holds for; checked again by plain evaluation. */
  ask({ question, formula, kinds, templates, audiences, instead }: Asked): Answer {
    if (this.#exhausted >= patience)
      return this.#leave(question, 'the searches before it needed more than their budget');
    const whole = all([instead ?? this.acceptance, formula]);
    const found = this.#universe.find(
      { formula: whole, ...(kinds ? { kinds } : {}), ...(templates ? { templates } : {}) },
      audiences ?? this.#usual,
    );
    if (found.kind === 'empty') return 'none';
    if (found.kind === 'undecided') {
      if (found.reason.includes('budget')) this.#exhausted += 1;
      return this.#leave(question, found.reason);
    }
    const { fields, shape } = found.word;
    const claims = new Map([...fields].filter(([name]) => name !== sessionField));
    const sessionName = fields.get(sessionField);
    const witness: Witness = {
      claims,
      notes: shape.data.notes,
      ...(sessionName === undefined ? {} : { sessionName }),
    };
    if (instead ? evaluateFormula(whole, fields) === 'holds' : this.#accepts(witness))
      return witness;
    // INVARIANT: what the search finds, the plain evaluator accepts; if not, nothing is claimed.
    return this.#leave(question, 'the search and the evaluator do not agree');
  }

  /**
   * The same for subjects as GitHub writes them by default, or by a template that a repository sets
   * itself. `fixed` tells patterns whose templates cannot make what is asked for.
   */
  askIn(format: SubjectSource, asked: Asked, fixed: (pattern: string) => boolean): Answer {
    if (format === 'default') return this.ask(asked);
    const templates = templatesFor(this.subjects.filter((pattern) => !fixed(pattern)));
    if (templates.length === 0) return 'none';
    const { kinds } = asked;
    return this.ask({
      ...asked,
      question: `${asked.question}, by a template of their own for subjects`,
      templates,
      kinds: (data) => data.format.kind === 'custom' && (kinds?.(data) ?? true),
    });
  }

  /** The patterns of subjects that let tokens in. */
  get subjects(): readonly string[] {
    return this.named.values.flatMap(({ claim, text }) => (claim === 'sub' ? [text] : []));
  }

  /** The Allow statements that hold for a token. */
  holding({ claims, sessionName }: Witness): readonly CompiledStatement[] {
    const fields = new Map(claims);
    if (sessionName !== undefined) fields.set(sessionField, sessionName);
    return this.policy.statements.filter(
      (one) =>
        one.statement.effect === 'Allow' &&
        evaluateFormula(statementFormula(one, this.policy, this.door), fields) === 'holds',
    );
  }

  #accepts({ claims, sessionName }: Witness): boolean {
    const { provider, role } = this.door;
    const { verdict } = evaluateTrust(this.policy, {
      provider,
      claims,
      ...(role === undefined ? {} : { role }),
      ...(sessionName === undefined ? {} : { sessionName }),
    });
    return verdict === 'allowed';
  }

  #leave(question: string, reason: string): 'open' {
    this.open.push({ question: shortened(question), reason: shortened(reason) });
    return 'open';
  }
}

/** Tokens of which GitHub says that they exist. */
export function documented(data: TokenData): boolean {
  return data.documented;
}

/** Whether an answer is a token. */
export function isWitness(answer: Answer): answer is Witness {
  return typeof answer === 'object';
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

/** The claims that a formula looks at. */
function claimsOf(formula: Formula): ReadonlySet<string> {
  const claims = new Set<string>();
  const rest = [formula];
  for (let next = rest.pop(); next; next = rest.pop()) {
    if ('of' in next) rest.push(...[next.of].flat());
    if ('field' in next) claims.add(next.field);
  }
  return claims;
}
