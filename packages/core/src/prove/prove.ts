import type { PolicySources } from '../account/read.ts';
import type { Case } from '../cases/case.ts';
import { enumerateCases, type CaseOptions, type Enumeration } from '../cases/enumerate.ts';
import type { Formula } from '../language/formula.ts';
import { findWord } from '../language/search.ts';
import { fileOf } from '../workflow/model.ts';
import { Authenticator, withinOf, type Authenticated } from './authenticate.ts';
import { chainReasons } from './chain.ts';
import type { CaseProof, Place, Reason } from './proof.ts';
import { readRoleArn } from './role-search.ts';
import { shapesOf } from './run-tokens.ts';
import type { ProveSettings } from './settings.ts';
import { reportRole, type RoleReport } from './trust-report.ts';
import { UsedRoles } from './used-roles.ts';

/** What is proved of a repository before any push. */
export interface Proof extends Omit<Enumeration, 'cases'> {
  readonly cases: readonly CaseProof[];
  /** The roles that cases take and that were found. */
  readonly trust: readonly RoleReport[];
  /** What holds for every case, in words. */
  readonly assumptions: readonly string[];
}

const alwaysAssumed = [
  'no policy of the organisation (service or resource control policy) refuses the call: none was given',
];

/**
 * Decides for every job, trigger and role whether STS would accept the token that GitHub mints, and
 * which other tokens the roles accept.
 */
export function prove(
  sources: PolicySources,
  settings: ProveSettings,
  options: CaseOptions,
): Proof {
  const { cases: everyCase, ...rest } = enumerateCases(settings.repository, options);
  const authenticator = new Authenticator(settings, sources.states);
  const { within } = withinOf(settings);
  const cases = everyCase.filter((one) => runsAt(one, authenticator, within));
  const used = new UsedRoles(authenticator);
  const decided = new Map<Case, Authenticated>();
  const decide = (one: Case): Authenticated => {
    const known = decided.get(one);
    if (known) return known;
    // INVARIANT: a chained case comes after its source, which is another case of the same job.
    const made =
      one.credential.method === 'chained'
        ? decideChained(one, authenticator, decide)
        : authenticator.decide(one);
    decided.set(one, made);
    return made;
  };
  const ids = idsOf(cases);
  const proofs = cases.map((one, index): CaseProof => {
    const { role, ...made } = decide(one);
    if (role) used.add(one, role);
    const assumptions = [...one.assumptions, ...made.assumptions];
    return {
      case: one,
      id: ids[index] ?? '',
      at: placeOf(one),
      ...(role ? { role } : {}),
      ...made,
      assumptions,
      authentication: settings.strict
        ? strictly(made.authentication, assumptions)
        : made.authentication,
    };
  });
  return {
    ...rest,
    cases: proofs,
    trust: used.all().map((role) => reportRole(role, settings)),
    assumptions: alwaysAssumed,
  };
}

/** Whether a case has runs of the refs that are asked about. */
function runsAt(one: Case, authenticator: Authenticator, within: Formula | undefined): boolean {
  if (!within) return true;
  return findWord(shapesOf(authenticator.tokensOf(one)), within).kind !== 'empty';
}

/** With `--strict` nothing is taken for granted. */
function strictly(
  authentication: CaseProof['authentication'],
  assumptions: readonly string[],
): CaseProof['authentication'] {
  if (authentication.verdict === 'denied' || authentication.verdict === 'undecided')
    return authentication;
  const reasons = [...alwaysAssumed, ...assumptions].map((message): Reason => ({
    code: 'not-given',
    message,
  }));
  return {
    ...authentication,
    verdict: 'undecided',
    reasons: [...authentication.reasons, ...reasons],
  };
}

function decideChained(
  one: Case,
  authenticator: Authenticator,
  decide: (source: Case) => Authenticated,
): Authenticated {
  const { source, sourceBesides, role: choice } = one;
  const stop = (
    verdict: 'denied' | 'undecided',
    reason: Reason,
    more: Partial<Authenticated> = {},
  ): Authenticated => ({
    claims: new Map(),
    comparisons: [],
    assumptions: [],
    ...more,
    authentication: { verdict, reasons: [reason], formats: [] },
  });
  if (!source)
    return sourceBesides === undefined
      ? stop('denied', {
          code: 'source-missing',
          message: 'role-chaining needs credentials, and no step before it in the job gives any',
          help: 'add a step before it that takes a role by OIDC, or leave out role-chaining',
        })
      : stop('undecided', {
          code: 'source-undecided',
          message: `the step takes its role with ${sourceBesides}, which nobody can see`,
        });
  const before = decide(source);
  const { verdict } = before.authentication;
  if (verdict === 'denied')
    return stop('denied', {
      code: 'source-refused',
      message: 'the role that its credentials come from is refused to the job',
    });
  if (choice.kind !== 'known' || choice.fault !== undefined) return authenticator.decide(one);
  const arn = readRoleArn(choice.arn);
  const hubArn = source.role.kind === 'known' ? readRoleArn(source.role.arn) : undefined;
  if (!arn)
    return stop('denied', {
      code: 'role-malformed',
      message: `"${choice.arn}" is no ARN of a role`,
    });
  const found = authenticator.find(arn);
  if (found.kind !== 'found')
    return found.kind === 'missing'
      ? stop('denied', found.reason)
      : stop('undecided', found.reason);
  if (!hubArn || !before.role)
    return stop(
      'undecided',
      {
        code: 'source-undecided',
        message: 'nothing that was given shows the role that its credentials come from',
      },
      { role: found.role },
    );
  const trust = authenticator.policyOf(found.role, arn);
  if (!trust)
    return stop(
      'undecided',
      {
        code: 'trust-unseen',
        message: `nothing that was given shows the trust policy of ${arn.arn}`,
      },
      { role: found.role },
    );
  const hop = {
    one,
    hub: { role: before.role, arn: hubArn },
    target: { role: found.role, arn },
    trust,
  };
  const answer = chainReasons(hop);
  const weakest = answer.verdict === 'allowed' ? verdict : answer.verdict;
  const reasons: readonly Reason[] =
    answer.verdict === 'allowed' && verdict !== 'allowed'
      ? [
          {
            code: 'source-undecided',
            message: `the role that its credentials come from is ${verdict}`,
          },
        ]
      : answer.reasons;
  return {
    claims: before.claims,
    comparisons: [],
    assumptions: found.assumptions,
    role: found.role,
    authentication: { verdict: weakest, reasons, formats: [] },
  };
}

/** `release.yml/deploy@push`, with a number where several cases share it. */
function idsOf(cases: readonly Case[]): readonly string[] {
  const plain = cases.map(({ workflow, callers, job, run }) => {
    const file = workflow.file.path.slice(workflow.file.path.lastIndexOf('/') + 1);
    return `${file}/${[...callers, job].map(({ id }) => id).join('/')}@${run.event}`;
  });
  const total = new Map<string, number>();
  for (const id of plain) total.set(id, (total.get(id) ?? 0) + 1);
  const seen = new Map<string, number>();
  return plain.map((id) => {
    const number = (seen.get(id) ?? 0) + 1;
    seen.set(id, number);
    return total.get(id) === 1 ? id : `${id}#${number}`;
  });
}

function placeOf({ credential }: Case): Place {
  const { step } = credential;
  const node = credential.input('role-to-assume')?.text.node ?? step.uses?.node ?? step.node;
  return { file: fileOf(step), range: { start: node.start, end: node.end } };
}
