import { literal } from '../document/access.ts';
import type { AccountState, RoleState } from '../model.ts';

/**
 * Puts outputs of single commands together: a role of which `get-role-policy` shows one policy is the
 * role of that name in `get-role` or `list-roles`, if there is exactly one.
 */
export function mergeCliOutputs(states: readonly AccountState[]): AccountState[] {
  const whole = new Map<string, RoleState | undefined>();
  const parts = new Map<string, RoleState[]>();
  for (const { source, roles } of states) {
    for (const role of source.kind === 'cli-output' ? roles : []) {
      const name = literal(role.name) ?? '';
      if (role.arn === undefined) parts.set(name, [...(parts.get(name) ?? []), role]);
      else whole.set(name, whole.has(name) ? undefined : role);
    }
  }
  const merged = states.map((state) => {
    if (state.source.kind !== 'cli-output') return state;
    const roles = state.roles.flatMap((role) => {
      const name = literal(role.name) ?? '';
      const target = whole.get(name);
      if (!target) return [role];
      if (role !== target) return role.arn === undefined ? [] : [role];
      return [withPolicies(role, parts.get(name) ?? [])];
    });
    return { ...state, roles };
  });
  return merged.filter(
    (state, index) =>
      state.roles.length + state.providers.length + (state.policies?.length ?? 0) > 0 ||
      states[index]?.roles.length === 0,
  );
}

function withPolicies(role: RoleState, parts: readonly RoleState[]): RoleState {
  return { ...role, policies: [...role.policies, ...parts.flatMap(({ policies }) => policies)] };
}
