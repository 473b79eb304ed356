import type { AccountState, RoleState } from '../account/model.ts';
import type { Case } from '../cases/case.ts';
import { compilePolicy, type CompiledPolicy } from '../iam/compile.ts';
import { parsePolicy } from '../iam/parse/policy.ts';
import type { Formula } from '../language/formula.ts';
import { decide, findWord } from '../language/search.ts';
import { conditionPrefix, issuerUrl } from '../oidc/issuer.ts';
import { acceptanceOf } from '../trust/acceptance.ts';
import { all, any, equals } from '../trust/formula.ts';
import { sessionField } from '../trust/session.ts';
import { shownClaims } from './claims.ts';
import { comparisonsOf, refusalsOf, type StatementComparison } from './comparison.ts';
import { filledFor } from './fill.ts';
import type { Authentication, Comparison, Reason } from './proof.ts';
import { findProvider } from './provider.ts';
import { readRoleArn, RoleIndex, type RoleArn } from './role-search.ts';
import { runTokens, shapesOf, type RunTokens } from './run-tokens.ts';
import { runOf, sessionPhrase } from './runs.ts';
import type { ProveSettings } from './settings.ts';
import { claimsOf, exampleOf, verdictOfTokens } from './token-verdict.ts';

/** The answer for a case whose role takes its token. */
export interface Authenticated {
  readonly authentication: Authentication;
  readonly claims: ReadonlyMap<string, string>;
  readonly comparisons: readonly Comparison[];
  readonly assumptions: readonly string[];
  readonly role?: RoleState;
}

/** A role, or why there is none to ask. */
export type FoundRole =
  | { readonly kind: 'found'; readonly role: RoleState; readonly assumptions: readonly string[] }
  | { readonly kind: 'missing' | 'unseen'; readonly reason: Reason };

/** Decides cases against the accounts that were given; policies are prepared once. */
export class Authenticator {
  readonly #settings: ProveSettings;
  readonly #roles: RoleIndex;
  readonly #policies = new Map<string, CompiledPolicy>();
  /** The case that was asked about last: those of all cases would fill the memory. */
  #last: { readonly one: Case; readonly tokens: RunTokens } | undefined;

  constructor(settings: ProveSettings, states: readonly AccountState[]) {
    this.#settings = settings;
    this.#roles = new RoleIndex(states);
  }

  /** The tokens of a case at the door of its role: provider first, then the trust policy. */
  decide(one: Case): Authenticated {
    const { issuer } = this.#settings;
    const { within } = withinOf(this.#settings);
    const tokens = this.tokensOf(one);
    const shape = shapesOf(tokens).find(
      (shaped) => !within || findWord([shaped], within).kind === 'found',
    );
    const filters = filtersOf(one, this.#settings.refs);
    const claims = shownClaims(shape, filters);
    const none = { claims, comparisons: [], assumptions: [] };
    const refused = (reason: Reason): Authenticated => ({
      ...none,
      authentication: stop('denied', reason),
    });
    const open = (reason: Reason): Authenticated => ({
      ...none,
      authentication: stop('undecided', reason),
    });
    const { role: choice, token } = one;
    if (token.verdict === 'missing')
      return refused({
        code: 'token-missing',
        message: token.reason,
        help: 'give the job permissions: id-token: write',
      });
    if (choice.kind === 'none') return refused({ code: 'role-none', message: choice.reason });
    if (choice.kind === 'unknown')
      return open({
        code: 'role-unknown',
        message: choice.reason,
        help: helpFor(choice.decidedBy),
        at: choice.at,
      });
    const arn = choice.fault === undefined ? readRoleArn(choice.arn) : undefined;
    if (!arn)
      return refused({
        code: 'role-malformed',
        message: choice.fault ?? `"${choice.arn}" is no ARN of a role`,
      });
    const provider = findProvider(this.#roles.statesOf(arn.account), arn, issuer, this.#settings);
    if (provider.kind === 'refused') return refused(provider.reason);
    const search = this.find(arn);
    if (search.kind !== 'found')
      return search.kind === 'missing' ? refused(search.reason) : open(search.reason);
    const { role, assumptions } = search;
    const tooLong = tooLongFor(one, role);
    if (tooLong) return { ...refused(tooLong), role, assumptions };
    const policy = this.policyOf(role, arn);
    if (!policy)
      return {
        ...open({
          code: 'trust-unseen',
          message: `nothing that was given shows the trust policy of ${arn.arn}`,
        }),
        role,
      };
    const door = {
      provider: `arn:${arn.partition}:iam::${arn.account}:oidc-provider/${conditionPrefix(issuer)}`,
      role: arn.arn,
    };
    const acceptance = acceptanceOf(policy, door);
    const audience = provider.kind === 'there' ? provider.audience : all([]);
    const answer = verdictOfTokens({
      tokens,
      everyFormat: this.#settings.everyFormat,
      formula: all([audience, acceptance]),
      ...withinOf(this.#settings),
    });
    const { accepted, refused: word } = answer;
    const shownWord = word ?? accepted;
    const statements = shownWord
      ? comparisonsOf({
          policy,
          ...door,
          role: arn.arn,
          claims: claimsOf(shownWord.fields),
          sessionName: shownWord.fields.get(sessionField),
          shown: answer.verdict === 'sometimes' ? new Map() : shownClaims(shownWord.shape, filters),
        })
      : [];
    const taken = [
      ...assumptions,
      ...(provider.kind === 'there' ? provider.assumptions : []),
      ...(answer.accepted ? exampleOf(answer.accepted).notes : []),
    ];
    const reasons = [...answer.reasons];
    if (word && answer.verdict !== 'allowed') {
      const clients = provider.kind === 'there' ? provider.clientIds : undefined;
      const aud = word.fields.get('aud') ?? '';
      const unregistered =
        clients && !clients.includes(aud) && decide([word.shape], audience).kind === 'none';
      if (unregistered)
        reasons.push({
          code: 'audience',
          message: `the provider takes ${clients.map((id) => `"${id}"`).join(', ') || 'no audience'}, the job asks for "${claims.get('aud') ?? aud}" ("Incorrect token audience")`,
          help: 'add the audience to the client ids of the provider, or leave out audience: in the step',
        });
      else reasons.push(...refusalsOf(statements));
    }
    let { verdict } = answer;
    if (provider.kind === 'unseen' && verdict !== 'denied') {
      verdict = 'undecided';
      reasons.unshift(provider.reason);
    }
    if (token.verdict === 'undecided' && verdict !== 'denied') {
      verdict = 'undecided';
      reasons.unshift({ code: 'token-undecided', message: token.reason });
    }
    return {
      authentication: {
        verdict,
        reasons,
        formats: answer.formats,
        ...(accepted ? { accepted: exampleOf(accepted) } : {}),
        ...(word ? { refused: exampleOf(word) } : {}),
      },
      claims,
      comparisons: statements.flatMap((statement: StatementComparison) => statement.comparisons),
      assumptions: [...new Set(taken)],
      role,
    };
  }

  /** What the runs of a case present. */
  tokensOf(one: Case): RunTokens {
    if (this.#last?.one === one) return this.#last.tokens;
    const run = runOf(one, this.#settings);
    const tokens = runTokens(run, sessionPhrase(one.sessionName), this.#settings.formats);
    this.#last = { one, tokens };
    return tokens;
  }

  /** Looks for a role in what was given. */
  find(arn: RoleArn): FoundRole {
    const search = this.#roles.find(arn, issuerUrl(this.#settings.issuer));
    if (search.kind === 'found') return search;
    const { kind, ...words } = search;
    if (kind === 'missing') return { kind, reason: { code: 'role-missing', ...words } };
    const code = kind === 'ambiguous' ? 'role-ambiguous' : 'role-unseen';
    return { kind: 'unseen', reason: { code, ...words } };
  }

  /** The trust policy of a role, with what its ARN tells filled in. */
  policyOf(role: RoleState, arn: RoleArn): CompiledPolicy | undefined {
    if (!role.trust) return undefined;
    const known = this.#policies.get(arn.arn);
    if (known) return known;
    const parsed = parsePolicy(filledFor(role.trust, arn));
    const made = compilePolicy(parsed, 'trust', role.label);
    this.#policies.set(arn.arn, made);
    return made;
  }
}

/** The runs that are asked about: those of some refs, or all. */
export function withinOf({ refs }: ProveSettings): { readonly within?: Formula } {
  return refs.length === 0 ? {} : { within: any(refs.map((ref) => equals('ref', ref))) };
}

function stop(verdict: 'denied' | 'undecided', reason: Reason): Authentication {
  return { verdict, reasons: [reason], formats: [] };
}

function helpFor(decidedBy: string): string {
  const [kind = '', name = ''] = decidedBy.split('.');
  const options: Readonly<Record<string, string>> = {
    vars: '--var',
    inputs: '--input',
    secrets: '--secret',
  };
  const option = options[kind];
  return option === undefined || !/^[\w-]+$/.test(name)
    ? 'what decides it is only known in the run'
    : `give its value with ${option} ${name}=..., or under ${kind}: in the configuration`;
}

/** STS: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role". */
function tooLongFor({ duration }: Case, { maxSessionDuration }: RoleState): Reason | undefined {
  if (duration === undefined || maxSessionDuration === undefined || duration <= maxSessionDuration)
    return undefined;
  return {
    code: 'duration',
    message: `the step asks for ${duration} seconds, the role allows at most ${maxSessionDuration}`,
    help: 'lower role-duration-seconds, or raise MaxSessionDuration of the role',
  };
}

/** What stands for the variables of names that a filter gives. */
function filtersOf(
  { run, environment }: Case,
  asked: readonly string[],
): ReadonlyMap<string, string> {
  const filters = new Map<string, string>();
  const [ref, ...others] = run.refs;
  if (ref?.kind === 'filter' && others.length === 0) filters.set('ref', ref.patterns.join(', '));
  const [only, ...more] = asked;
  if (only !== undefined && more.length === 0)
    filters.set('ref', only.replace(/^refs\/(?:heads|tags)\//, ''));
  if (environment.kind !== 'none' && environment.name.kind === 'filter')
    filters.set('environment', environment.name.patterns.join(', '));
  return filters;
}
