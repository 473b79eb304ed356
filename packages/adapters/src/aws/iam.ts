import type * as Iam from '@aws-sdk/client-iam';

import { call } from './failure.ts';

type Sdk = typeof Iam;

/** How a client is made. */
export interface ClientOptions {
  readonly profile?: string;
  readonly region?: string;
}

/** A name and a document, percent-encoded as the API gives it. */
export interface ShownPolicy {
  readonly name: string;
  readonly document: string | undefined;
}

/** A managed policy with its default version. */
export interface ShownManagedPolicy extends ShownPolicy {
  readonly arn: string;
  readonly version: string;
}

/**
 * The reading half of IAM's API, page by page. Each method throws an {@link AwsError} that names the
 * permission which its call needs; throttled calls are tried again, ever more slowly.
 */
export class IamReader {
  readonly #sdk: Sdk;
  readonly #client: Iam.IAMClient;

  private constructor(sdk: Sdk, client: Iam.IAMClient) {
    this.#sdk = sdk;
    this.#client = client;
  }

  /** Loads the SDK, which is most of the time that a short command takes. */
  static async load(options: ClientOptions): Promise<IamReader> {
    quietSdk();
    const sdk = await import('@aws-sdk/client-iam');
    return new IamReader(sdk, new sdk.IAMClient(await clientConfig(options)));
  }

  /** ARNs of all OIDC providers; the API has no pages for them. */
  async listProviders(): Promise<string[]> {
    const command = new this.#sdk.ListOpenIDConnectProvidersCommand({});
    const { OpenIDConnectProviderList: list } = await call('iam:ListOpenIDConnectProviders', () =>
      this.#client.send(command),
    );
    return (list ?? []).flatMap(({ Arn }) => Arn ?? []);
  }

  /** One provider. */
  async getProvider(
    arn: string,
  ): Promise<{ url?: string; clientIds: string[]; thumbprints: string[] }> {
    const command = new this.#sdk.GetOpenIDConnectProviderCommand({
      OpenIDConnectProviderArn: arn,
    });
    const { Url, ClientIDList, ThumbprintList } = await call('iam:GetOpenIDConnectProvider', () =>
      this.#client.send(command),
    );
    return {
      ...(Url === undefined ? {} : { url: Url }),
      clientIds: ClientIDList ?? [],
      thumbprints: ThumbprintList ?? [],
    };
  }

  /** All roles, with their trust policies. */
  listRoles(): Promise<Iam.Role[]> {
    return this.#pages('iam:ListRoles', async (Marker) => {
      const page = await this.#client.send(
        new this.#sdk.ListRolesCommand({ Marker, MaxItems: 1000 }),
      );
      return { items: page.Roles ?? [], next: page.IsTruncated === true ? page.Marker : undefined };
    });
  }

  /** One role: the list leaves out its boundary. */
  async getRole(name: string): Promise<Iam.GetRoleCommandOutput['Role']> {
    const command = new this.#sdk.GetRoleCommand({ RoleName: name });
    return (await call('iam:GetRole', () => this.#client.send(command))).Role;
  }

  /** Names of a role's inline policies. */
  listRolePolicies(name: string): Promise<string[]> {
    return this.#pages('iam:ListRolePolicies', async (Marker) => {
      const page = await this.#client.send(
        new this.#sdk.ListRolePoliciesCommand({ RoleName: name, Marker }),
      );
      return {
        items: page.PolicyNames ?? [],
        next: page.IsTruncated === true ? page.Marker : undefined,
      };
    });
  }

  /** One inline policy. */
  async getRolePolicy(role: string, name: string): Promise<ShownPolicy> {
    const command = new this.#sdk.GetRolePolicyCommand({ RoleName: role, PolicyName: name });
    const { PolicyDocument } = await call('iam:GetRolePolicy', () => this.#client.send(command));
    return { name, document: PolicyDocument };
  }

  /** Managed policies of a role: names and ARNs. */
  listAttachedPolicies(
    name: string,
  ): Promise<{ PolicyName?: string | undefined; PolicyArn?: string | undefined }[]> {
    return this.#pages('iam:ListAttachedRolePolicies', async (Marker) => {
      const page = await this.#client.send(
        new this.#sdk.ListAttachedRolePoliciesCommand({ RoleName: name, Marker }),
      );
      return {
        items: page.AttachedPolicies ?? [],
        next: page.IsTruncated === true ? page.Marker : undefined,
      };
    });
  }

  /** A managed policy with the document of its default version. */
  async getManagedPolicy(arn: string): Promise<ShownManagedPolicy> {
    const get = new this.#sdk.GetPolicyCommand({ PolicyArn: arn });
    const { Policy } = await call('iam:GetPolicy', () => this.#client.send(get));
    const version = Policy?.DefaultVersionId ?? 'v1';
    const read = new this.#sdk.GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version });
    const { PolicyVersion } = await call('iam:GetPolicyVersion', () => this.#client.send(read));
    return { arn, name: Policy?.PolicyName ?? arn, version, document: PolicyVersion?.Document };
  }

  async #pages<Item>(
    action: string,
    read: (marker: string | undefined) => Promise<{ items: Item[]; next: string | undefined }>,
  ): Promise<Item[]> {
    const all: Item[] = [];
    const seen = new Set<string>();
    for (let marker: string | undefined; ;) {
      const { items, next } = await call(action, () => read(marker));
      all.push(...items);
      if (next === undefined) return all;
      // A service that gives the same page for ever must not hold us.
      if (seen.has(next)) throw new Error(`${action} gives the page ${next} twice`);
      seen.add(next);
      marker = next;
    }
  }
}

/** Which version of the SDK runs on which Node is for us to see to, not for whoever takes a snapshot. */
function quietSdk(): void {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
}

/** The account that the credentials belong to. */
export async function callerAccount(options: ClientOptions): Promise<string> {
  quietSdk();
  const sdk = await import('@aws-sdk/client-sts');
  const client = new sdk.STSClient(await clientConfig(options));
  const { Account } = await call('sts:GetCallerIdentity', () =>
    client.send(new sdk.GetCallerIdentityCommand({})),
  );
  return Account ?? '';
}

/**
 * IAM is one for all regions of a partition, but the SDK wants a region to sign for: the one given, that
 * of the environment or the profile, else the one that IAM of the commercial partition answers in.
 */
async function clientConfig({ profile, region }: ClientOptions): Promise<{
  region: string;
  profile?: string;
  retryMode: string;
  maxAttempts: number;
}> {
  const common = {
    retryMode: 'adaptive',
    maxAttempts: 8,
    ...(profile === undefined ? {} : { profile }),
  };
  if (region !== undefined) return { ...common, region };
  const { STSClient } = await import('@aws-sdk/client-sts');
  try {
    return { ...common, region: await new STSClient(common).config.region() };
  } catch {
    // Neither the environment nor the profile names one.
    return { ...common, region: 'us-east-1' };
  }
}
