import type { DocumentEntry, DocumentNode, PolicyDocument } from '../document/node.ts';
import type { Policy, Statement } from '../policy.ts';
import { described, entriesOf, fixedText, textOf, PolicyProblems } from './reader.ts';
import { readStatement } from './statement.ts';

/** More than any quota of AWS admits by an order of magnitude. */
const maxStatements = 10_000;

/**
 * Reads a policy. Every departure from the grammar is a problem with its place; what IAM refuses is
 * fatal, because such a policy cannot exist. Never throws.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(document: PolicyDocument): Policy {
  const { file, root } = document;
  const problems = new PolicyProblems();
  for (const problem of document.problems ?? []) problems.list.push(problem);
  const none: Policy = { file, range: root.range, statements: [], problems: problems.list };
  if (root.kind !== 'map') {
    const code = root.kind === 'unresolved' ? 'policy-unresolved' : 'policy-wrong-type';
    if (problems.list.length === 0 || root.kind !== 'unresolved')
      problems.refuse(code, root.range, `the policy is ${described(root)}, expected an object`);
    return none;
  }
  const entries = entriesOf(root, 'a policy', ['Version', 'Id', 'Statement'], problems);
  const version = readVersion(entries.get('Version'), problems);
  const statements = readStatements(entries.get('Statement'), root, problems);
  return { ...none, ...(version === undefined ? {} : { version }), statements };
}

/** The two versions there are; without one it is 2008-10-17, which has no policy variables. */
function readVersion(
  entry: DocumentEntry | undefined,
  problems: PolicyProblems,
): string | undefined {
  if (!entry) return undefined;
  const text = textOf(entry.value);
  const version = text && fixedText(text.pieces);
  if (version === '2012-10-17' || version === '2008-10-17') return version;
  const message = `Version is ${described(entry.value)}, expected "2012-10-17"`;
  const code = text && version === undefined ? 'policy-unresolved' : 'policy-invalid-value';
  problems.refuse(code, entry.value.range, message);
  return version;
}

/** One statement or a list of them. */
function readStatements(
  entry: DocumentEntry | undefined,
  root: DocumentNode,
  problems: PolicyProblems,
): Statement[] {
  if (!entry) {
    problems.refuse('policy-missing-element', root.range, 'the policy has no Statement');
    return [];
  }
  const nodes = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  if (nodes.length === 0)
    problems.refuse('policy-missing-element', entry.value.range, 'Statement is an empty list');
  if (nodes.length > maxStatements) {
    const message = `the policy has ${nodes.length} statements, more than ${maxStatements}`;
    problems.refuse('policy-too-large', entry.value.range, message);
    return [];
  }
  const statements = nodes.flatMap((node, index) => readStatement(node, index, problems) ?? []);
  noteSids(statements, problems);
  return statements;
}

function noteSids(statements: readonly Statement[], problems: PolicyProblems): void {
  const seen = new Set<string>();
  for (const { sid, range } of statements) {
    if (sid === undefined || sid === '') continue;
    if (seen.has(sid)) {
      const message = `Sid "${sid.slice(0, 60)}" stands twice: IAM refuses that in its own policies`;
      problems.note('policy-invalid-value', range, message);
    }
    seen.add(sid);
  }
}
