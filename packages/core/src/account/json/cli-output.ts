import type { DocumentNode } from '../../iam/document/node.ts';
import { literalAt, shorten, valueOf } from '../document/access.ts';
import { iamArn } from '../document/arn.ts';
import { embeddedDocument } from '../document/embedded.ts';
import type { AccountState, AttachedPolicy, ProviderState, RoleState } from '../model.ts';
import { missingOf } from '../policy-parts.ts';
import type { ProblemList } from '../problem.ts';
import { apiProvider, apiRole, inlinePolicy, list } from './role.ts';

/** What the output of one `aws iam` command shows; undefined when it is none of the known ones. */
export function readCliOutput(
  root: DocumentNode,
  problems: ProblemList,
): AccountState[] | undefined {
  const role = valueOf(root, 'Role');
  if (role && valueOf(role, 'AssumeRolePolicyDocument')) {
    return states(rolesOf([role], problems), [], false, problems);
  }
  if (valueOf(root, 'Roles')) {
    const cut =
      literalAt(root, 'IsTruncated') === 'true' || literalAt(root, 'NextToken') !== undefined;
    return states(rolesOf(list(root, 'Roles', problems), problems), [], !cut, problems);
  }
  if (valueOf(root, 'OpenIDConnectProviderList')) {
    const providers = list(root, 'OpenIDConnectProviderList', problems).flatMap(
      (node) => apiProvider(node, problems) ?? [],
    );
    return states([], providers, true, problems);
  }
  if (valueOf(root, 'ClientIDList') && valueOf(root, 'Url')) {
    const provider = apiProvider(root, problems);
    return states([], provider ? [provider] : [], false, problems);
  }
  if (valueOf(root, 'PolicyDocument') && literalAt(root, 'RoleName') !== undefined) {
    return states([roleOfPolicy(root, problems)], [], false, problems);
  }
  const version = valueOf(root, 'PolicyVersion');
  const document = embeddedDocument(valueOf(version, 'Document'), problems);
  if (!document) return undefined;
  const [bare] = states([], [], false, problems);
  return bare ? [{ ...bare, policies: [{ name: policyName(problems), document }] }] : [];
}

/** A lone policy document: a trust policy makes a role without a name, any other a policy. */
export function readPolicyFile(root: DocumentNode, problems: ProblemList): AccountState[] {
  const { file } = problems;
  const name = policyName(problems);
  const base = {
    source: { kind: 'policy-file', file },
    providers: [],
    complete: { roles: false, providers: false },
  } as const;
  const document = { file, root };
  const statements = valueOf(root, 'Statement');
  const list = statements?.kind === 'list' ? statements.items : statements ? [statements] : [];
  const trusts = list.some((one) => valueOf(one, 'Principal') ?? valueOf(one, 'NotPrincipal'));
  if (!trusts) return [{ ...base, roles: [], policies: [{ name, document }] }];
  const role: RoleState = {
    label: shorten(file.path),
    file,
    range: root.range,
    trust: document,
    policies: [],
    unresolved: ['a trust policy alone: the role that has it, and its permissions, are not shown'],
  };
  return [{ ...base, roles: [role] }];
}

function rolesOf(nodes: readonly DocumentNode[], problems: ProblemList): RoleState[] {
  return nodes.flatMap((node) => {
    const role = apiRole(node, new Map(), problems);
    // `get-role` and `list-roles` show no policies.
    return role ? [{ ...role, unresolved: [...role.unresolved, policiesUnknown] }] : [];
  });
}

const policiesUnknown = 'the permissions policies are not part of this output';

/** `get-role-policy`: one inline policy, and the name of its role. */
function roleOfPolicy(root: DocumentNode, problems: ProblemList): RoleState {
  const name = literalAt(root, 'RoleName') ?? '';
  const policy: AttachedPolicy = inlinePolicy(root, problems);
  return {
    name: [name],
    label: shorten(name),
    file: problems.file,
    range: root.range,
    policies: [policy],
    unresolved: ['the trust policy is not shown', policiesUnknown, ...missingOf(policy)],
  };
}

function states(
  roles: readonly RoleState[],
  providers: readonly ProviderState[],
  complete: boolean,
  { file }: ProblemList,
): AccountState[] {
  const arns = [...roles, ...providers].map(({ arn }) => iamArn(arn)?.account);
  const accounts = [...new Set(arns.filter((one) => one !== undefined))];
  const owners = accounts.length > 0 ? accounts : [undefined];
  return owners.map((account) => {
    const mine = ({ arn }: { readonly arn?: string }): boolean =>
      account === undefined || (iamArn(arn)?.account ?? accounts[0]) === account;
    return {
      ...(account === undefined ? {} : { account }),
      source: { kind: 'cli-output', file },
      roles: roles.filter(mine),
      providers: providers.filter(mine),
      complete: {
        roles: complete && roles.length > 0,
        providers: complete && providers.length > 0,
      },
    };
  });
}

function policyName({ file }: ProblemList): string {
  return file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\.json$/i, '');
}
