import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { evaluate } from '../../src/iam/evaluate.ts';
import { requestContext } from '../../src/iam/request/context.ts';
import { accessRequest } from '../../src/iam/request/request.ts';
import { allowedIf, compiled } from './policies.ts';

interface Table {
  readonly operators: readonly {
    readonly operator: string;
    readonly expected: readonly string[];
    readonly rows: readonly (readonly [string | readonly string[] | null, boolean | 'undecided'])[];
  }[];
}

const verdicts = { true: 'allowed', false: 'denied', undecided: 'undecided' } as const;

function table(name: string): Table {
  const path = new URL(`../../../../corpus/iam/${name}`, import.meta.url);
  return JSON.parse(readFileSync(fileURLToPath(path), 'utf8')) as Table;
}

describe.each(['operators.json', 'values.json'])('%s', (name) => {
  const rows = table(name).operators.flatMap(({ operator, expected, rows }) =>
    rows.map(([presented, result]) => ({ operator, expected, presented, result })),
  );

  it('holds what it should', () => expect(rows.length).toBeGreaterThan(200));

  it.each(rows)('$operator $expected for $presented: $result', (row) => {
    const { operator, expected, presented, result } = row;
    const given = presented === null ? [] : typeof presented === 'string' ? [presented] : presented;
    const request = accessRequest({
      principal: { kind: 'unspecified' },
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::acme/x',
      context: requestContext({ values: [['test:Key', given]], complete: true }),
    });
    const decision = evaluate(
      { identity: [compiled(allowedIf(operator, 'test:key', expected))] },
      request,
    );
    const [statement] = decision.trace;
    expect(decision.verdict).toBe(verdicts[`${result}`]);
    expect(statement?.matched).toBe(result);
    expect(statement?.elements.map((one) => one.result)).toEqual([true, true]);
    expect(statement?.conditions).toMatchObject([
      {
        operator,
        key: 'test:key',
        expected,
        presented: presented === null ? undefined : given,
        state: presented === null ? 'absent' : 'present',
        result,
      },
    ]);
    // What is open or true for want of a value is explained.
    if (result === 'undecided' || presented === null)
      expect(statement?.conditions[0]?.note).toEqual(expect.any(String));
  });
});
