import type { Workflow } from '../../workflow/model.ts';
import { secretReads, type SecretRead } from '../../workflow/secret-reads.ts';
import { placeOfNode, placeOfPart } from '../places.ts';
import { defineRule, type Place, type Rule } from '../rule.ts';

type Data = {
  secret: string;
  problem: Problem;
  /** Whether a reusable workflow declares it, so that its callers give the value. */
  declared: boolean;
  /** How often the workflow reads it. */
  reads: number;
};
type Problem = 'system' | 'prefix' | 'digit' | 'character';

/**
 * A secret whose name GitHub does not allow: nobody can create it, so every read is empty. Names
 * hold letters, digits and `_`, start with no digit and not with `GITHUB_`, in any case. What a
 * reusable workflow declares may have other names, except that of the system's own token.
 * Source: https://docs.github.com/actions/reference/security/secrets#naming-your-secrets
 */
export const rule: Rule = defineRule<Data>({
  id: 'forbidden-secret-name',
  title: 'A secret with a name that GitHub does not allow',
  severity: 'medium',
  confidence: 'high',
  check({ repository }, report) {
    for (const workflow of repository.workflows) {
      const declared = declarationsOf(workflow);
      for (const [name, { place, written }] of declared) {
        const problem = name === 'GITHUB_TOKEN' ? 'system' : problemOf(name);
        // A hyphen or a digit is fine here: the name only joins caller and callee.
        if (problem !== 'system' && problem !== 'prefix') continue;
        report({
          at: place,
          data: { secret: written, problem, declared: true, reads: 0 },
          severity: problem === 'system' ? 'high' : 'low',
          subject: { workflow },
        });
      }
      for (const [name, reads] of refusedReads(workflow)) {
        const problem = problemOf(name);
        const [first, ...others] = reads;
        if (!problem || !first || declared.has(name)) continue;
        const place = (read: SecretRead, label: string): Place =>
          placeOfPart(workflow.file, read.text, read.part, label);
        report({
          at: place(first, 'always empty'),
          related: others.slice(0, 10).map((read) => place(read, 'read here too')),
          data: { secret: first.written, problem, declared: false, reads: reads.length },
          subject: { workflow },
        });
      }
    }
  },
  message: ({ secret, problem, declared, reads }) => {
    if (problem === 'system')
      return `a reusable workflow cannot declare secret "${secret}": the name is the system's own, and GitHub refuses the file`;
    if (declared)
      return `no repository can hold a secret named "${secret}" (${reasons[problem]}), so "secrets: inherit" never fills it`;
    const times = reads > 1 ? ` (read ${reads} times)` : '';
    return `secret "${secret}" cannot exist${times}: ${reasons[problem]}, so it is always empty`;
  },
  help: ({ secret, problem, declared }) =>
    problem === 'system'
      ? 'remove the declaration and the value that callers give: "github.token" is there without it'
      : `${declared ? 'declare' : 'create'} it under another name, such as "${suggestion(secret)}", and read that`,
});

const reasons: Readonly<Record<Exclude<Problem, 'system'>, string>> = {
  prefix: 'names must not start with "GITHUB_"',
  digit: 'names must not start with a digit',
  character: 'names hold only letters, digits and "_"',
};

interface Named {
  readonly written: string;
  readonly place: Place;
}

/** What a workflow declares for its callers, by upper-case name. */
function declarationsOf(workflow: Workflow): Map<string, Named> {
  const call = workflow.triggers.find((trigger) => trigger.event === 'workflow_call');
  return new Map(
    (call?.secrets.items ?? []).map((item) => {
      const place = placeOfNode(workflow.file, item.key, 'this name is reserved');
      return [item.name.toUpperCase(), { written: item.name, place }];
    }),
  );
}

/** The reads of secrets that cannot exist, by upper-case name. */
function refusedReads(workflow: Workflow): Map<string, SecretRead[]> {
  const found = new Map<string, SecretRead[]>();
  for (const read of secretReads(workflow)) {
    if (problemOf(read.name)) found.set(read.name, [...(found.get(read.name) ?? []), read]);
  }
  return found;
}

function problemOf(name: string): Exclude<Problem, 'system'> | undefined {
  if (name === 'GITHUB_TOKEN') return undefined;
  if (name.startsWith('GITHUB_')) return 'prefix';
  if (/^\d/.test(name)) return 'digit';
  return /^\w+$/.test(name) ? undefined : 'character';
}

function suggestion(secret: string): string {
  const words = secret
    .toUpperCase()
    .replaceAll(/\W/g, '_')
    .replace(/^GITHUB_/, 'GH_');
  return /^\d/.test(words) ? `S_${words}` : words;
}
