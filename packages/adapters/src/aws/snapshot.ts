import { type Snapshot, snapshotVersion } from '@sallyport/core';

import { compareText } from '../files/display.ts';
import { AwsError } from './failure.ts';
import { callerAccount, type ClientOptions, IamReader } from './iam.ts';
import { mayTrust, parse } from './trust.ts';

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };
type Provider = NonNullable<Snapshot['openIdConnectProviders']>[number];

/** What a snapshot is to hold. */
export interface SnapshotOptions extends ClientOptions {
  /** `https://...`: only roles that could trust one of them; all roles when empty. */
  readonly issuers: readonly string[];
  /** ISO 8601. */
  readonly takenAt: string;
  /** Told of every role that was read. */
  readonly onProgress?: (phase: 'roles' | 'policies', done: number, total: number) => void;
}

/** A snapshot, and the permissions that were missing for the rest. */
export interface TakenSnapshot {
  readonly snapshot: Snapshot;
  /** `iam:GetPolicyVersion`, sorted; empty when nothing was refused. */
  readonly refused: readonly string[];
}

/** Roles that are read at the same time; the SDK slows down by itself when IAM throttles. */
const parallel = 4;

/**
 * Reads providers, roles, their policies and boundaries; changes nothing. What is refused is left out
 * and named in `partial`.
 * @throws AwsError when there are no credentials, they are not valid, or AWS cannot be reached
 */
export async function takeSnapshot(options: SnapshotOptions): Promise<TakenSnapshot> {
  const account = await callerAccount(options);
  const iam = await IamReader.load(options);
  const taking = new Taking(iam);
  const providers = await taking.providers();
  const roles = await taking.roles(options);
  const policies = await taking.policies(options);
  const partial = taking.missing();
  return {
    snapshot: {
      schemaVersion: snapshotVersion,
      account,
      ...(options.region === undefined ? {} : { region: options.region }),
      takenAt: options.takenAt,
      ...(options.issuers.length > 0 ? { issuers: options.issuers } : {}),
      ...(partial.length > 0 ? { partial } : {}),
      authorizationDetails: { RoleDetailList: roles, Policies: policies, IsTruncated: false },
      ...(providers ? { openIdConnectProviders: providers } : {}),
    },
    refused: taking.refused(),
  };
}

class Taking {
  readonly #iam: IamReader;
  readonly #missing = new Set<string>();
  readonly #refused = new Set<string>();
  readonly #arns = new Set<string>();

  constructor(iam: IamReader) {
    this.#iam = iam;
  }

  missing(): string[] {
    return [...this.#missing].toSorted(compareText);
  }

  refused(): string[] {
    return [...this.#refused].toSorted(compareText);
  }

  async providers(): Promise<Provider[] | undefined> {
    const arns = await this.#attempt('the OIDC providers', () => this.#iam.listProviders());
    if (!arns) return undefined;
    return inParallel(arns.toSorted(compareText), async (arn) => {
      const shown = await this.#attempt(arn, () => this.#iam.getProvider(arn));
      return { arn, ...shown };
    });
  }

  async roles({ issuers, onProgress }: SnapshotOptions): Promise<object[]> {
    const all = (await this.#attempt('the roles', () => this.#iam.listRoles())) ?? [];
    const wanted = all
      .filter((role) => issuers.length === 0 || mayTrust(role.AssumeRolePolicyDocument, issuers))
      .toSorted((a, b) => compareText(a.RoleName ?? '', b.RoleName ?? ''));
    let done = 0;
    return inParallel(
      wanted,
      async ({
        RoleName: name = '',
        Arn: arn,
        Path: path,
        AssumeRolePolicyDocument: trust,
        MaxSessionDuration: seconds,
      }) => {
        const detail: Mutable<Record<string, unknown>> = {
          RoleName: name,
          Arn: arn,
          Path: path,
          ...(seconds === undefined ? {} : { MaxSessionDuration: seconds }),
          AssumeRolePolicyDocument: parse(trust) ?? trust,
        };
        const whole = await this.#attempt(`the permissions boundary of ${name}`, () =>
          this.#iam.getRole(name),
        );
        const boundary = whole?.PermissionsBoundary?.PermissionsBoundaryArn;
        if (boundary !== undefined) {
          this.#arns.add(boundary);
          detail['PermissionsBoundary'] = {
            PermissionsBoundaryType: 'Policy',
            PermissionsBoundaryArn: boundary,
          };
        }
        detail['RolePolicyList'] = await this.#inline(name);
        detail['AttachedManagedPolicies'] = await this.#attached(name);
        done += 1;
        onProgress?.('roles', done, wanted.length);
        return detail;
      },
    );
  }

  async policies({ onProgress }: SnapshotOptions): Promise<object[]> {
    const arns = [...this.#arns].toSorted(compareText);
    let done = 0;
    const read = await inParallel(arns, async (arn) => {
      const policy = await this.#attempt(arn, () => this.#iam.getManagedPolicy(arn));
      done += 1;
      onProgress?.('policies', done, arns.length);
      if (!policy) return [];
      const { name, version, document } = policy;
      const shown = {
        VersionId: version,
        IsDefaultVersion: true,
        Document: parse(document) ?? document,
      };
      return [
        { PolicyName: name, Arn: arn, DefaultVersionId: version, PolicyVersionList: [shown] },
      ];
    });
    return read.flat();
  }

  async #inline(role: string): Promise<object[]> {
    const names =
      (await this.#attempt(`the inline policies of ${role}`, () =>
        this.#iam.listRolePolicies(role),
      )) ?? [];
    const policies: object[] = [];
    for (const name of names.toSorted(compareText)) {
      const policy = await this.#attempt(`the inline policy ${name} of ${role}`, () =>
        this.#iam.getRolePolicy(role, name),
      );
      policies.push({
        PolicyName: name,
        ...(policy ? { PolicyDocument: parse(policy.document) ?? policy.document } : {}),
      });
    }
    return policies;
  }

  async #attached(role: string): Promise<object[]> {
    const list =
      (await this.#attempt(`the managed policies of ${role}`, () =>
        this.#iam.listAttachedPolicies(role),
      )) ?? [];
    return list.map(({ PolicyName, PolicyArn }) => {
      if (PolicyArn !== undefined) this.#arns.add(PolicyArn);
      return { PolicyName, PolicyArn };
    });
  }

  /** Undefined for what was refused or is gone; other failures end the snapshot. */
  async #attempt<Result>(what: string, work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      if (
        !(error instanceof AwsError) ||
        error.kind === 'no-credentials' ||
        error.kind === 'unreachable' ||
        error.kind === 'expired'
      )
        throw error;
      if (error.kind === 'refused') this.#refused.add(error.action);
      this.#missing.add(
        `${what}: ${error.action} ${error.kind === 'refused' ? 'was refused' : `failed: ${error.problem}`}`,
      );
      return undefined;
    }
  }
}

/** Runs `work` on all items, a few at a time, results in the order of the items. */
async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return results;
}
