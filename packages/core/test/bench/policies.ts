// What the benchmarks of policies call: core's own files, bundled like the command line.
import { evaluate } from '../../src/iam/evaluate.ts';
import { requestContext } from '../../src/iam/request/context.ts';
import { readPrincipal } from '../../src/iam/request/principal.ts';
import { accessRequest } from '../../src/iam/request/request.ts';
import { evaluateTrust } from '../../src/iam/trust.ts';
import type { Formula } from '../../src/language/formula.ts';
import { compileGlob } from '../../src/language/glob.ts';
import { findWord } from '../../src/language/search.ts';
import { githubCom } from '../../src/oidc/issuer.ts';
import { mintableTokens } from '../../src/oidc/mintable-tokens.ts';
import { compiled, type Json } from '../iam/policies.ts';

/** Prepares a trust policy; what comes back asks it about a token's claims. */
export function trustDoor(
  policy: Json,
  provider: string,
): (claims: ReadonlyMap<string, string>) => string {
  const door = compiled(policy, 'trust');
  return (claims) => evaluateTrust(door, { provider, claims }).verdict;
}

/** A question to the policies of a principal. */
export interface Question {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

/** Prepares a principal's policy; what comes back asks it about actions. */
export function identityDoor(policy: Json, arn: string): (question: Question) => string {
  const identity = [compiled(policy, 'identity')];
  const principal = readPrincipal(arn) ?? { kind: 'unspecified' };
  return ({ action, resource, context }) => {
    const values = Object.entries(context);
    const known = requestContext({ values, complete: true });
    return evaluate({ identity }, accessRequest({ principal, action, resource, context: known }))
      .verdict;
  };
}

/** Which subject: one glob that it matches and others that it does not. */
export interface SubjectQuestion {
  readonly like: string;
  readonly unlike: readonly string[];
}

const shapes = mintableTokens({
  issuer: githubCom,
  audiences: ['sts.amazonaws.com'],
  claims: new Set(['sub', 'aud', 'repository', 'repository_id', 'job_workflow_ref', 'ref']),
});

/** A subject that GitHub could mint for somebody, or why there is none. */
export function findSubject({ like, unlike }: SubjectQuestion): string {
  const sub = (pattern: string): Formula => ({
    kind: 'matches',
    field: 'sub',
    glob: compileGlob(pattern),
  });
  const excluded = unlike.map((pattern): Formula => ({ kind: 'not', of: sub(pattern) }));
  const found = findWord(shapes, { kind: 'all', of: [sub(like), ...excluded] });
  return found.kind === 'found' ? (found.word.fields.get('sub') ?? '') : found.kind;
}
