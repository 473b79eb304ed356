import type { Formula } from '../../language/formula.ts';
import { compileGlob } from '../../language/glob.ts';
import { documented, isWitness, type Examination, type SubjectSource } from '../examination.ts';
import type { FlawClass, Witness } from '../flaw.ts';
import { all, equals, matches, not } from '../formula.ts';
import { placesOf } from '../place.ts';
import { fixedStart, fixesOwner, isOpen } from '../subject-pattern.ts';
import { outsider } from '../universe.ts';

/** What lets an owner in, first the claims that name one. */
const claims: readonly string[] = [
  'sub',
  'repository',
  'repository_owner_id',
  'repository_id',
  'job_workflow_ref',
];

/**
 * Whether somebody whom the policy does not name gets in, with GitHub's default subjects or with a
 * template of their own: anybody, owners whose names only start alike, or whoever calls a workflow that
 * the policy names. Tells whether anybody gets in.
 */
export function askOutsiders(examination: Examination): boolean {
  for (const source of ['default', 'template'] as const) {
    const found = new Outsiders(examination, source).report();
    if (found !== 'nobody') return found === 'anybody';
  }
  return false;
}

/** The questions for subjects of one source. */
class Outsiders {
  readonly #examination: Examination;
  readonly #source: SubjectSource;
  readonly #stranger: Formula;

  constructor(examination: Examination, source: SubjectSource) {
    this.#examination = examination;
    this.#source = source;
    this.#stranger = outsider(examination.named);
  }

  report(): 'nobody' | 'some' | 'anybody' {
    const { named } = this.#examination;
    const any = this.#ask([]);
    if (!any) return 'nobody';
    const calling = named.workflowPatterns.map((pattern) =>
      matches('job_workflow_ref', compileGlob(pattern)),
    );
    const others = [...named.ownerPatterns.map(ofOwners), ...calling].map(not);
    const whoever = others.length === 0 ? any : this.#ask(others);
    if (whoever) {
      this.#add('any-owner', whoever, '');
      return 'anybody';
    }
    for (const pattern of named.ownerPatterns)
      this.#add('owner-prefix', this.#ask([ofOwners(pattern), ...calling.map(not)]), pattern);
    for (const [index, workflow] of named.workflowPatterns.entries()) {
      const called = calling[index];
      // Those of the workflow's own owner call what is theirs.
      const [owner = ''] = fixedStart(workflow).split('/');
      const witness = called && this.#ask([called, not(ofOwners(owner))]);
      if (!witness) continue;
      this.#add('reusable-workflow', witness, workflow);
      askRevisions(this.#examination, workflow);
    }
    return 'some';
  }

  #ask(formula: readonly Formula[]): Witness | undefined {
    const asked = {
      question: 'whether owners that the policy does not name get in',
      formula: all([this.#stranger, ...formula]),
      kinds: documented,
    };
    const answer = this.#examination.askIn(this.#source, asked, fixesOwner);
    return isWitness(answer) ? answer : undefined;
  }

  #add(flaw: FlawClass, witness: Witness | undefined, about: string): void {
    if (!witness) return;
    const { named, flaws } = this.#examination;
    // The code of a workflow that is fixed to its ref is the one that was meant; what it works on is not.
    const fixed = flaw === 'reusable-workflow' && named.workflows.includes(about);
    flaws.push({
      class: flaw,
      severity: fixed ? 'medium' : 'high',
      about,
      witness,
      ...placesOf(this.#examination, witness, claims),
    });
  }
}

/** Whether the called workflow may be taken from any branch of its own repository. */
function askRevisions(examination: Examination, workflow: string): void {
  const at = workflow.lastIndexOf('@');
  const [owner, name] = fixedStart(workflow).split('/');
  if (name === undefined || !isOpen(at === -1 ? workflow : workflow.slice(at))) return;
  const { refs } = examination.named;
  const witness = examination.ask({
    question: `which refs of ${workflow} get in`,
    formula: all([
      equals('repository', `${owner}/${name}`, true),
      ...refs.map((ref) => not(equals('ref', ref, true))),
    ]),
    kinds: (data) => data.documented && data.callee === 'own' && data.ref === 'branch',
  });
  if (!isWitness(witness)) return;
  examination.flaws.push({
    class: 'any-ref',
    severity: 'high',
    about: workflow,
    witness,
    ...placesOf(examination, witness, ['job_workflow_ref']),
  });
}

/** Tokens of owners whose names a pattern matches. */
function ofOwners(pattern: string): Formula {
  return matches('repository', compileGlob(`${pattern}/*`, { ignoreCase: true }));
}
