import type { AccountState, RoleState } from '../account/model.ts';
import { readPolicySources, type PolicySources } from '../account/read.ts';
import type { HclEngine } from '../account/terraform/engine.ts';
import { parsePolicy } from '../iam/parse/policy.ts';
import { fixedText, shownText } from '../iam/parse/reader.ts';
import { accountOfArn } from '../iam/request/request.ts';
import { conditionPrefix, readIssuer } from '../oidc/issuer.ts';
import type { SourceFile } from '../text/source.ts';
import type { TrustedIssuer } from './door.ts';
import { examineTrust } from './examine.ts';
import type { ExaminedPolicies, ExaminedRole } from './examined.ts';
import type { OpenQuestion, TrustReport } from './flaw.ts';

/** More notes than this are counted, not shown. */
const maxNotes = 50;

/**
 * Reads files of every kind that holds roles, and examines the trust policies that are about GitHub.
 * `engine` is needed for `.tf` files. Never throws.
 */
export function examinePolicyFiles(
  files: readonly SourceFile[],
  engine?: HclEngine,
): ExaminedPolicies {
  const sources = readPolicySources(files, engine);
  const roles = sources.states.flatMap((state) =>
    state.roles.flatMap((role) => examineRole(role, state, sources) ?? []),
  );
  return {
    files,
    roles,
    problems: sources.problems,
    notes: notesOn(sources, roles),
    undecided: [...new Set(roles.flatMap((role) => openQuestions(role, isDecidable)))],
  };
}

function examineRole(
  role: RoleState,
  state: AccountState,
  sources: PolicySources,
): ExaminedRole | undefined {
  if (!role.trust) return undefined;
  const account = accountOfArn(role.arn ?? '') ?? state.account;
  const report = examineTrust(parsePolicy(role.trust), {
    ...(role.arn === undefined ? {} : { role: role.arn }),
    ...(account === undefined ? {} : { account }),
    clientsOf: (trusted) => clientsOf(trusted, sources),
  });
  return report && { role, file: role.trust.file, report };
}

/** The audiences of the only provider with that address; undefined where one of them is open. */
function clientsOf(
  { issuer, account }: TrustedIssuer,
  { states }: PolicySources,
): readonly string[] | undefined {
  const providers = states.flatMap((state) =>
    state.providers.filter(({ url, arn }) => {
      const own = accountOfArn(arn ?? '') ?? state.account;
      if (own !== undefined && account !== undefined && own !== account) return false;
      const known = readIssuer(shownText(url));
      return known !== undefined && conditionPrefix(known) === conditionPrefix(issuer);
    }),
  );
  const [provider, ...others] = providers;
  if (!provider || others.length > 0) return undefined;
  const clients = provider.clientIds?.map(fixedText);
  return clients?.every((client) => client !== undefined) ? clients : undefined;
}

/** What could not be followed, read or decided, each with its place. */
function notesOn(sources: PolicySources, roles: readonly ExaminedRole[]): string[] {
  const notes = [
    ...sources.unresolved.map(({ file, range, label, what }) => at(file, range, label, what)),
    ...sources.states.flatMap((state) => state.roles.flatMap(openTrust)),
    ...roles.flatMap((role) => openQuestions(role)),
  ];
  const distinct = [...new Set(notes)];
  const left = distinct.length - maxNotes;
  return left > 0
    ? [...distinct.slice(0, maxNotes), `${left} more parts of policies were not decided`]
    : distinct;
}

/** The questions that were left open, one for each reason. */
function openQuestions(
  { role, file, report }: ExaminedRole,
  counts: (question: OpenQuestion, report: TrustReport) => boolean = () => true,
): string[] {
  const open = report.open.filter((one) => counts(one, report));
  const first = new Map(open.map((one) => [one.reason, one] as const).toReversed());
  const range = role.trust?.root.range ?? role.range;
  return [...first.values()]
    .toReversed()
    .map(({ question, reason }) => at(file, range, role.label, `${question}: ${reason}`));
}

/** Whether the files hold all that the answer needs: no name was put in for one that they leave open. */
function isDecidable({ outside }: OpenQuestion, { taken }: TrustReport): boolean {
  return outside !== true && taken.size === 0;
}

/** What of a role's trust could not be resolved. */
function openTrust({ file, range, label, unresolved }: RoleState): string[] {
  return unresolved
    .filter((what) => what.startsWith('the trust policy') && !what.endsWith('is not shown'))
    .map((what) => at(file, range, label, what));
}

function at(
  file: SourceFile,
  { start }: { readonly start: number },
  label: string,
  what: string,
): string {
  const text = `${file.path}:${file.lines.position(start).line}: ${label}: ${what}`;
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
}
