import { patternFormat } from '../../oidc/pattern-format.ts';
import { documented, isWitness, type Examination } from '../examination.ts';
import type { FlawClass } from '../flaw.ts';
import { all, equals, not } from '../formula.ts';
import { placeOfValue, placesOf } from '../place.ts';

const claims: readonly string[] = ['sub', 'repository', 'job_workflow_ref'];
const maxRepositories = 20;

/**
 * Whether a named repository gets in under other ids: after its name was given up and registered anew by
 * somebody else. Subjects without ids are one thing, ids behind a wildcard another.
 */
export function askNames(examination: Examination): void {
  const { named } = examination;
  const otherIds = [
    ...named.repositoryIds.map((id) => not(equals('repository_id', id))),
    ...named.ownerIds.map((id) => not(equals('repository_owner_id', id))),
  ];
  const found = new Set<FlawClass>();
  for (const name of named.repositories.slice(0, maxRepositories)) {
    const formula = all([equals('repository', name, true), ...otherIds]);
    for (const immutable of [false, true]) {
      const flaw = immutable ? 'wildcard-id' : 'mutable-name';
      // One is enough to say so: the advice is the same for all.
      if (found.has(flaw)) continue;
      const question = `whether ${name} gets in after it was registered anew`;
      const witness = examination.ask({
        question,
        formula,
        kinds: (data) => documented(data) && (data.format.kind === 'immutable') === immutable,
      });
      if (!isWitness(witness)) continue;
      const place = placesOf(examination, witness, claims);
      // A name compared as the claim, whatever the subject's form, is a name only.
      if (immutable && !place.written?.includes('@')) continue;
      found.add(flaw);
      examination.flaws.push({ class: flaw, severity: 'low', about: name, witness, ...place });
    }
  }
}

/** Subjects with ids behind a hyphen: GitHub never mints them, but anybody can register such names. */
export function askWithdrawn(examination: Examination): void {
  for (const value of examination.named.values) {
    if (value.claim !== 'sub' || patternFormat(value.text) !== 'withdrawn') continue;
    const slug = /^repo:([^:*?]+)/.exec(value.text)?.[1] ?? '';
    const witness = examination.ask({
      question: `whether ${slug} gets in`,
      formula: equals('repository', slug, true),
      kinds: documented,
    });
    if (!isWitness(witness)) continue;
    const place = placeOfValue(value);
    examination.flaws.push({
      class: 'withdrawn-subject',
      severity: 'high',
      about: slug,
      witness,
      ...place,
    });
  }
}
