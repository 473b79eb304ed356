import { parseJsonDocument } from '../iam/document/json.ts';
import type { DocumentNode } from '../iam/document/node.ts';
import type { SourceFile } from '../text/source.ts';
import { literalAt, valueOf } from './document/access.ts';
import { readAuthorizationDetails } from './json/authorization-details.ts';
import { readCliOutput, readPolicyFile } from './json/cli-output.ts';
import { readSnapshot } from './json/snapshot.ts';
import type { AccountState } from './model.ts';
import { ProblemList, type SourceProblem } from './problem.ts';

/** What files say about accounts. */
export interface PolicySources {
  readonly states: readonly AccountState[];
  readonly problems: readonly SourceProblem[];
}

/**
 * Reads files of every known kind, told apart by what they hold. Never throws; a file that speaks of
 * roles or policies but cannot be read is a problem.
 */
export function readPolicySources(files: readonly SourceFile[]): PolicySources {
  const states: AccountState[] = [];
  const problems: SourceProblem[] = [];
  for (const file of files) {
    const list = new ProblemList(file);
    states.push(...readJson(file, list));
    problems.push(...list.problems);
  }
  return { states, problems };
}

function readJson(file: SourceFile, problems: ProblemList): AccountState[] {
  const parsed = parseJsonDocument(file);
  for (const { range, message, fatal } of parsed.problems) {
    problems.add('source-syntax', range, message, fatal);
  }
  if (!parsed.root || parsed.problems.some(({ fatal }) => fatal)) return [];
  return readTree(parsed.root, problems);
}

function readTree(root: DocumentNode, problems: ProblemList): AccountState[] {
  if (valueOf(root, 'authorizationDetails') ?? valueOf(root, 'openIdConnectProviders')) {
    return readSnapshot(root, problems);
  }
  const [page] = root.kind === 'list' ? root.items : [root];
  if (valueOf(page, 'RoleDetailList')) return readAuthorizationDetails(root, problems);
  const output = readCliOutput(root, problems);
  if (output) return output;
  if (valueOf(root, 'Statement')) return readPolicyFile(root, problems);
  const version = literalAt(root, 'Version') ?? '';
  problems.add('source-unknown-kind', root.range, `it is none of the known kinds ${version}`);
  return [];
}
