import type { CompiledPolicy, CompiledStatement } from '../iam/compile.ts';
import { fixedText } from '../iam/parse/reader.ts';
import type { PolicyText } from '../iam/policy.ts';
import { issuerOf } from '../iam/trust.ts';

/** A value that an Allow statement compares a claim with, as equal or alike. */
export interface NamedValue {
  readonly claim: string;
  readonly text: string;
  /** Whether `*` and `?` are wildcards under its operator. */
  readonly wildcards: boolean;
  readonly value: PolicyText;
  readonly statement: CompiledStatement;
}

/** Whom a policy names: what it was meant for, as far as it says. */
export interface Named {
  readonly values: readonly NamedValue[];
  readonly owners: readonly string[];
  readonly ownerIds: readonly string[];
  /** `owner/name`. */
  readonly repositories: readonly string[];
  readonly repositoryIds: readonly string[];
  /** Full refs. */
  readonly refs: readonly string[];
  readonly environments: readonly string[];
  readonly audiences: readonly string[];
}

const positive: Readonly<Record<string, boolean>> = {
  StringEquals: false,
  StringEqualsIgnoreCase: false,
  StringLike: true,
};

/** The values that let tokens in, in the order of the policy. */
export function namedValues(policy: CompiledPolicy, provider: string): NamedValue[] {
  const prefix = `${issuerOf(provider).toLowerCase()}:`;
  return policy.statements
    .filter(({ statement }) => statement.effect === 'Allow')
    .flatMap((statement) =>
      statement.conditions.flatMap(({ key, condition }) => {
        const wildcards = positive[condition.operator.base ?? ''];
        if (wildcards === undefined || !key?.startsWith(prefix)) return [];
        const claim = key.slice(prefix.length);
        return condition.values.flatMap((value): NamedValue[] => {
          const text = fixedText(value.pieces);
          return text === undefined ? [] : [{ claim, text, wildcards, value, statement }];
        });
      }),
    );
}

const subject =
  /^repo:(?<owner>[^/*?@:]+)(?:@(?<ownerId>\d+|\*))?\/(?:(?<name>[^/*?@:]+)(?:@(?<id>\d+|\*))?(?::(?<context>.*))?$)?/s;

/** Reads names and ids out of what lets tokens in; a name with a wildcard is none. */
export function namedOf(values: readonly NamedValue[]): Named {
  const found = {
    owners: new Set<string>(),
    ownerIds: new Set<string>(),
    repositories: new Set<string>(),
    repositoryIds: new Set<string>(),
    refs: new Set<string>(),
    environments: new Set<string>(),
    audiences: new Set<string>(),
  };
  for (const { claim, text, wildcards } of values) {
    const exact = !wildcards || !/[*?]/.test(text);
    if (claim === 'sub') readSubject(text, exact, found);
    if (claim === 'repository') {
      const [, owner = '', name = ''] = /^([^/*?]+)\/(.*)$/s.exec(text) ?? [];
      if (owner !== '') found.owners.add(owner);
      if (owner !== '' && exact) found.repositories.add(`${owner}/${name}`);
    }
    if (!exact) continue;
    if (claim === 'repository_id') found.repositoryIds.add(text);
    if (claim === 'repository_owner_id') found.ownerIds.add(text);
    if (claim === 'ref') found.refs.add(text);
    if (claim === 'environment') found.environments.add(text);
    if (claim === 'aud') found.audiences.add(text);
  }
  return {
    values,
    owners: [...found.owners],
    ownerIds: [...found.ownerIds],
    repositories: [...found.repositories],
    repositoryIds: [...found.repositoryIds],
    refs: [...found.refs],
    environments: [...found.environments],
    audiences: [...found.audiences],
  };
}

function readSubject(
  text: string,
  exact: boolean,
  found: Readonly<Record<Exclude<keyof Named, 'values'>, Set<string>>>,
): void {
  const groups = subject.exec(text)?.groups;
  if (!groups) return;
  const { owner = '', ownerId, name, id, context } = groups;
  found.owners.add(owner);
  if (ownerId !== undefined && ownerId !== '*') found.ownerIds.add(ownerId);
  if (name !== undefined) found.repositories.add(`${owner}/${name}`);
  if (id !== undefined && id !== '*') found.repositoryIds.add(id);
  if (!exact || context === undefined) return;
  if (context.startsWith('ref:')) found.refs.add(context.slice('ref:'.length));
  if (context.startsWith('environment:'))
    found.environments.add(context.slice('environment:'.length).replaceAll('%3A', ':'));
}
