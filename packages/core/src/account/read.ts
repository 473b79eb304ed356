import { parseJsonDocument } from '../iam/document/json.ts';
import type { DocumentNode } from '../iam/document/node.ts';
import type { SourceFile } from '../text/source.ts';
import { valueOf } from './document/access.ts';
import { readAuthorizationDetails } from './json/authorization-details.ts';
import { readCliOutput, readPolicyFile } from './json/cli-output.ts';
import { readSnapshot } from './json/snapshot.ts';
import type { AccountState } from './model.ts';
import { ProblemList, type SourceProblem } from './problem.ts';
import { isTemplate, readTemplate } from './template/read.ts';
import { parseTemplateYaml } from './template/yaml-tree.ts';
import type { UnresolvedPart } from './unresolved.ts';

/** What files say about accounts. */
export interface PolicySources {
  readonly states: readonly AccountState[];
  /** Files, and parts of them, that could not be read. */
  readonly problems: readonly SourceProblem[];
  /** Parts that could not be followed: nested templates, modules of others. */
  readonly unresolved: readonly UnresolvedPart[];
}

/**
 * Reads files of every known kind, told apart by what they hold. Never throws; a file that speaks of
 * roles or policies but cannot be read is a problem.
 */
export function readPolicySources(files: readonly SourceFile[]): PolicySources {
  const states: AccountState[] = [];
  const problems: SourceProblem[] = [];
  const unresolved: UnresolvedPart[] = [];
  for (const file of files) {
    const list = new ProblemList(file);
    const root =
      /^\s*[[{]/.test(file.text) || file.path.endsWith('.json')
        ? jsonTree(list)
        : parseTemplateYaml(list);
    if (root) {
      const read = readTree(root, list);
      states.push(...read.states);
      unresolved.push(...read.unresolved);
    }
    problems.push(...list.problems);
  }
  return { states, problems, unresolved };
}

function jsonTree(problems: ProblemList): DocumentNode | undefined {
  const parsed = parseJsonDocument(problems.file);
  for (const { range, message, fatal } of parsed.problems) {
    problems.add('source-syntax', range, message, fatal);
  }
  return parsed.problems.some(({ fatal }) => fatal) ? undefined : parsed.root;
}

type ReadTree = Pick<PolicySources, 'states' | 'unresolved'>;

function readTree(root: DocumentNode, problems: ProblemList): ReadTree {
  if (isTemplate(root)) return readTemplate(root, problems);
  return { states: readOutput(root, problems), unresolved: [] };
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
