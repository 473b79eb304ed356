import type { RoleState } from '../account/model.ts';
import type { CompiledPolicy } from '../iam/compile.ts';
import { compileGlob } from '../language/glob.ts';
import { findWord } from '../language/search.ts';
import { conditionPrefix } from '../oidc/issuer.ts';
import { matches } from '../trust/formula.ts';
import { namedValues } from '../trust/named.ts';
import { beyondIntended, type Beyond, type OpenQuestion } from './beyond.ts';
import { configuredTokens, tokensOfCases, type CaseTokens } from './intended.ts';
import type { Place } from './proof.ts';
import type { RoleArn } from './role-search.ts';
import type { Intention, ProveSettings } from './settings.ts';

/** What a role that a case takes accepts besides what is meant, and what nobody presents to it. */
export interface RoleReport {
  /** The ARN, or the label in its file. */
  readonly role: string;
  readonly at: Place;
  /** What the intended tokens were taken from. */
  readonly intended: 'configuration' | 'cases';
  readonly beyond: readonly Beyond[];
  readonly open: readonly OpenQuestion[];
  /** Subjects in the policy that no case of this repository presents. */
  readonly unused: readonly UnusedSubject[];
}

/** A subject of a trust policy that is about this repository, but about no run of it. */
interface UnusedSubject {
  readonly subject: string;
  readonly at: Place;
}

/** A role that cases take, and what they present to it. */
export interface UsedRole {
  readonly arn: RoleArn;
  readonly role: RoleState;
  /** Its trust policy. */
  readonly policy: CompiledPolicy;
  readonly tokens: readonly CaseTokens[];
}

/** Compares what a role accepts with what is meant. */
export function reportRole(
  { arn: parts, role, policy, tokens }: UsedRole,
  settings: ProveSettings,
): RoleReport {
  const { arn } = parts;
  const provider = `arn:${parts.partition}:iam::${parts.account}:oidc-provider/${conditionPrefix(settings.issuer)}`;
  const door = { provider, role: arn };
  const meant = settings.intentions.filter((one) => isFor(one, parts));
  const accepts = meant.flatMap((one) => one.accepts ?? []);
  const configured = meant.some((one) => one.accepts !== undefined);
  const { beyond, open } = beyondIntended({
    policy,
    door,
    issuer: settings.issuer,
    repository: settings.known,
    intended: configured
      ? configuredTokens(accepts, settings.known)
      : tokensOfCases(tokens, settings.known),
    namedAreMeant: !configured,
  });
  const shapes = tokens.flatMap((one) => one.shapes);
  const { owner, name } = settings.known;
  const own = new RegExp(`^repo:${quoted(owner)}(@[^/]*)?/${quoted(name)}(@[^:]*)?(:|$)`, 'i');
  const unused = namedValues(policy, provider)
    .filter(({ claim, text }) => claim === 'sub' && own.test(text))
    .filter(({ text, wildcards }) => {
      const used = matches('sub', compileGlob(text, { wildcards }));
      return findWord(shapes, used).kind === 'empty';
    })
    .map(({ text, value }) => ({
      subject: text,
      at: { file: policy.policy.file, range: value.range },
    }));
  const at = { file: role.file, range: role.range };
  return { role: arn, at, intended: configured ? 'configuration' : 'cases', beyond, open, unused };
}

function isFor(
  { role, account }: Intention,
  arn: { account: string; name: string; arn: string },
): boolean {
  if (account !== undefined && account !== arn.account) return false;
  return role === arn.name || role === arn.arn;
}

function quoted(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
