import type { RepositoryPolicies } from '../policies.ts';
import type { Rule } from '../rule.ts';
import { defineTrustRule, type FileFlaw } from '../trust-rule.ts';

/**
 * A trust policy that departs from the grammar: IAM does not take it, so the role cannot be made. A file
 * of policies that cannot be read is the same: what we cannot read we do not vouch for.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export const rule: Rule = defineTrustRule({
  id: 'trust-policy-invalid',
  title: 'IAM refuses the trust policy, or it cannot be read',
  severity: 'medium',
  label: 'IAM takes no such policy',
  message: ({ role, about }) =>
    role === ''
      ? `the file could not be examined for trust policies: ${about}`
      : `IAM refuses the trust policy of "${role}": ${about}`,
  help: ({ role }) =>
    role === ''
      ? 'correct the file; nothing can be said of the roles in it'
      : 'mend the policy; nothing can be said of what it would let in',
  more: unreadFiles,
});

/** Files that were not read: `medium` where they speak of GitHub's tokens or were asked for by name. */
function unreadFiles(
  { problems }: RepositoryPolicies,
  named: ReadonlySet<string> | undefined,
): readonly FileFlaw[] {
  return problems.flatMap(({ file, range, message, fatal }): FileFlaw[] => {
    const asked = named?.has(file.path) ?? false;
    if (!fatal && !asked) return [];
    const telling = /token\.actions\.|AssumeRoleWithWebIdentity/.test(file.text);
    return [{ file, range, about: message, severity: asked || telling ? 'medium' : 'low' }];
  });
}
