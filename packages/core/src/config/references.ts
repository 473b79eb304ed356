import type { Config } from './config.ts';
import { unknownKey } from './issue.ts';
import { nearest } from './nearest.ts';
import type { ConfigProblem } from './problem.ts';

/** Names in one part of the configuration that must be declared in another. */
export function checkReferences(config: Config, rules: readonly string[]): ConfigProblem[] {
  const environments = config.environments ?? {};
  const accounts = Object.keys(config.accounts ?? {});
  const stages = Object.keys(environments);
  const problems: ConfigProblem[] = [];
  const refer = (
    path: readonly string[],
    name: string | undefined,
    known: readonly string[],
    what: string,
  ): void => {
    if (name === undefined || known.includes(name)) return;
    const meant = nearest(name, known);
    problems.push({
      path,
      problem: `"${path.join('.')}" names ${what} "${name}", which is not declared`,
      cure:
        meant === undefined
          ? `declare it, or name one of: ${known.join(', ') || 'none yet'}`
          : `did you mean "${meant}"?`,
    });
  };
  for (const [name, { account, through }] of Object.entries(environments)) {
    refer(['environments', name, 'account'], account, accounts, 'the account');
    refer(['environments', name, 'through'], through, stages, 'the environment');
    if (leadsBack(environments, name)) {
      problems.push({
        path: ['environments', name, 'through'],
        problem: `"environments.${name}.through" leads back to "${name}"`,
        cure: 'name the stage before it, and none for the first',
      });
    }
  }
  refer(['publish', 'environment'], config.publish?.environment, stages, 'the environment');
  for (const rule of Object.keys(config.audit?.rules ?? {})) {
    if (!rules.includes(rule)) problems.push(unknownRule(rule, rules));
  }
  return problems;
}

function leadsBack(environments: NonNullable<Config['environments']>, start: string): boolean {
  const seen = new Set<string>();
  let at = environments[start]?.through;
  while (at !== undefined && !seen.has(at)) {
    if (at === start) return true;
    seen.add(at);
    at = environments[at]?.through;
  }
  return false;
}

function unknownRule(rule: string, rules: readonly string[]): ConfigProblem {
  const { cure, ...rest } = unknownKey(rule, rules, ['audit', 'rules']);
  return {
    ...rest,
    problem: `unknown rule "${rule}"`,
    cure: cure.startsWith('known') ? 'see docs/rules for the list' : cure,
  };
}
