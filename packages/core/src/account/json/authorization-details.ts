import type { DocumentNode } from '../../iam/document/node.ts';
import { itemsOf, literalAt, valueOf } from '../document/access.ts';
import { iamArn } from '../document/arn.ts';
import type { AccountState, AttachedPolicy, RoleState } from '../model.ts';
import type { ProblemList } from '../problem.ts';
import { apiRole, documentsByArn, list, managedPolicies } from './role.ts';

/**
 * Output of `aws iam get-account-authorization-details`: one page or a list of pages, of one account
 * or several, one state per account
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html).
 * Roles are complete unless the last page is cut off or a filter left them out; providers are not shown.
 */
export function readAuthorizationDetails(
  root: DocumentNode,
  problems: ProblemList,
): AccountState[] {
  const pages = itemsOf(root);
  const managed = pages.flatMap((page) => managedPolicies(page, problems));
  const documents = documentsByArn(managed);
  const accounts = new Map<string | undefined, Gathered>();
  const gathered = (account: string | undefined): Gathered => {
    const known = accounts.get(account) ?? { roles: [], cut: false };
    accounts.set(account, known);
    return known;
  };
  let account: string | undefined;
  for (const page of pages) {
    account = accountOfPage(page, problems) ?? account;
    let cut =
      literalAt(page, 'IsTruncated') === 'true' ||
      literalAt(page, 'NextToken') !== undefined ||
      valueOf(page, 'RoleDetailList') === undefined;
    for (const node of list(page, 'RoleDetailList', problems)) {
      const role = apiRole(node, documents, problems);
      if (role) gathered(iamArn(role.arn)?.account ?? account).roles.push(role);
      else cut = true;
    }
    // INVARIANT: of an account's pages only the last may say that more follow.
    gathered(account).cut = cut;
  }
  return [...accounts]
    .filter(([, { roles }]) => roles.length > 0 || accounts.size === 1)
    .map(([owner, { roles, cut }]) => ({
      ...(owner === undefined ? {} : { account: owner }),
      source: { kind: 'authorization-details', file: problems.file },
      roles,
      providers: [],
      complete: { roles: !cut && owner !== undefined, providers: false },
      policies: unattached(managed, roles, owner),
      ...(cut ? { missing: [cutOff] } : {}),
    }));
}

interface Gathered {
  readonly roles: RoleState[];
  cut: boolean;
}

const cutOff = 'roles that follow: IsTruncated is true, or a page shows no RoleDetailList';

/** The account that any ARN of the page names; policies of AWS itself belong to no account. */
function accountOfPage(page: DocumentNode, problems: ProblemList): string | undefined {
  for (const name of ['RoleDetailList', 'UserDetailList', 'GroupDetailList', 'Policies']) {
    for (const item of list(page, name, problems)) {
      const account = iamArn(literalAt(item, 'Arn'))?.account;
      if (account !== undefined && account !== 'aws') return account;
    }
  }
  return undefined;
}

function unattached(
  managed: readonly AttachedPolicy[],
  roles: readonly RoleState[],
  account: string | undefined,
): AttachedPolicy[] {
  const named = new Set(
    roles.flatMap(({ policies, boundary }) =>
      [...policies, ...(boundary ? [boundary] : [])].map(({ arn }) => arn),
    ),
  );
  return managed.filter(({ arn }) => {
    const owner = iamArn(arn)?.account;
    return !named.has(arn) && (owner === account || owner === 'aws');
  });
}
