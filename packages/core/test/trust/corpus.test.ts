import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { evaluateTrust } from '../../src/iam/trust.ts';
import { findFlaws } from '../../src/trust/find-flaws.ts';
import { policyOf, provider, publishedPolicies, statement } from './policies.ts';

const folder = fileURLToPath(new URL('../../../../corpus/trust', import.meta.url));

interface Case {
  readonly name: string;
  readonly conditions: object;
  /** `severity class`, sorted. */
  readonly flaws: readonly string[];
}

/** What is found in a policy; every witness is checked by plain evaluation on the way. */
function found(conditions: object, action?: string): { flaws: string[]; open: string[] } {
  const policy = policyOf(statement(conditions, action));
  const { flaws, open } = findFlaws(policy.policy, { provider });
  for (const { witness } of flaws) {
    if (!witness) continue;
    const { claims, sessionName } = witness;
    const name = sessionName === undefined ? {} : { sessionName };
    expect(evaluateTrust(policy, { provider, claims, ...name }).verdict).toBe('allowed');
  }
  return {
    flaws: flaws.map((flaw) => `${flaw.severity} ${flaw.class}`).toSorted(),
    open: open.map(({ question, reason }) => `${question}: ${reason}`),
  };
}

describe.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('%s', (name) => {
  const cases = JSON.parse(readFileSync(join(folder, name), 'utf8')) as readonly Case[];
  it.each(cases)('$name', ({ conditions, flaws }) => {
    expect(found(conditions)).toEqual({ flaws: [...flaws], open: [] });
  });
});

/** The class that a label stands for. */
const classes: Readonly<Record<string, string>> = {
  open: 'any-owner',
  'org-wide': 'organization-wide',
  'any-ref': 'any-ref',
  'any-branch': 'branch-pattern',
  'pr-and-main': 'pull-request',
  'never-matches': 'never-matches',
  'custom-sub-only': 'custom-subject',
  'unsupported-key': 'unsupported-key',
};

describe('published trust policies', () => {
  const published = publishedPolicies();
  it.skipIf(!published)('are of the class that they are labelled with', () => {
    const disputed: string[] = [];
    for (const { id, conditions, action, verdict, class: label } of published?.policies ?? []) {
      const { flaws } = found(conditions, action);
      const serious = flaws.filter((flaw) => !flaw.startsWith('low '));
      const right =
        verdict === 'correct'
          ? serious.length === 0
          : serious.some((flaw) => flaw.endsWith(` ${classes[label] ?? label}`));
      if (!right) disputed.push(`${id} ${label}: ${flaws.join(', ')}`);
    }
    expect(disputed).toEqual([]);
  });
});
