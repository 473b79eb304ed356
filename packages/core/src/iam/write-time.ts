import { compileActions } from './elements/pattern.ts';
import { claimKeysOf, otherIssuer } from './keys/github-keys.ts';
import { fixedText, shownText } from './parse/reader.ts';
import type { Condition, Policy, PolicyText, Statement } from './policy.ts';
import { requestContext } from './request/context.ts';
import { issuerOf, webIdentityAction } from './trust.ts';

/** What IAM says when a trust policy is written. `undecided` where nobody has tried, or a text is not known. */
export interface WriteTimeAnswer {
  readonly verdict: 'accepted' | 'rejected' | 'undecided';
  /** From 0. */
  readonly statement: number;
  /** The provider that the statement trusts. */
  readonly provider: string;
  /** IAM's own words (code `MalformedPolicyDocument`, status 400), or why it is not decided. */
  readonly message?: string;
}

/**
 * The check that CreateRole and UpdateAssumeRolePolicy make of every statement that lets a token of
 * GitHub in. It looks at the text of the policy, not at what it admits: `repo:*` passes. Policies that
 * exist are not looked at until they are changed.
 *
 * Tried by others on 2026-08-30: no `sub`, `repository` or `repository_id` alone, and `StringLike "*"`
 * are rejected, `repo:*` and `repo:*\/*` are accepted. Not tried, so `undecided`: issuers of one
 * enterprise and of ghe.com, set operators and IfExists, `*` in StringEquals or beside other values,
 * patterns of nothing but wildcards, statements of other actions.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
export function writeTimeAnswers(policy: Policy): WriteTimeAnswer[] {
  return policy.statements.flatMap((statement) =>
    githubProviders(statement).map((provider) => answerOf(statement, provider)),
  );
}

const nothing = requestContext({ complete: true });
const shared = 'token.actions.githubusercontent.com';

/** Who is trusted and is, or may be, a provider of GitHub's. */
function githubProviders({ effect, principal }: Statement): PolicyText[] {
  if (effect !== 'Allow' || !principal || principal.negated) return [];
  return principal.values
    .filter(({ kind }) => kind === 'Federated')
    .map(({ value }) => value)
    .filter(({ pieces }) => {
      const provider = fixedText(pieces);
      return provider === undefined || claimKeysOf(issuerOf(provider)).name !== otherIssuer;
    });
}

function answerOf({ index, action, conditions }: Statement, text: PolicyText): WriteTimeAnswer {
  const provider = shownText(text.pieces);
  const common = { statement: index, provider };
  if (fixedText(text.pieces) === undefined) {
    const message = `the provider ${provider} is not known`;
    return { ...common, verdict: 'undecided', message };
  }
  const issuer = issuerOf(provider);
  const keys = [`${issuer}:sub`, `${issuer}:job_workflow_ref`];
  const answers = conditions.map((condition) => restricts(condition, keys));
  if (answers.includes(true)) return { ...common, verdict: 'accepted' };
  const open = answers.find((answer) => typeof answer === 'string');
  if (typeof open === 'string') return { ...common, verdict: 'undecided', message: open };
  if (issuer.toLowerCase() !== shared) {
    const message = `nobody has tried whether IAM takes ${issuer} for a shared provider`;
    return { ...common, verdict: 'undecided', message };
  }
  if (!action || compileActions(action).matches(webIdentityAction, nothing) !== true) {
    const message = `nobody has tried whether IAM asks for a condition where ${webIdentityAction} is not allowed`;
    return { ...common, verdict: 'undecided', message };
  }
  const message = `Trust policy with trusted principal ${provider} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${keys.join(' or ')} which is not scoped to all.`;
  return { ...common, verdict: 'rejected', message };
}

/** Whether a condition is one that the check asks for; a text when that is not known. */
function restricts(
  { operator, key, values }: Condition,
  keys: readonly string[],
): boolean | string {
  const { base, set, ifExists, written } = operator;
  const name = fixedText(key.pieces);
  if (name === undefined) return `the key ${shownText(key.pieces)} is not known`;
  if (!keys.some((one) => one.toLowerCase() === name.toLowerCase())) return false;
  if (base !== 'StringEquals' && base !== 'StringLike' && base !== 'StringEqualsIgnoreCase')
    return base === undefined ? `the operator ${written} is not known` : false;
  if (set !== undefined || ifExists) return `nobody has tried whether ${written} is enough`;
  const wide = values.filter((value) => isWide(value));
  if (wide.length === 0 && values.length > 0) return true;
  const [only, ...more] = values;
  if (base === 'StringLike' && only && more.length === 0 && fixedText(only.pieces) === '*')
    return false;
  const shown = values.map(({ pieces }) => shownText(pieces)).join(', ');
  return `nobody has tried whether ${written} [${shown}] is scoped to all`;
}

/** Nothing but wildcards, or perhaps so when a hole is filled. */
function isWide({ pieces }: PolicyText): boolean {
  return pieces.every((piece) => typeof piece !== 'string' || /^[*?]*$/.test(piece));
}
