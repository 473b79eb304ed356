import { readTextFile } from '@sallyport/adapters';
import { parseConfig, rules, SallyportError, type Quotas } from '@sallyport/core';

/**
 * The quotas that a configuration names; none without one.
 * @throws SallyportError `CONFIG_UNREADABLE`, `CONFIG_INVALID`
 */
export function readQuotas(cwd: string, path: string | undefined): Partial<Quotas> {
  if (path === undefined) return {};
  const file = readTextFile(cwd, path, { followAnywhere: true });
  if (file.kind !== 'text') {
    const problem = file.kind === 'absent' ? 'no such file' : file.problem;
    throw new SallyportError('CONFIG_UNREADABLE', { path, problem });
  }
  const ids = rules.map(({ id }) => id);
  const { quotas = {} } = parseConfig(file.text, path, ids);
  const given: Readonly<Record<keyof Quotas, number | undefined>> = {
    trustPolicySize: quotas['trust-policy-size'],
    rolePolicySize: quotas['role-policy-size'],
    managedPolicySize: quotas['managed-policy-size'],
    policiesPerRole: quotas['policies-per-role'],
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
