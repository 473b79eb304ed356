import { Octokit } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import type { SubjectCustomization } from '@sallyport/core';

import { failureOf, unexpectedForm, type GitHubAnswer } from './answer.ts';

/** Which repository to ask about, and how. */
export interface SubjectRequest {
  readonly owner: string;
  readonly repo: string;
  /** Never printed and never part of an answer. */
  readonly token: string;
  /** `https://HOST/api/v3` for GitHub Enterprise Server, `https://api.SUBDOMAIN.ghe.com`. */
  readonly baseUrl?: string;
  /** Milliseconds for one question with its retries; 20,000 by default. */
  readonly timeout?: number;
  /** Milliseconds between retries, times the square of their number; 1,000 by default. */
  readonly retryDelay?: number;
}

/** What GitHub says about a repository's subjects; each part can fail by itself. */
export interface SubjectReading {
  readonly repository: GitHubAnswer<RepositoryReading>;
  readonly customization: GitHubAnswer<SubjectCustomization['repository']>;
  /** Undefined for a user's repository, which has no organisation. */
  readonly organization?: GitHubAnswer<NonNullable<SubjectCustomization['organization']>>;
}

/** A repository as registered; its name can differ from the one that was asked for after a rename. */
interface RepositoryReading {
  readonly owner: string;
  readonly name: string;
  readonly ownerId: string;
  readonly id: string;
  readonly defaultBranch: string;
  readonly visibility: 'public' | 'private' | 'internal';
}

/**
 * Asks how a repository's subjects are written, in at most three questions.
 * Source: https://docs.github.com/rest/actions/oidc
 */
export async function readSubjectCustomization(request: SubjectRequest): Promise<SubjectReading> {
  const { owner, repo } = request;
  const ask = asker(request);
  const [repository, customization, organization] = await Promise.all([
    ask('GET /repos/{owner}/{repo}', { owner, repo }, 'the repository', readRepository),
    ask(
      'GET /repos/{owner}/{repo}/actions/oidc/customization/sub',
      { owner, repo },
      'the subject settings of the repository',
      readRepositorySubject,
    ),
    ask(
      'GET /orgs/{org}/actions/oidc/customization/sub',
      { org: owner },
      'the subject settings of the organisation',
      readOrganizationSubject,
    ),
  ]);
  const ofUser = repository.kind === 'read' && !repository.value.inOrganization;
  return {
    repository:
      repository.kind === 'read' ? { kind: 'read', value: repository.value.facts } : repository,
    customization,
    ...(ofUser ? {} : { organization }),
  };
}

type Ask = <Value>(
  route: string,
  parameters: Readonly<Record<string, string>>,
  what: string,
  read: (data: object) => Value | undefined,
) => Promise<GitHubAnswer<Value>>;

function asker({ token, baseUrl, timeout = 20_000, retryDelay = 1000 }: SubjectRequest): Ask {
  const silent = (): void => undefined;
  const octokit = new (Octokit.plugin(retry))({
    auth: token,
    userAgent: 'sallyport',
    // The default prints warnings, with the address asked for, to the console.
    log: { debug: silent, info: silent, warn: silent, error: silent },
    retry: { retries: 2, retryAfterBaseValue: retryDelay },
    ...(baseUrl === undefined ? {} : { baseUrl }),
  });
  return async (route, parameters, what, read) => {
    try {
      const { data }: { data: unknown } = await octokit.request(route, {
        ...parameters,
        headers: { 'x-github-api-version': '2022-11-28' },
        request: { signal: AbortSignal.timeout(timeout) },
      });
      const value = typeof data === 'object' && data !== null ? read(data) : undefined;
      return value === undefined ? unexpectedForm(what) : { kind: 'read', value };
    } catch (error) {
      return failureOf(error, what);
    }
  };
}

const field = (data: unknown, name: string): unknown =>
  typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;

function text(data: unknown, name: string): string | undefined {
  const value = field(data, name);
  return typeof value === 'string' ? value : undefined;
}

function id(data: unknown): string | undefined {
  const value = field(data, 'id');
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
    ? String(value)
    : undefined;
}

function readRepository(
  data: object,
): { readonly facts: RepositoryReading; readonly inOrganization: boolean } | undefined {
  const owner = field(data, 'owner');
  const visibility = text(data, 'visibility');
  const facts = {
    owner: text(owner, 'login'),
    name: text(data, 'name'),
    ownerId: id(owner),
    id: id(data),
    defaultBranch: text(data, 'default_branch'),
  };
  if (visibility !== 'public' && visibility !== 'private' && visibility !== 'internal')
    return undefined;
  const { owner: login, name, ownerId, id: repositoryId, defaultBranch } = facts;
  if (!login || !name || !ownerId || !repositoryId || !defaultBranch) return undefined;
  return {
    facts: { owner: login, name, ownerId, id: repositoryId, defaultBranch, visibility },
    inOrganization: text(owner, 'type') !== 'User',
  };
}

function readRepositorySubject(data: object): SubjectCustomization['repository'] | undefined {
  const useDefault = field(data, 'use_default');
  const claims = field(data, 'include_claim_keys');
  const immutable = field(data, 'use_immutable_subject');
  const prefix = text(data, 'sub_claim_prefix');
  if (typeof useDefault !== 'boolean' || !isOptionalList(claims) || !isOptionalBoolean(immutable))
    return undefined;
  return {
    useDefault,
    ...(claims ? { claims } : {}),
    ...(typeof immutable === 'boolean' ? { immutable } : {}),
    ...(prefix === undefined ? {} : { prefix }),
  };
}

function readOrganizationSubject(
  data: object,
): NonNullable<SubjectCustomization['organization']> | undefined {
  const claims = field(data, 'include_claim_keys');
  const immutable = field(data, 'use_immutable_subject');
  if (!isOptionalList(claims) || !isOptionalBoolean(immutable)) return undefined;
  return { claims: claims ?? [], ...(typeof immutable === 'boolean' ? { immutable } : {}) };
}

function isOptionalList(value: unknown): value is readonly string[] | null | undefined {
  return (
    value === undefined ||
    value === null ||
    (Array.isArray(value) && value.every((one) => typeof one === 'string'))
  );
}

function isOptionalBoolean(value: unknown): value is boolean | null | undefined {
  return value === undefined || value === null || typeof value === 'boolean';
}
