import type { Severity } from '../../finding/severity.ts';
import type { Formula } from '../../language/formula.ts';
import { compileGlob } from '../../language/glob.ts';
import {
  documented,
  isWitness,
  type Answer,
  type Examination,
  type SubjectSource,
} from '../examination.ts';
import type { FlawClass } from '../flaw.ts';
import { all, matches, not } from '../formula.ts';
import { placesOf } from '../place.ts';
import { fixesRepository } from '../subject-pattern.ts';
import { sibling, siblingOfId } from '../universe.ts';
import { severityOf } from './severity.ts';

const claims: readonly string[] = ['sub', 'repository', 'repository_owner_id', 'job_workflow_ref'];
const maxOwners = 20;

/**
 * Whether other repositories of a named owner get in: all, or those whose names are alike. `custom` is for
 * a policy that only subjects by a template fulfil; for another one such a subject is far-fetched.
 */
export function askSiblings(examination: Examination, custom: boolean): void {
  const { named } = examination;
  const ids = named.owners.length === 0 ? named.ownerIds : [];
  const all: readonly Owner[] = [
    ...named.owners.map((name) => ({ name, others: sibling(name, named) })),
    ...ids.map((id) => ({ name: id, others: siblingOfId(id, named) })),
  ];
  const owners = all.slice(0, maxOwners);
  if (owners.length < all.length)
    examination.open.push({
      question: 'whether other repositories of each owner get in',
      reason: `the policy names ${all.length} owners, only the first ${maxOwners} were asked about`,
    });
  for (const owner of owners)
    if (!report(owner, examination, 'default', 'high'))
      report(owner, examination, 'template', custom ? 'high' : 'low');
}

/** An owner by name or id, and the tokens of its other repositories. */
interface Owner {
  readonly name: string;
  readonly others: Formula;
}

/** Reports what gets in of an owner; whether there is any. */
function report(
  { name: owner, others }: Owner,
  examination: Examination,
  source: SubjectSource,
  severity: Severity,
): boolean {
  const { named } = examination;
  const ask = (formula: Formula): Answer =>
    examination.askIn(
      source,
      { question: `whether other repositories of ${owner} get in`, formula, kinds: documented },
      fixesRepository,
    );
  const add = (flaw: FlawClass, about: string, formula: Formula): boolean => {
    const witness = ask(formula);
    if (!isWitness(witness)) return false;
    examination.flaws.push({
      class: flaw,
      severity: severityOf(severity, examination, formula, ask),
      about,
      witness,
      ...placesOf(examination, witness, claims),
    });
    return true;
  };
  const patterns = named.repositoryPatterns.filter((pattern) => pattern.startsWith(`${owner}/`));
  const alike = patterns.map((pattern) => like(pattern));
  if (add('organization-wide', owner, all([others, ...alike.map(not)]))) return true;
  const found = patterns.map((pattern) =>
    add('repository-prefix', pattern, all([others, like(pattern)])),
  );
  return found.includes(true);
}

function like(pattern: string): Formula {
  return matches('repository', compileGlob(pattern, { ignoreCase: true }));
}
