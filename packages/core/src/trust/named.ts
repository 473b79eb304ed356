import type { CompiledPolicy, CompiledStatement } from '../iam/compile.ts';
import type { CompiledCondition } from '../iam/conditions/condition.ts';
import { fixedText } from '../iam/parse/reader.ts';
import type { PolicyText } from '../iam/policy.ts';
import { issuerOf } from '../iam/trust.ts';
import { fixedStart, fixesSomething, isOpen, readSubjectPattern } from './subject-pattern.ts';

/** A value that an Allow statement compares a claim with, as equal or alike. */
export interface NamedValue {
  readonly claim: string;
  readonly text: string;
  /** Whether `*` and `?` are wildcards under its operator. */
  readonly wildcards: boolean;
  readonly value: PolicyText;
  readonly condition: CompiledCondition;
  readonly statement: CompiledStatement;
}

/** Whom a policy names: what it was meant for, as far as it says. */
export interface Named {
  readonly values: readonly NamedValue[];
  readonly owners: readonly string[];
  /** Patterns of owners that fix a part of the name: `acme*`. */
  readonly ownerPatterns: readonly string[];
  readonly ownerIds: readonly string[];
  /** `owner/name`. */
  readonly repositories: readonly string[];
  /** `owner/name` with wildcards in a name of which some part is fixed: `acme/app*`. */
  readonly repositoryPatterns: readonly string[];
  readonly repositoryIds: readonly string[];
  /** Full refs. */
  readonly refs: readonly string[];
  readonly refPatterns: readonly string[];
  readonly environments: readonly string[];
  readonly audiences: readonly string[];
  /** `job_workflow_ref` without wildcards. */
  readonly workflows: readonly string[];
  /** `job_workflow_ref` of which at least the owner is fixed. */
  readonly workflowPatterns: readonly string[];
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
      statement.conditions.flatMap((compiled) => {
        const { key, condition } = compiled;
        const wildcards = positive[condition.operator.base ?? ''];
        if (wildcards === undefined || !key?.startsWith(prefix)) return [];
        const claim = key.slice(prefix.length);
        return condition.values.flatMap((value): NamedValue[] => {
          const text = fixedText(value.pieces);
          if (text === undefined) return [];
          return [{ claim, text, wildcards, value, condition: compiled, statement }];
        });
      }),
    );
}

type Names = Readonly<Record<Exclude<keyof Named, 'values'>, Set<string>>>;

/** Reads names and ids out of what lets tokens in. */
export function namedOf(values: readonly NamedValue[]): Named {
  const found: Names = {
    owners: new Set(),
    ownerPatterns: new Set(),
    ownerIds: new Set(),
    repositories: new Set(),
    repositoryPatterns: new Set(),
    repositoryIds: new Set(),
    refs: new Set(),
    refPatterns: new Set(),
    environments: new Set(),
    audiences: new Set(),
    workflows: new Set(),
    workflowPatterns: new Set(),
  };
  for (const { claim, text, wildcards } of values) readValue(claim, text, wildcards, found);
  return {
    values,
    owners: [...found.owners],
    ownerPatterns: [...found.ownerPatterns],
    ownerIds: [...found.ownerIds],
    repositories: [...found.repositories],
    repositoryPatterns: [...found.repositoryPatterns],
    repositoryIds: [...found.repositoryIds],
    refs: [...found.refs],
    refPatterns: [...found.refPatterns],
    environments: [...found.environments],
    audiences: [...found.audiences],
    workflows: [...found.workflows],
    workflowPatterns: [...found.workflowPatterns],
  };
}

function readValue(claim: string, text: string, wildcards: boolean, found: Names): void {
  const open = isOpen(text);
  // A wildcard that is none names nothing that exists.
  if (open && !wildcards) return;
  if (claim === 'sub') readSubject(text, found);
  if (claim === 'repository') {
    const slash = text.indexOf('/');
    addRepository(
      slash === -1 ? text : text.slice(0, slash),
      slash === -1 ? undefined : text.slice(slash + 1),
      found,
    );
  }
  if (claim === 'job_workflow_ref') {
    if (!open) found.workflows.add(text);
    if (fixedStart(text).includes('/')) found.workflowPatterns.add(text);
  }
  if (claim === 'ref') addRef(text, found);
  if (claim === 'environment') addMeant(text, found.environments);
  if (open) return;
  if (claim === 'repository_id') found.repositoryIds.add(text);
  if (claim === 'repository_owner_id') found.ownerIds.add(text);
  if (claim === 'aud') found.audiences.add(text);
}

function readSubject(text: string, found: Names): void {
  const { owner, ownerId, repository, repositoryId, ref, environment } = readSubjectPattern(text);
  if (owner !== undefined) addRepository(owner, repository, found);
  if (ownerId !== undefined && isId(ownerId)) found.ownerIds.add(ownerId);
  if (repositoryId !== undefined && isId(repositoryId)) found.repositoryIds.add(repositoryId);
  if (ref !== undefined) addRef(ref, found);
  if (environment === undefined) return;
  // An environment can also be called what this one is encoded as.
  addMeant(environment, found.environments);
  addMeant(environment.replaceAll('%3A', ':'), found.environments);
}

function addRef(ref: string, found: Names): void {
  if (isOpen(ref)) found.refPatterns.add(ref);
  addMeant(ref, found.refs);
}

/** A name with a wildcard behind its start is meant for the name that it starts with. */
function addMeant(pattern: string, names: Set<string>): void {
  const start = fixedStart(pattern);
  if (start !== '') names.add(start);
}

/** A name with a wildcard behind its start is meant for the name that it starts with. */
function addRepository(owner: string, name: string | undefined, found: Names): void {
  if (isOpen(owner)) {
    if (fixesSomething(owner)) found.ownerPatterns.add(owner);
    addName(found.owners, fixedStart(owner));
    return;
  }
  addName(found.owners, owner);
  if (name === undefined || name === '') return;
  if (isOpen(name) && fixesSomething(name)) found.repositoryPatterns.add(`${owner}/${name}`);
  const start = fixedStart(name);
  if (isName(start)) found.repositories.add(`${owner}/${isOpen(name) ? trimmed(start) : start}`);
}

function addName(names: Set<string>, name: string): void {
  if (isName(trimmed(name))) names.add(trimmed(name));
}

/** Without the separators at its end. */
function trimmed(name: string): string {
  let end = name.length;
  while (end > 0 && '-_.'.includes(name.charAt(end - 1))) end -= 1;
  return end === 0 ? name : name.slice(0, end);
}

function isName(text: string): boolean {
  return /^[\w.-]+$/.test(text);
}

function isId(text: string): boolean {
  return /^\d+$/.test(text);
}
