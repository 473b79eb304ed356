import { assert, boolean, constantFrom, nat, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { asked, decide, policy, policySet, runs, unknownKeys } from './arbitrary.ts';
import { decidePlainly, type PlainPolicy, type PlainSet, type PlainStatement } from './plain.ts';

const options = { numRuns: runs };

/** Every policy of a set, changed. */
function mapped(set: PlainSet, change: (policy: PlainPolicy) => PlainPolicy): PlainSet {
  return {
    ...(set.identity ? { identity: set.identity.map(change) } : {}),
    ...(set.resource ? { resource: change(set.resource) } : {}),
    ...(set.boundary ? { boundary: change(set.boundary) } : {}),
    ...(set.session ? { session: set.session.map(change) } : {}),
    ...(set.scp ? { scp: set.scp.map((level) => level.map(change)) } : {}),
    ...(set.rcp ? { rcp: set.rcp.map((level) => level.map(change)) } : {}),
  };
}

const layers = ['identity', 'resource', 'boundary', 'session', 'scp', 'rcp'] as const;

/** The set with a statement added to the first policy of a layer; undefined when it has none. */
function withStatement(
  set: PlainSet,
  layer: (typeof layers)[number],
  added: PlainStatement,
): PlainSet | undefined {
  let first: PlainPolicy | undefined = {
    identity: set.identity?.[0],
    resource: set.resource,
    boundary: set.boundary,
    session: set.session?.[0],
    scp: set.scp?.[0]?.[0],
    rcp: set.rcp?.[0]?.[0],
  }[layer];
  if (!first) return undefined;
  return mapped(set, (one) => {
    if (one !== first) return one;
    first = undefined;
    return { ...one, Statement: [...one.Statement, added] };
  });
}

describe('the evaluator', () => {
  it('says what a plain one says that was written from the same pages', () => {
    const verdicts = new Map<string, number>();
    assert(
      property(policySet(), asked, (set, request) => {
        const [strict, loose] = [false, true].map((everyonePasses) =>
          decidePlainly(set, request.plain, { everyonePasses }),
        );
        const { verdict } = decide(set, request);
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
        expect(verdict).toBe(strict === loose ? (strict ? 'allowed' : 'denied') : 'undecided');
      }),
      options,
    );
    // A generator that only makes denials would prove little.
    expect(verdicts.get('allowed')).toBeGreaterThan(runs / 20);
    expect(verdicts.get('denied')).toBeGreaterThan(runs / 20);
  });

  it('lets a Deny beat every Allow', () => {
    assert(
      property(policySet(), asked, constantFrom(...layers), (set, request, layer) => {
        const named = layer === 'resource' || layer === 'rcp' ? { Principal: '*' as const } : {};
        const deny = { Effect: 'Deny', ...named, Action: '*', Resource: '*' } as const;
        const denying = withStatement(set, layer, deny);
        if (!denying) return;
        const { verdict, cause } = decide(denying, request);
        expect(verdict).toBe('denied');
        expect(cause.kind).toBe('explicit-deny');
      }),
      options,
    );
  });

  it('never allows more for an added Deny', () => {
    assert(
      property(
        policySet(),
        asked,
        constantFrom(...layers),
        tuple(policy('identity', ['Deny']), policy('resource', ['Deny']), policy('rcp', ['Deny'])),
        (set, request, layer, [identity, resource, rcp]) => {
          const source = layer === 'resource' ? resource : layer === 'rcp' ? rcp : identity;
          const [deny] = source.Statement;
          const more = deny && withStatement(set, layer, deny);
          if (!more) return;
          const [before, after] = [decide(set, request).verdict, decide(more, request).verdict];
          if (before !== 'allowed') expect(after).not.toBe('allowed');
          if (before === 'denied') expect(after).toBe('denied');
        },
      ),
      options,
    );
  });

  it('never denies more for a widened pattern where nothing denies', () => {
    let widened = 0;
    assert(
      property(policySet(['Allow']), asked, nat(), (set, request, seed) => {
        const wide = mapped(set, (one) => ({
          ...one,
          Statement: one.Statement.map((each, index) => widen(each, seed + index)),
        }));
        const [before, after] = [decide(set, request).verdict, decide(wide, request).verdict];
        if (before === 'allowed') widened += 1;
        if (before === 'allowed') expect(after).toBe('allowed');
        if (before === 'undecided') expect(after).not.toBe('denied');
      }),
      options,
    );
    expect(widened).toBeGreaterThan(runs / 100);
  });

  it('is not moved by the order of statements, nor by statements that stand twice', () => {
    assert(
      property(policySet(), asked, boolean(), (set, request, twice) => {
        const other = mapped(set, (one) => ({
          ...one,
          Statement: [...one.Statement.toReversed(), ...(twice ? one.Statement : [])],
        }));
        expect(decide(other, request).verdict).toBe(decide(set, request).verdict);
      }),
      options,
    );
  });

  it('is sure of nothing that hangs on a key which was not given', () => {
    let open = 0;
    assert(
      property(policySet(), asked, unknownKeys, (set, request, unknown) => {
        const known = decide(set, request).verdict;
        const { verdict } = decide(set, request, unknown);
        if (verdict === 'undecided') open += 1;
        else expect(verdict).toBe(known);
      }),
      options,
    );
    expect(open).toBeGreaterThan(runs / 200);
  });

  it('explains every decision by its trace', () => {
    assert(
      property(policySet(), asked, (set, request) => {
        const { verdict, cause, trace } = decide(set, request);
        const matched = (effect: string): boolean =>
          trace.some((one) => one.effect === effect && one.matched === true);
        if (verdict === 'allowed')
          expect([matched('Allow'), matched('Deny')]).toEqual([true, false]);
        expect(cause.kind === 'explicit-deny').toBe(matched('Deny'));
      }),
      options,
    );
  });
});

/** Some of a statement's patterns and conditions loosened, by a number: the result matches what it did. */
function widen(statement: PlainStatement, seed: number): PlainStatement {
  const { Action, Resource, Condition, ...rest } = statement;
  const wider = (list: string | readonly string[]): readonly string[] =>
    [list].flat().map((one) => (seed % 2 === 0 ? `${one}*` : one));
  const loosened = Object.entries(Condition ?? {}).flatMap(([operator, keys]) => {
    if (seed % 5 === 0) return [];
    // Of a negated operator, a wider pattern is a stricter condition.
    if (!operator.includes('StringLike')) return [[operator, keys] as const];
    const like = Object.entries(keys).map(([key, values]) => [key, wider(values)] as const);
    return [[operator, Object.fromEntries(like)] as const];
  });
  return {
    ...rest,
    ...(Action === undefined ? {} : { Action: wider(Action) }),
    ...(Resource === undefined ? {} : { Resource: wider(Resource) }),
    ...(loosened.length > 0 ? { Condition: Object.fromEntries(loosened) } : {}),
  };
}
