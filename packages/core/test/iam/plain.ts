/*
 * A second evaluator, written from AWS's pages only and as plainly as they are: no compiled form, no
 * short cuts, nothing shared with the one it judges. It knows certain answers only; where AWS's pages
 * leave a choice, `Reading` makes it.
 */

/** A statement as it stands in JSON. */
export interface PlainStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PlainPrincipal;
  readonly NotPrincipal?: PlainPrincipal;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: PlainConditions;
}

export type PlainPrincipal = '*' | { readonly [kind: string]: string | readonly string[] };

export interface PlainConditions {
  readonly [operator: string]: { readonly [key: string]: string | readonly string[] };
}

export interface PlainPolicy {
  readonly Version: string;
  readonly Statement: readonly PlainStatement[];
}

/** The names of who asks, and everything else of a request. */
export interface PlainRequest {
  readonly names: {
    readonly account?: readonly string[];
    readonly role?: readonly string[];
    readonly session?: readonly string[];
    readonly provider?: string;
  };
  readonly sameAccount: boolean;
  readonly action: string;
  readonly resource: string;
  /** Keys in lower case; a key that is not there is absent. */
  readonly context: ReadonlyMap<string, readonly string[]>;
}

/** The policies, by layer. */
export interface PlainSet {
  readonly identity?: readonly PlainPolicy[];
  readonly resource?: PlainPolicy;
  readonly boundary?: PlainPolicy;
  readonly session?: readonly PlainPolicy[];
  readonly scp?: readonly (readonly PlainPolicy[])[];
  readonly rcp?: readonly (readonly PlainPolicy[])[];
}

/** Choices that AWS's pages leave open. */
export interface Reading {
  /** Whether `"Principal": "*"` grants past boundary and session policies. */
  readonly everyonePasses: boolean;
}

/** Explicit deny, then every layer. */
export function decidePlainly(set: PlainSet, request: PlainRequest, reading: Reading): boolean {
  const own = set.resource ? [set.resource] : [];
  const bounds = [...(set.boundary ? [[set.boundary]] : []), ...(set.session ? [set.session] : [])];
  const organisation = [...(set.scp ?? []), ...(set.rcp ?? [])];
  const everything = [...(set.identity ?? []), ...own, ...bounds.flat(), ...organisation.flat()];
  if (everything.some((policy) => matching(policy, 'Deny', request).length > 0)) return false;
  const allows = (policies: readonly PlainPolicy[]): boolean =>
    policies.some((policy) => matching(policy, 'Allow', request).length > 0);
  if (!organisation.every(allows)) return false;
  const inBounds = bounds.every(allows);
  const byIdentity = allows(set.identity ?? []) && inBounds;
  const granted = own.flatMap((policy) => matching(policy, 'Allow', request));
  if (request.names.provider !== undefined) return granted.length > 0;
  if (!request.sameAccount) return byIdentity && granted.length > 0;
  if (byIdentity) return true;
  return granted.some(({ Principal: principal }) => {
    if (principal === '*') return reading.everyonePasses || inBounds;
    const named = (names: readonly string[] | undefined): boolean =>
      listOf((principal ?? {})['AWS']).some((one) => names?.includes(one));
    if (listOf((principal ?? {})['AWS']).includes('*'))
      if (reading.everyonePasses || inBounds) return true;
    return named(request.names.session) || (named(request.names.role) && inBounds);
  });
}

function matching(
  { Statement, Version }: PlainPolicy,
  effect: 'Allow' | 'Deny',
  request: PlainRequest,
): PlainStatement[] {
  return Statement.filter((one) => one.Effect === effect && matches(one, Version, request));
}

function matches(statement: PlainStatement, version: string, request: PlainRequest): boolean {
  const { Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = statement;
  const variables = version === '2012-10-17';
  if (Principal !== undefined && !names(Principal, request)) return false;
  if (NotPrincipal !== undefined && names(NotPrincipal, request)) return false;
  const acts = listOf(Action ?? NotAction).some((pattern) =>
    glob(wild(pattern.toLowerCase()), request.action.toLowerCase()),
  );
  if (acts !== (Action !== undefined)) return false;
  if (Resource !== undefined || NotResource !== undefined) {
    const fits = listOf(Resource ?? NotResource).some((pattern) => {
      const filled = fill(pattern, variables, true, request.context);
      return filled !== undefined && glob(filled, request.resource);
    });
    if (fits !== (Resource !== undefined)) return false;
  }
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, expected]) =>
      holds(operator, listOf(expected), request.context.get(key.toLowerCase()), (text, wildcards) =>
        fill(text, variables, wildcards, request.context),
      ),
    ),
  );
}

function names(principal: PlainPrincipal, { names: own }: PlainRequest): boolean {
  if (principal === '*') return true;
  const all = [...(own.account ?? []), ...(own.role ?? []), ...(own.session ?? [])];
  return Object.entries(principal).some(([kind, given]) =>
    listOf(given).some((one) => {
      if (kind === 'AWS') return one === '*' || all.includes(one);
      return kind === 'Federated' && one === own.provider;
    }),
  );
}

type Filled = readonly (string | { readonly wildcard: '*' | '?' })[];

/** A text as single characters and wildcards, its variables filled in; undefined when one has no value. */
function fill(
  text: string,
  variables: boolean,
  wildcards: boolean,
  context: PlainRequest['context'],
): Filled | undefined {
  const result: (string | { readonly wildcard: '*' | '?' })[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const end = variables && text.startsWith('${', at) ? text.indexOf('}', at) : -1;
    const letter = text.charAt(at);
    if (end !== -1) {
      const inner = text.slice(at + 2, end);
      const [name = '', fallback] = inner.split(/, *'/);
      const value =
        inner.length === 1 && '*?$'.includes(inner)
          ? inner
          : (context.get(name.toLowerCase())?.[0] ?? fallback?.slice(0, -1));
      if (value === undefined) return undefined;
      result.push(...value);
      at = end;
    } else if (wildcards && (letter === '*' || letter === '?')) result.push({ wildcard: letter });
    else result.push(letter);
  }
  return result;
}

function wild(text: string): Filled {
  return Array.from(text, (letter) =>
    letter === '*' || letter === '?' ? { wildcard: letter } : letter,
  );
}

/** All prefixes of the text that the pattern so far can stand for. */
function glob(pattern: Filled, text: string): boolean {
  let ends = new Set([0]);
  for (const part of pattern) {
    const next = new Set<number>();
    for (const end of ends) {
      if (typeof part === 'string' || part.wildcard === '?') {
        if (end < text.length && (typeof part !== 'string' || text[end] === part))
          next.add(end + 1);
      } else for (let at = end; at <= text.length; at += 1) next.add(at);
    }
    ends = next;
  }
  return ends.has(text.length);
}

type Compare = (expected: string, presented: string) => boolean;

const numbered =
  (order: (difference: number) => boolean): Compare =>
  (expected, presented) =>
    order(Number(presented) - Number(expected));
const dated =
  (order: (difference: number) => boolean): Compare =>
  (expected, presented) =>
    order(Date.parse(presented) - Date.parse(expected));

const orders: Readonly<Record<string, (difference: number) => boolean>> = {
  Equals: (difference) => difference === 0,
  LessThan: (difference) => difference < 0,
  LessThanEquals: (difference) => difference <= 0,
  GreaterThan: (difference) => difference > 0,
  GreaterThanEquals: (difference) => difference >= 0,
};

function addressInRange(range: string, address: string): boolean {
  const [network = '', bits = '32'] = range.split('/');
  const number = (text: string): number =>
    text.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const size = 2 ** (32 - Number(bits));
  return Math.floor(number(network) / size) === Math.floor(number(address) / size);
}

/** Whether a condition holds. An operator is `[Set:][Not]Base[IfExists]`. */
function holds(
  operator: string,
  expected: readonly string[],
  presented: readonly string[] | undefined,
  filled: (text: string, wildcards: boolean) => Filled | undefined,
): boolean {
  if (operator === 'Null') return expected.includes(String(presented === undefined));
  const [set, rest] = operator.includes(':') ? operator.split(':') : [undefined, operator];
  const ifExists = rest?.endsWith('IfExists') ?? false;
  const name = (rest ?? '').replace(/IfExists$/, '');
  const negated = name.includes('Not');
  if (presented === undefined) {
    if (set !== undefined) return set === 'ForAllValues';
    return ifExists || negated;
  }
  const compare = comparison(name.replace('Not', ''), filled);
  const one = (value: string): boolean => expected.some((text) => compare(text, value)) !== negated;
  if (set === 'ForAnyValue') return presented.some(one);
  // "... or if the context key value resolves to a null data set, such as an empty string"
  return (set !== undefined && presented.every((value) => value === '')) || presented.every(one);
}

function comparison(
  base: string,
  filled: (text: string, wildcards: boolean) => Filled | undefined,
): Compare {
  const like =
    (wildcards: boolean, fold: (text: string) => string): Compare =>
    (expected, presented) => {
      const pattern = filled(expected, wildcards);
      const folded = pattern?.map((part) => (typeof part === 'string' ? fold(part) : part));
      return folded !== undefined && glob(folded, fold(presented));
    };
  const [, type = '', order = ''] = /^(Numeric|Date)(.*)$/.exec(base) ?? [];
  const sign = orders[order];
  if (sign) return type === 'Date' ? dated(sign) : numbered(sign);
  if (base === 'StringEquals') return like(false, (text) => text);
  if (base === 'StringEqualsIgnoreCase') return like(false, (text) => text.toLowerCase());
  if (base === 'StringLike') return like(true, (text) => text);
  if (base === 'Bool')
    return (expected, presented) => expected.toLowerCase() === presented.toLowerCase();
  if (base === 'IpAddress') return addressInRange;
  if (base === 'ArnLike' || base === 'ArnEquals')
    return (expected, presented) => {
      const cut = (text: string): string[] => {
        const parts = text.split(':');
        return [...parts.slice(0, 5), parts.slice(5).join(':')];
      };
      const given = cut(presented);
      return cut(expected).every((part, index) => glob(wild(part), given[index] ?? ''));
    };
  throw new Error(`no operator ${base}`);
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}
