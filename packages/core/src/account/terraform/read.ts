import { sourceFile } from '../../text/source.ts';
import { shorten } from '../document/access.ts';
import { placedAt } from '../document/embedded.ts';
import type { AccountState, AttachedPolicy, DefaultUse, RoleState } from '../model.ts';
import { ProblemList } from '../problem.ts';
import type { UnresolvedPart } from '../unresolved.ts';
import type { HclBody } from './body.ts';
import { type Call, type FolderContent, type ModuleCall, readFolder } from './folder-reader.ts';
import { hclBody, plainText } from './folder.ts';
import { knownModule } from './modules/known.ts';
import { joinPath } from './scope.ts';
import type { TerraformSources } from './sources.ts';

/** What the folders say. */
export interface ReadTerraform {
  readonly states: readonly AccountState[];
  readonly unresolved: readonly UnresolvedPart[];
}

/** Modules inside modules deeper than this are left unresolved. */
const maxDepth = 5;
/** Calls of modules that are followed in all. */
const maxCalls = 500;

/**
 * Reads every folder that no other calls as a module; those are read once for each call, with what it
 * sets. Modules that people share are expanded as far as they are known; others are named.
 */
export function readTerraform(sources: TerraformSources): ReadTerraform {
  const called = new Set<string>();
  for (const [path, bodies] of sources.folders) {
    for (const block of bodies.flatMap((body) => body.blocks('module'))) {
      const folder = localFolder(path, plainText(block.body.attribute('source')));
      if (folder !== undefined && folder !== path) called.add(folder);
    }
  }
  const expansion = new Expansion(sources);
  const states: AccountState[] = [];
  const unresolved: UnresolvedPart[] = [];
  for (const [path, bodies] of sources.folders) {
    const [first] = bodies;
    if (!first || called.has(path)) continue;
    const content = expansion.read(path, bodies, { prefix: '' }, 0);
    unresolved.push(...content.unresolved);
    const file = content.roles[0]?.file ?? content.providers[0]?.file ?? first.file;
    states.push({
      source: { kind: 'terraform', file },
      roles: content.roles,
      providers: content.providers,
      complete: { roles: false, providers: false },
      ...(content.policies.length > 0 ? { policies: content.policies } : {}),
    });
  }
  return { states, unresolved };
}

/** The folder that a local source (`./x`, `../x`) means. */
function localFolder(path: string, source: string | undefined): string | undefined {
  if (source === undefined || !/^\.{1,2}\//.test(source)) return undefined;
  return joinPath(path === '' ? '' : `${path}/`, source).replace(/\/+$/, '');
}

class Expansion {
  readonly #sources: TerraformSources;
  readonly #known = new Map<string, HclBody | undefined>();
  #calls = 0;

  constructor(sources: TerraformSources) {
    this.#sources = sources;
  }

  read(path: string, bodies: readonly HclBody[], call: Call, depth: number): FolderContent {
    const { content, calls } = readFolder(bodies, this.#sources, call);
    const parts = [content, ...calls.map((one) => this.#expand(path, one, depth))];
    return {
      roles: parts.flatMap(({ roles }) => roles),
      providers: parts.flatMap(({ providers }) => providers),
      policies: parts.flatMap(({ policies }) => policies),
      unresolved: parts.flatMap(({ unresolved }) => unresolved),
    };
  }

  #expand(path: string, call: ModuleCall, depth: number): FolderContent {
    this.#calls += 1;
    const { block, address, inputs } = call;
    const source = plainText(block.body.attribute('source'));
    const inner: Call = { inputs, prefix: `${address}.` };
    if (depth >= maxDepth || this.#calls > maxCalls)
      return left(call, 'modules are nested or called too often to follow');
    const folder = localFolder(path, source);
    const bodies = folder === undefined ? undefined : this.#sources.folders.get(folder);
    if (folder !== undefined && bodies)
      return withCall(this.read(folder, bodies, inner, depth + 1), call);
    const version = plainText(block.body.attribute('version'));
    const known = knownModule(source, version);
    if (known) {
      const body = this.#bodyOf(known);
      if (body) {
        const content = atCall(withCall(this.read('', [body], inner, maxDepth), call), call);
        return withUnknownInputs(content, body, inputs);
      }
    }
    const what = `what the module ${shorten(source ?? 'without a source')} makes is not read`;
    return left(call, what);
  }

  #bodyOf(text: string): HclBody | undefined {
    if (!this.#known.has(text)) {
      const file = sourceFile('module', text);
      this.#known.set(text, hclBody(new ProblemList(file), this.#sources.engine));
    }
    return this.#known.get(text);
  }
}

/** Inputs that decide nothing about roles, trust or permissions. */
const harmless = /^(?:tags|.*description|force_detach_policies|.*thumbprints?)$/;

/** INVARIANT: an input that our text of a module does not know may change anything, so it is said. */
function withUnknownInputs(
  content: FolderContent,
  body: HclBody,
  inputs: ReadonlyMap<string, unknown>,
): FolderContent {
  const known = new Set(body.blocks('variable').map(({ labels }) => labels[0]));
  const open = [...inputs.keys()].filter((name) => !known.has(name) && !harmless.test(name));
  if (open.length === 0) return content;
  const words = open.map((name) => `what the input ${shorten(name)} of the module changes`);
  return {
    ...content,
    roles: content.roles.map((role) => ({ ...role, unresolved: [...role.unresolved, ...words] })),
  };
}

function left({ block, address }: ModuleCall, what: string): FolderContent {
  const part = { file: block.file, range: block.range, label: address, what };
  return { roles: [], providers: [], policies: [], unresolved: [part] };
}

/** What a call decides about all that it makes. */
function withCall(content: FolderContent, { defaults, condition }: ModuleCall): FolderContent {
  const add = (role: RoleState): RoleState => {
    const all = new Map(
      [...(role.defaults ?? []), ...defaults].map((one): [string, DefaultUse] => [one.name, one]),
    );
    return {
      ...role,
      ...(all.size > 0 ? { defaults: [...all.values()] } : {}),
      ...(role.condition === undefined && condition !== undefined ? { condition } : {}),
    };
  };
  return { ...content, roles: content.roles.map(add) };
}

/** A known module's files are ours: all that it makes stands where it is called. */
function atCall(content: FolderContent, { block, address }: ModuleCall): FolderContent {
  const { file, range } = block;
  const here = { file, range };
  const place = (policy: AttachedPolicy): AttachedPolicy =>
    policy.document
      ? { ...policy, document: { file, root: placedAt(policy.document.root, range) } }
      : policy;
  return {
    roles: content.roles.map((role) => ({
      ...role,
      ...here,
      ...(role.trust ? { trust: { file, root: placedAt(role.trust.root, range) } } : {}),
      policies: role.policies.map(place),
      ...(role.boundary ? { boundary: place(role.boundary) } : {}),
    })),
    providers: content.providers.map((provider) => ({ ...provider, ...here })),
    policies: content.policies.map(place),
    unresolved: content.unresolved.map(({ label, what }) => ({
      ...here,
      label: `${address}: ${label}`,
      what,
    })),
  };
}
