import { compilePolicy } from '../iam/compile.ts';
import { shownText } from '../iam/parse/reader.ts';
import type { Policy } from '../iam/policy.ts';
import { readIssuer } from '../oidc/issuer.ts';
import type { Door } from './acceptance.ts';
import { Examination, type PlacedFlaw } from './examination.ts';
import type { Flaw, FlawClass, OpenQuestion, TrustReport } from './flaw.ts';
import { fillHoles } from './holes.ts';
import { askAudience, askClients } from './questions/audience.ts';
import { askEmptiness } from './questions/emptiness.ts';
import { askNames, askWithdrawn } from './questions/names.ts';
import { askOperators } from './questions/operators.ts';
import { askOutsiders } from './questions/outsiders.ts';
import { askPrincipals } from './questions/principals.ts';
import { askRefs } from './questions/refs.ts';
import { askSiblings } from './questions/siblings.ts';
import { askActions, askProblems } from './questions/text.ts';

/** What is known besides the policy. */
export interface FlawOptions {
  /** The role's own account, where it is known. */
  readonly account?: string;
  /** The audiences that the provider takes (its client ids), where they are known. */
  readonly clients?: readonly string[];
  /** States that one search may keep; more, and the question stays open. */
  readonly budget?: number;
}

/** What lets more in than is named, from the widest on: of several at one place, a wider one says it all. */
const widths: Partial<Record<FlawClass, number>> = {
  'any-owner': 0,
  'owner-prefix': 1,
  // Who calls a workflow says nothing of the refs that it is taken from.
  'reusable-workflow': 4,
  'withdrawn-subject': 2,
  'organization-wide': 2,
  'repository-prefix': 3,
  'any-ref': 4,
  'branch-pattern': 5,
  'tag-pattern': 5,
  'pull-request': 5,
  'environment-pattern': 5,
};

/** What a name put in for an open one cannot show: another name may be the right one. */
const needsNames: ReadonlySet<FlawClass> = new Set(['never-matches', 'custom-subject']);

/**
 * What is wrong with a trust policy at a door of GitHub's: each question is answered by a search among
 * the tokens that GitHub can mint, and each flaw that lets somebody in has such a token. What cannot be
 * answered is `open`, never left out.
 */
export function findFlaws(policy: Policy, door: Door, options: FlawOptions = {}): TrustReport {
  const { policy: filled, taken } = fillHoles(policy, door.provider);
  const compiled = compilePolicy(filled, 'trust');
  const problems = askProblems(compiled);
  const issuer = readIssuer(door.provider);
  if (compiled.fatal || !issuer) return { ...problems, taken };
  const examination = new Examination(compiled, door, issuer, options.budget);
  ask(examination, options);
  const kept = [...problems.flaws, ...narrowed(examination.flaws)];
  const doubtful = taken.size === 0 ? [] : kept.filter((flaw) => needsNames.has(flaw.class));
  return {
    flaws: kept.filter((flaw) => !doubtful.includes(flaw)),
    open: distinct([
      ...problems.open,
      ...examination.open,
      ...doubtful.map(() => ({
        question: 'whether anybody gets in',
        reason: `it hangs on ${[...taken.keys()].join(', ')}`,
        outside: true,
      })),
    ]),
    taken,
  };
}

function ask(examination: Examination, { account, clients }: FlawOptions): void {
  askPrincipals(examination, account);
  if (isTooLarge(examination)) return;
  const { statements, alive } = askEmptiness(examination);
  askActions(examination, statements);
  askOperators(examination, statements);
  const custom = examination.flaws.some((flaw) => flaw.class === 'custom-subject');
  if (!alive && !custom) return;
  askWithdrawn(examination);
  const anybody = askOutsiders(examination);
  if (!anybody) askSiblings(examination, !alive);
  if (!anybody && alive) askRefs(examination);
  const source = alive ? 'default' : 'template';
  askAudience(examination, source);
  if (clients) askClients(examination, source, clients);
  if (!examination.flaws.some((flaw) => flaw.class in widths)) askNames(examination);
}

/** Twice the characters that AWS gives a trust policy at most (4,096 as of 2026-11, on request). */
const maxText = 8192;

/** Whether the conditions of a policy have more text than any role's; then nothing is asked of it. */
function isTooLarge({ policy, open }: Examination): boolean {
  let size = 0;
  for (const { statement } of policy.statements)
    for (const { values, key } of statement.conditions)
      for (const { pieces } of [key, ...values]) size += shownText(pieces).length;
  if (size + policy.statements.length <= maxText) return false;
  open.push({
    question: 'whom the policy lets in',
    reason: `its conditions have ${size} characters, more than AWS takes of a trust policy`,
  });
  return true;
}

/** Leaves out what a wider flaw at the same place says already; what is left stands where no wider one does. */
function narrowed(flaws: readonly PlacedFlaw[]): Flaw[] {
  return flaws.flatMap(({ places, ...flaw }): Flaw[] => {
    const width = widths[flaw.class];
    if (width === undefined || !places) return [flaw];
    const wider = flaws
      .filter((other) => (widths[other.class] ?? width) < width)
      .flatMap((other) => other.places ?? [other]);
    const own = places.find(
      ({ range }) =>
        !wider.some((place) => place.range.start === range.start && place.range.end === range.end),
    );
    return own ? [{ ...flaw, ...own }] : [];
  });
}

function distinct(open: readonly OpenQuestion[]): OpenQuestion[] {
  return [...new Map(open.map((one) => [`${one.question}\n${one.reason}`, one])).values()];
}
