import { and, or, type Match } from '../match.ts';
import type { PrincipalElement, PrincipalValue } from '../policy.ts';
import type { RequestContext } from '../request/context.ts';
import { sessionArn, type RequestPrincipal, type RolePrincipal } from '../request/principal.ts';
import { compileText, matchText, type CompiledText } from '../text.ts';

/**
 * As whom a policy names the asker. It decides what a grant needs besides itself: an account hands on to
 * its own identity policies, a session is granted directly.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
 */
export type PrincipalMode = 'account' | 'role' | 'session' | 'everyone';

/** How a principal element matches, for each way of naming. */
export type PrincipalMatch = Readonly<Record<PrincipalMode, Match>>;

export interface CompiledPrincipal {
  readonly element: PrincipalElement;
  readonly values: readonly CompiledValue[];
}

interface CompiledValue {
  readonly kind: PrincipalValue['kind'];
  readonly everyone: boolean;
  readonly text: CompiledText;
}

/** A name by which a policy may speak of the asker. */
interface Name {
  readonly mode: PrincipalMode;
  readonly kind: PrincipalValue['kind'];
  readonly text: string;
}

const literal = { variables: false, wildcards: false, ignoreCase: false } as const;
const nobody: PrincipalMatch = { account: false, role: false, session: false, everyone: false };
const empty: RequestContext = { values: new Map(), rest: () => 'absent' };

/** Prepares a principal element. Names are compared whole: IAM takes no wildcards inside them. */
export function compilePrincipal(element: PrincipalElement): CompiledPrincipal {
  const values = element.values.map(({ kind, everyone, value }) => ({
    kind,
    everyone,
    text: compileText(value.pieces, literal),
  }));
  return { element, values };
}

/** Whether the element names the asker, and as whom. */
export function matchPrincipal(
  compiled: CompiledPrincipal,
  principal: RequestPrincipal,
): PrincipalMatch {
  if (compiled.element.negated) {
    const match = matchOthers(compiled.values, principal);
    return match === false ? nobody : { ...nobody, session: match };
  }
  const result = { ...nobody };
  const names = namesOf(principal);
  for (const value of compiled.values) {
    if (value.everyone) result.everyone = true;
    else
      for (const name of names) result[name.mode] = or(result[name.mode], matchName(value, name));
    if (value.kind === 'AWS' && value.text.fixed === undefined)
      result.everyone = or(result.everyone, matchText(value.text, '*', empty));
    if (principal.kind === 'role') result.role = or(result.role, matchUnknown(value, principal));
    if (principal.kind === 'unspecified') result.session = or(result.session, 'undecided');
    if (value.kind !== 'AWS') result.session = or(result.session, matchWhole(value, principal));
  }
  return result;
}

/** Whether any way of naming matches. */
export function anyMode({ account, role, session, everyone }: PrincipalMatch): Match {
  return or(or(account, role), or(session, everyone));
}

/**
 * NotPrincipal: everybody but the named. To be left out, a session must be named in each way: account,
 * role, session. AWS warns that a part of them may not do ("might deny access to the entire account").
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function matchOthers(values: readonly CompiledValue[], principal: RequestPrincipal): Match {
  if (values.some(({ everyone }) => everyone)) return false;
  if (principal.kind === 'unspecified') return 'undecided';
  const names = namesOf(principal).filter(({ text }) => !/^\d{12}$/.test(text));
  const listed = names.map((name) =>
    values.reduce<Match>(
      (match, value) => or(match, matchName(value, sameAccount(value, name))),
      false,
    ),
  );
  let [some, every]: [Match, Match] = [false, true];
  for (const match of listed) {
    some = or(some, match);
    every = and(every, match);
  }
  if (principal.kind === 'role')
    for (const value of values) some = or(some, matchUnknown(value, principal));
  for (const value of values) some = or(some, matchWhole(value, principal));
  if (names.length > 0 && every === true && isWholeName(principal)) return false;
  return some === false ? true : 'undecided';
}

/** Whether all names of the asker are known, so that being named by all of them is being named. */
function isWholeName(principal: RequestPrincipal): boolean {
  return (
    principal.kind !== 'role' || (principal.arn !== undefined && principal.session !== undefined)
  );
}

/** `111111111111` and the ARN of the account's root are one name. */
function sameAccount({ text }: CompiledValue, name: Name): Name {
  const account = /^arn:[a-z-]+:iam::(\d{12}):root$/.exec(name.text)?.[1];
  return account !== undefined && text.shown === account ? { ...name, text: account } : name;
}

function matchName({ kind, text }: CompiledValue, name: Name): Match {
  return kind === name.kind ? matchText(text, name.text, empty) : false;
}

/** `*` for a kind other than AWS: no page of AWS says what it would match. */
function matchWhole({ kind, text }: CompiledValue, principal: RequestPrincipal): Match {
  if (text.shown !== '*') return false;
  const federated = kind === 'Federated' && principal.kind === 'federated';
  const service = kind === 'Service' && principal.kind === 'service';
  return federated || service ? 'undecided' : false;
}

/** Names that the asker may have, though what is known of it does not tell: a role's path, a session's name. */
function matchUnknown({ kind, text }: CompiledValue, principal: RolePrincipal): Match {
  if (kind !== 'AWS') return false;
  const { partition, account, name } = principal;
  const role = `arn:${partition}:iam::${account}:role/`;
  const session = sessionArn(principal, '');
  const { shown } = text;
  if (text.fixed === undefined)
    return principal.arn === undefined || principal.session === undefined ? 'undecided' : false;
  const pathMayFit =
    principal.arn === undefined &&
    shown.startsWith(role) &&
    (shown === role + name || shown.endsWith(`/${name}`));
  const sessionMayFit = principal.session === undefined && shown.startsWith(session);
  return pathMayFit || sessionMayFit ? 'undecided' : false;
}

function namesOf(principal: RequestPrincipal): readonly Name[] {
  switch (principal.kind) {
    case 'federated':
      return [{ mode: 'session', kind: 'Federated', text: principal.provider }];
    case 'service':
      return [{ mode: 'session', kind: 'Service', text: principal.service }];
    case 'anonymous':
    case 'unspecified':
      return [];
    case 'root':
      return accountNames(principal);
    case 'user':
    case 'federated-user':
      return [...accountNames(principal), { mode: 'session', kind: 'AWS', text: principal.arn }];
    case 'role': {
      const { arn, session } = principal;
      return [
        ...accountNames(principal),
        ...(arn === undefined ? [] : [{ mode: 'role', kind: 'AWS', text: arn } as const]),
        ...(session === undefined
          ? []
          : [{ mode: 'session', kind: 'AWS', text: sessionArn(principal, session) } as const]),
      ];
    }
  }
}

function accountNames({ partition, account }: { partition: string; account: string }): Name[] {
  return [
    { mode: 'account', kind: 'AWS', text: account },
    { mode: 'account', kind: 'AWS', text: `arn:${partition}:iam::${account}:root` },
  ];
}
