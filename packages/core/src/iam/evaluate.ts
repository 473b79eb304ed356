import { reasonOf, shownPlace, type Cause, type Decision, type Verdict } from './decision.ts';
import { grantOf, type Grant } from './grant.ts';
import { or, type Match } from './match.ts';
import { allAllow, askLayers, type AskedLayer, type PolicySet } from './policy-set.ts';
import type { AccessRequest } from './request/request.ts';
import { traceOf, traceStatement, type Trace } from './trace.ts';

/**
 * Decides a request as AWS does: an explicit deny anywhere, then every layer that must allow.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(set: PolicySet, request: AccessRequest): Decision {
  const asked = askLayers(set, request).map((one) => softenForOutsiders(one, request));
  for (const { layer, answer } of asked) {
    const place = answer.denied;
    if (place) return decisionOf({ kind: 'explicit-deny', layer, place }, [], asked, request);
  }
  const grant = grantOf(set, asked, request);
  const { assumptions } = grant;
  for (const { layer, answer } of asked)
    if ((layer === 'scp' || layer === 'rcp') && answer.allow === false)
      return decisionOf({ kind: 'implicit-deny', layer }, assumptions, asked, request);
  if (grant.match === false)
    return decisionOf({ kind: 'implicit-deny', layer: grant.layer }, assumptions, asked, request);
  let deny: Match = false;
  for (const { answer } of asked) deny = or(deny, answer.deny);
  const cause: Cause =
    grant.match === true && deny === false && allAllow(asked, ['scp', 'rcp']) === true
      ? { kind: 'allowed', layer: grant.layer, place: grant.place }
      : { kind: 'open', why: whyOpen(grant, asked, request) };
  return decisionOf(cause, assumptions, asked, request);
}

/**
 * AWS does not say whether the control policies of an organisation bind those who come from outside with
 * a token or as a service, so they decide nothing of them.
 */
function softenForOutsiders(asked: AskedLayer, { principal: { kind } }: AccessRequest): AskedLayer {
  const outside = kind === 'federated' || kind === 'service' || kind === 'anonymous';
  const { layer, answer } = asked;
  if (layer !== 'scp' || !outside) return asked;
  const allow = answer.allow === false ? 'undecided' : answer.allow;
  const deny = answer.deny === true ? 'undecided' : answer.deny;
  return { ...asked, answer: { ...answer, allow, deny, denied: undefined } };
}

/** The first thing that would have to be known. */
function whyOpen(grant: Grant, asked: readonly AskedLayer[], request: AccessRequest): string {
  for (const { policies } of asked)
    for (const { fatal, name } of policies)
      if (fatal) return `${name} cannot be evaluated: ${fatal.message}`;
  if (grant.match === 'undecided' && grant.why !== undefined) return grant.why;
  for (const { layer, answer } of asked) {
    const { open } = answer;
    if (open === undefined) continue;
    const { elements, conditions } = traceStatement(layer, open.policy, open.statement, request);
    const element = elements.find(({ result }) => result === 'undecided');
    const condition = conditions.find(({ result }) => result === 'undecided');
    const what =
      element === undefined
        ? `${condition?.operator ?? 'it'} on ${condition?.key ?? 'the request'}: ${condition?.note ?? 'not decided'}`
        : `${element.element}: ${element.note ?? 'not enough is known of the principal'}`;
    return `${shownPlace(open)} may apply: ${what}`;
  }
  const scp = asked.find(({ layer, answer }) => layer === 'scp' && answer.allow !== true);
  return scp === undefined
    ? 'not enough is known'
    : 'AWS does not say whether service control policies bind callers from outside the organisation';
}

/** Makes the decision; words and trace wait until someone asks. */
export function decisionOf(
  cause: Cause,
  assumptions: readonly string[],
  asked: readonly AskedLayer[],
  request: AccessRequest,
): Decision {
  return new LazyDecision(cause, assumptions, asked, request);
}

/** A class, because getters of an object literal are made anew, slowly, with every object. */
class LazyDecision implements Decision {
  readonly verdict: Verdict;
  readonly cause: Cause;
  readonly assumptions: readonly string[];
  readonly #asked: readonly AskedLayer[];
  readonly #request: AccessRequest;
  #trace: Trace | undefined;

  constructor(
    cause: Cause,
    assumptions: readonly string[],
    asked: readonly AskedLayer[],
    request: AccessRequest,
  ) {
    this.verdict = verdictOf(cause);
    this.cause = cause;
    this.assumptions = assumptions;
    this.#asked = asked;
    this.#request = request;
  }

  get reason(): string {
    return reasonOf(this.cause, this.#request.action);
  }

  get trace(): Trace {
    this.#trace ??= traceOf(this.#asked, this.#request);
    return this.#trace;
  }
}

function verdictOf({ kind }: Cause): Verdict {
  return kind === 'allowed' ? 'allowed' : kind === 'open' ? 'undecided' : 'denied';
}
