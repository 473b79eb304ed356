import type { RoleState } from '../account/model.ts';
import type { Case } from '../cases/case.ts';
import type { Letters } from '../language/letters.ts';
import type { TokenShape } from '../oidc/token-data.ts';
import type { Authenticator } from './authenticate.ts';
import type { CaseTokens } from './intended.ts';
import { readRoleArn } from './role-search.ts';
import { shapesOf } from './run-tokens.ts';
import type { UsedRole } from './trust-report.ts';

/** A role while its cases are gathered. */
interface Gathered extends UsedRole {
  readonly tokens: CaseTokens[];
  readonly seen: Set<string>;
}

/** The claims that say for whom and for what a token is: what a role is meant for is told by them. */
const telling = ['sub', 'repository', 'ref', 'environment'];

/** The roles that tokens are exchanged for, with the tokens that all cases present to them. */
export class UsedRoles {
  readonly #authenticator: Authenticator;
  readonly #roles = new Map<string, Gathered>();
  readonly #numbers = new Map<Letters, number>();

  constructor(authenticator: Authenticator) {
    this.#authenticator = authenticator;
  }

  /** A case that takes a role. Tokens that differ only in the workflow they come from are kept once. */
  add(one: Case, role: RoleState): void {
    if (one.role.kind !== 'known' || one.credential.method === 'chained') return;
    const arn = readRoleArn(one.role.arn);
    const policy = arn && this.#authenticator.policyOf(role, arn);
    if (!arn || !policy) return;
    const known = this.#roles.get(arn.arn) ?? { arn, role, policy, tokens: [], seen: new Set() };
    this.#roles.set(arn.arn, known);
    const shapes = shapesOf(this.#authenticator.tokensOf(one)).filter((shape) => {
      const key = this.#keyOf(shape);
      if (known.seen.has(key)) return false;
      known.seen.add(key);
      return true;
    });
    if (shapes.length > 0) known.tokens.push({ case: one, shapes });
  }

  /** In the order in which cases first took them. */
  all(): readonly UsedRole[] {
    return [...this.#roles.values()];
  }

  #keyOf({ fields, variables }: TokenShape): string {
    return JSON.stringify([
      telling.map((claim) => fields.get(claim)),
      variables.map(({ name, letters }) => [name, this.#numberOf(letters)]),
    ]);
  }

  #numberOf(letters: Letters): number {
    const number = this.#numbers.get(letters) ?? this.#numbers.size;
    this.#numbers.set(letters, number);
    return number;
  }
}
