import { z } from 'zod';

import { nearest } from './nearest.ts';
import type { ConfigProblem } from './problem.ts';

/** What the schema found, as problems with a cure; one for each unknown key. */
export function explainIssue(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  value: unknown,
): ConfigProblem[] {
  const { path } = issue;
  const where = path.length === 0 ? 'the configuration' : `"${path.join('.')}"`;
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    return issue.keys.map((key) => unknownKey(key, known, path));
  }
  const given = at(value, path);
  // INVARIANT: whatever stands under `secrets` by mistake is never quoted.
  const shown = path[0] === 'secrets' ? 'something else' : quote(given);
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    const meant = typeof given === 'string' ? nearest(given, allowed) : undefined;
    return [
      {
        path,
        problem: given === undefined ? `${where} is missing` : `${where} is ${shown}`,
        cure:
          meant === undefined
            ? `write ${allowed.length > 1 ? 'one of ' : ''}${allowed.join(', ')}`
            : `did you mean "${meant}"? Known: ${allowed.join(', ')}`,
      },
    ];
  }
  if (issue.code === 'invalid_type' && given === undefined) {
    return [{ path, problem: `${where} is missing`, cure: `add it; expected ${issue.expected}` }];
  }
  const expected =
    issue.code === 'invalid_type' ? `it must be ${article(issue.expected)}` : issue.message;
  return [
    {
      path,
      problem: `${where} is ${shown}`,
      cure: issue.message.startsWith('must ') ? `it ${issue.message}` : expected,
    },
  ];
}

/** An unknown key and the one that was probably meant. */
export function unknownKey(
  key: string,
  known: readonly string[],
  path: readonly PropertyKey[],
): ConfigProblem {
  const meant = nearest(key, known);
  const list = known.length > 0 ? `known keys: ${known.join(', ')}` : 'no key is known here';
  return {
    path: [...path, key],
    atKey: true,
    problem: `unknown key "${[...path, key].join('.')}"`,
    cure: meant === undefined ? list : `did you mean "${meant}"?`,
  };
}

/** The keys that the schema knows under a path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let current: unknown = schema;
  for (const part of path) {
    const inner = unwrap(current);
    if (inner instanceof z.ZodObject) current = (inner.shape as Record<PropertyKey, unknown>)[part];
    else if (inner instanceof z.ZodRecord) current = inner.valueType;
    else if (inner instanceof z.ZodArray) current = inner.element;
    else return [];
  }
  const found = unwrap(current);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let current = schema;
  while (current instanceof z.ZodOptional) current = current.unwrap();
  return current;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const part of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Reflect.get(current, part);
  }
  return current;
}

function quote(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}...` : value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  return value === null || value === undefined ? 'empty' : JSON.stringify(value);
}

function article(type: string): string {
  const names: Readonly<Record<string, string>> = {
    object: 'a map',
    record: 'a map',
    array: 'a list',
    boolean: 'true or false',
    int: 'a whole number',
    number: 'a number',
    string: 'a string',
  };
  return names[type] ?? type;
}
