import type { DocumentNode } from '../../iam/document/node.ts';
import { itemsOf, shown, templateOf } from '../document/access.ts';
import type { AttachedPolicy, DefaultUse, ProviderState, RoleState } from '../model.ts';
import {
  attachPolicies,
  policyOf,
  type PolicyAttachment,
  type RoleKey,
  unattached,
} from '../policy-parts.ts';
import type { UnresolvedPart } from '../unresolved.ts';
import type { HclBlock, HclBody } from './body.ts';
import { folderOf } from './folder.ts';
import { type Instance, instancesOf } from './instances.ts';
import { policyDocument } from './policy-document.ts';
import { resourceAttribute } from './reference.ts';
import {
  addressOf,
  documentAt,
  type FolderContext,
  managedPolicy,
  policyResource,
  providerResource,
  roleOf,
} from './resources.ts';
import { FolderScope } from './scope.ts';
import type { TerraformSources } from './sources.ts';

/** What one folder, or one call of a module, says. */
export interface FolderContent {
  readonly roles: readonly RoleState[];
  readonly providers: readonly ProviderState[];
  readonly policies: readonly AttachedPolicy[];
  readonly unresolved: readonly UnresolvedPart[];
}

/** How a folder is read: as what it is, or as a module with the inputs of a call. */
export interface Call {
  readonly inputs?: ReadonlyMap<string, DocumentNode>;
  /** What stands before addresses. */
  readonly prefix: string;
}

/** A module call found in a folder, with its inputs evaluated. */
export interface ModuleCall {
  readonly block: HclBlock;
  /** `module.ci["dev"]`. */
  readonly address: string;
  readonly inputs: ReadonlyMap<string, DocumentNode>;
  readonly defaults: readonly DefaultUse[];
  readonly condition?: string;
}

/** Reads the roles, providers and policies of a folder, and the module calls in it. */
export function readFolder(
  bodies: readonly HclBody[],
  sources: TerraformSources,
  call: Call,
): { readonly content: FolderContent; readonly calls: readonly ModuleCall[] } {
  const { engine, files, problemsOf } = sources;
  const scope = new FolderScope(folderOf(bodies), {
    engine,
    files,
    makeDocument: (block, bound, inner) =>
      policyDocument(block, bound, inner, problemsOf(block.file)),
    ...(call.inputs ? { inputs: call.inputs } : {}),
  });
  const reader = new FolderReader(scope, sources, call.prefix);
  return { content: reader.content(), calls: reader.calls() };
}

class FolderReader {
  readonly #scope: FolderScope;
  readonly #managed = new Map<string, AttachedPolicy>();
  readonly #context: FolderContext;
  readonly #unresolved: UnresolvedPart[] = [];

  constructor(scope: FolderScope, { problemsOf }: TerraformSources, prefix: string) {
    this.#scope = scope;
    this.#context = { scope, problemsOf, managed: this.#managed, prefix };
  }

  content(): FolderContent {
    const scope = this.#scope;
    this.#each('aws_iam_policy', (block, instance) => {
      const policy = policyResource(block, instance, this.#context);
      const address = `${block.labels.join('.')}${instance.suffix}`;
      const arn = resourceAttribute('aws_iam_policy', address, 'arn', (name) =>
        scope.text(block.body, name, instance.bound),
      );
      this.#managed.set(shown(arn), policy);
    });
    const roles = new Map<string, RoleState>();
    const byName = new Map<string, string>();
    this.#each('aws_iam_role', (block, instance, condition) => {
      const role = roleOf(block, instance, condition, this.#context);
      roles.set(role.label, role);
      byName.set(shown(role.name), role.label);
    });
    const providers: ProviderState[] = [];
    this.#each('aws_iam_openid_connect_provider', (block, instance) => {
      providers.push(providerResource(block, instance, this.#context));
    });
    const all = attachPolicies(roles, this.#attachments(byName), (one, what) =>
      this.#unresolved.push({ file: one.file, range: one.range, label: one.label, what }),
    );
    const policies = unattached(this.#managed.values(), all);
    return { roles: all, providers, policies, unresolved: this.#unresolved };
  }

  calls(): ModuleCall[] {
    return [...this.#scope.folder.modules.values()].flatMap((block) => {
      const { instances, condition } = instancesOf(block, this.#scope);
      return instances.map((instance): ModuleCall => {
        const { result, defaults } = this.#scope.watch(() => this.#inputs(block.body, instance));
        return {
          block,
          address: `${this.#context.prefix}module.${block.labels.join('.')}${instance.suffix}`,
          inputs: result,
          defaults,
          ...(condition === undefined ? {} : { condition }),
        };
      });
    });
  }

  #inputs(body: HclBody, { bound }: Instance): ReadonlyMap<string, DocumentNode> {
    const inputs = new Map<string, DocumentNode>();
    for (const name of body.names) {
      const expression = metaArguments.has(name) ? undefined : body.attribute(name);
      if (expression) inputs.set(name, this.#scope.evaluator.evaluate(expression, bound));
    }
    return inputs;
  }

  #attachments(byName: ReadonlyMap<string, string>): PolicyAttachment[] {
    const found: PolicyAttachment[] = [];
    const add = (block: HclBlock, node: DocumentNode | undefined, policy: AttachedPolicy): void => {
      const roles = itemsOf(node).flatMap((one): RoleKey[] => {
        const name = templateOf(one);
        if (!name || one.kind === 'unresolved') return [];
        const key = byName.get(shown(name));
        return [{ name, ...(key === undefined ? {} : { key }) }];
      });
      const label = `${this.#context.prefix}${block.labels.join('.')}`;
      found.push({ roles, policy, label, file: block.file, range: block.range });
      if (roles.length > 0 && roles.length === itemsOf(node).length) return;
      if (node === undefined && block.labels[0] === 'aws_iam_policy_attachment') return;
      const what = `the roles that have the policy ${policy.name} are not known`;
      this.#unresolved.push({
        file: block.file,
        range: block.range,
        label: block.labels.join('.'),
        what,
      });
    };
    const managed = (block: HclBlock, { bound }: Instance): AttachedPolicy =>
      managedPolicy(
        this.#scope.text(block.body, 'policy_arn', bound) ?? [{ hole: 'policy_arn' }],
        this.#managed,
      );
    this.#each('aws_iam_role_policy', (block, instance) => {
      const { body } = block;
      const { bound } = instance;
      const name =
        shown(this.#scope.text(body, 'name', bound)) || addressOf(block, instance, this.#context);
      add(
        block,
        this.#scope.attribute(body, 'role', bound),
        policyOf(name, documentAt(body, 'policy', bound, this.#context)),
      );
    });
    this.#each('aws_iam_role_policy_attachment', (block, instance) => {
      add(
        block,
        this.#scope.attribute(block.body, 'role', instance.bound),
        managed(block, instance),
      );
    });
    this.#each('aws_iam_policy_attachment', (block, instance) => {
      add(
        block,
        this.#scope.attribute(block.body, 'roles', instance.bound),
        managed(block, instance),
      );
    });
    return found;
  }

  #each(
    type: string,
    visit: (block: HclBlock, instance: Instance, condition: string | undefined) => void,
  ): void {
    for (const block of this.#scope.folder.resources.values()) {
      if (block.labels[0] !== type) continue;
      const { instances, condition } = instancesOf(block, this.#scope);
      for (const instance of instances) visit(block, instance, condition);
    }
  }
}

/** What a module block holds besides inputs. */
const metaArguments: ReadonlySet<string> = new Set([
  'source',
  'version',
  'providers',
  'depends_on',
  'count',
  'for_each',
]);
