import type { Policy, PolicyProblem, Statement } from './policy.ts';

/**
 * Where a policy stands. `trust` is the resource policy of a role, `resource` that of anything else.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
 */
export type PolicyKind = 'identity' | 'boundary' | 'session' | 'scp' | 'rcp' | 'trust' | 'resource';

/** Which elements a statement must have, and which it may not have. */
interface Elements {
  readonly principal: 'required' | 'forbidden';
  readonly resource: 'required' | 'forbidden' | 'optional';
}

const byIdentity: Elements = { principal: 'forbidden', resource: 'required' };
const elementsOf: Readonly<Record<PolicyKind, Elements>> = {
  identity: byIdentity,
  boundary: byIdentity,
  session: byIdentity,
  scp: byIdentity,
  rcp: { principal: 'required', resource: 'required' },
  // IAM: "Has prohibited field Resource".
  trust: { principal: 'required', resource: 'forbidden' },
  // ECR's repository policies have none.
  resource: { principal: 'required', resource: 'optional' },
};

/** What a policy lacks or has too much for where it stands; IAM refuses it for each. */
export function kindProblems(policy: Policy, kind: PolicyKind): PolicyProblem[] {
  return policy.statements.flatMap((statement) => [
    ...problemsWith(statement, 'principal', elementsOf[kind].principal, kind),
    ...problemsWith(statement, 'resource', elementsOf[kind].resource, kind),
  ]);
}

/** What a policy is by its looks: a role's trust, another resource's policy, or an identity's. */
export function guessKind({ statements }: Policy): PolicyKind {
  if (statements.every(({ principal }) => !principal)) return 'identity';
  const trust = statements.every(
    ({ action, resource }) => !resource && action?.values.some(isOfSts),
  );
  return trust ? 'trust' : 'resource';
}

function isOfSts({ pieces }: { readonly pieces: readonly unknown[] }): boolean {
  const [first] = pieces;
  return typeof first === 'string' && /^sts:/i.test(first);
}

function problemsWith(
  statement: Statement,
  element: 'principal' | 'resource',
  rule: 'required' | 'forbidden' | 'optional',
  kind: PolicyKind,
): PolicyProblem[] {
  const name = element === 'principal' ? 'Principal' : 'Resource';
  const found = statement[element];
  const where = `statement ${statement.index + 1}`;
  const article = kind === 'identity' ? 'an' : 'a';
  if (rule === 'required' && !found) {
    const message = `${where} has no ${name}, which ${article} ${kind} policy needs`;
    return [{ code: 'policy-missing-element', range: statement.range, message, fatal: true }];
  }
  if (rule === 'forbidden' && found) {
    const message = `${where} has a ${name}, which ${article} ${kind} policy may not have`;
    return [{ code: 'policy-unknown-element', range: found.range, message, fatal: true }];
  }
  return [];
}
