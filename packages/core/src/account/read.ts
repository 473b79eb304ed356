import { parseJsonDocument } from '../iam/document/json.ts';
import type { DocumentNode } from '../iam/document/node.ts';
import type { SourceFile } from '../text/source.ts';
import { valueOf } from './document/access.ts';
import { readAuthorizationDetails } from './json/authorization-details.ts';
import { readCliOutput, readPolicyFile } from './json/cli-output.ts';
import { mergeCliOutputs } from './json/merge.ts';
import { readSnapshot } from './json/snapshot.ts';
import type { AccountState } from './model.ts';
import { ProblemList, type SourceProblem } from './problem.ts';
import { isTemplate, readTemplate } from './template/read.ts';
import { parseTemplateYaml } from './template/yaml-tree.ts';
import type { HclBody } from './terraform/body.ts';
import type { HclEngine } from './terraform/engine.ts';
import { hclBody, terraformJsonBody } from './terraform/folder.ts';
import { readTerraform } from './terraform/read.ts';
import type { DocumentFile } from './terraform/scope.ts';
import type { UnresolvedPart } from './unresolved.ts';

/** What files say about accounts. */
export interface PolicySources {
  readonly states: readonly AccountState[];
  /** Files, and parts of them, that could not be read. */
  readonly problems: readonly SourceProblem[];
  /** Parts that could not be followed: nested templates, modules of others. */
  readonly unresolved: readonly UnresolvedPart[];
}

/** Whether a path is a Terraform file; they are read together with the others of their folder. */
export function isTerraformPath(path: string): boolean {
  return /\.(?:tf|tofu)(?:\.json)?$/.test(path);
}

/**
 * Reads files of every known kind, told apart by their names and what they hold. Never throws; a file
 * that speaks of roles or policies but cannot be read is a problem. `engine` is needed for `.tf` files.
 */
export function readPolicySources(files: readonly SourceFile[], engine?: HclEngine): PolicySources {
  const reader = new SourcesReader(engine);
  for (const file of files) reader.read(file);
  return reader.end();
}

class SourcesReader {
  readonly #engine: HclEngine | undefined;
  readonly #states: AccountState[] = [];
  readonly #unresolved: UnresolvedPart[] = [];
  readonly #lists = new Map<SourceFile, ProblemList>();
  readonly #folders = new Map<string, HclBody[]>();
  readonly #documents = new Map<string, DocumentFile>();

  constructor(engine: HclEngine | undefined) {
    this.#engine = engine;
  }

  read(file: SourceFile): void {
    const problems = this.#problemsOf(file);
    const native = /\.(?:tf|tofu)$/.test(file.path);
    if (native) this.#addToFolder(file, this.#native(problems));
    else {
      const isJson = /^\s*[[{]/.test(file.text) || file.path.endsWith('.json');
      const root = isJson ? jsonTree(problems) : parseTemplateYaml(problems);
      if (root && isTerraformPath(file.path))
        this.#addToFolder(file, terraformJsonBody(root, problems));
      else if (root) this.#readTree(root, problems);
    }
  }

  end(): PolicySources {
    if (this.#engine) {
      const { states, unresolved } = readTerraform({
        engine: this.#engine,
        folders: this.#folders,
        files: this.#documents,
        problemsOf: (file) => this.#problemsOf(file),
      });
      this.#states.push(...states);
      this.#unresolved.push(...unresolved);
    }
    const problems = [...this.#lists.values()].flatMap((list) => list.problems);
    return { states: mergeCliOutputs(this.#states), problems, unresolved: this.#unresolved };
  }

  #problemsOf(file: SourceFile): ProblemList {
    const known = this.#lists.get(file) ?? new ProblemList(file);
    this.#lists.set(file, known);
    return known;
  }

  #native(problems: ProblemList): HclBody | undefined {
    if (this.#engine) return hclBody(problems, this.#engine);
    const message = 'Terraform files cannot be read here: the parser of HCL was not loaded';
    problems.add('source-no-engine', { start: 0, end: 0 }, message, true);
    return undefined;
  }

  #addToFolder({ path }: SourceFile, body: HclBody | undefined): void {
    if (!body) return;
    const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
    this.#folders.set(folder, [...(this.#folders.get(folder) ?? []), body]);
  }

  #readTree(root: DocumentNode, problems: ProblemList): void {
    this.#documents.set(problems.file.path, { file: problems.file, root });
    if (isTemplate(root)) {
      const { states, unresolved } = readTemplate(root, problems);
      this.#states.push(...states);
      this.#unresolved.push(...unresolved);
    } else this.#states.push(...readOutput(root, problems));
  }
}

function jsonTree(problems: ProblemList): DocumentNode | undefined {
  const parsed = parseJsonDocument(problems.file);
  for (const { range, message, fatal } of parsed.problems) {
    problems.add('source-syntax', range, message, fatal);
  }
  return parsed.problems.some(({ fatal }) => fatal) ? undefined : parsed.root;
}

function readOutput(root: DocumentNode, problems: ProblemList): AccountState[] {
  if (valueOf(root, 'authorizationDetails') ?? valueOf(root, 'openIdConnectProviders')) {
    return readSnapshot(root, problems);
  }
  const [page] = root.kind === 'list' ? root.items : [root];
  if (valueOf(page, 'RoleDetailList')) return readAuthorizationDetails(root, problems);
  const output = readCliOutput(root, problems);
  if (output) return output;
  if (valueOf(root, 'Statement')) return readPolicyFile(root, problems);
  const message =
    'it speaks of roles or policies, but is no output of aws iam, no snapshot, no template and no policy document';
  problems.add('source-unknown-kind', root.range, message);
  return [];
}
