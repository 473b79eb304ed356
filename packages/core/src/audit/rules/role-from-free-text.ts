import { freeInputOf, type FreeInput } from '../../credentials/dispatch-input.ts';
import { originsOf } from '../../credentials/origin.ts';
import { patternsOf, type Pattern } from '../../credentials/pattern.ts';
import type { CredentialInput, CredentialStep } from '../../credentials/step.ts';
import type { Repository } from '../../workflow/repository.ts';
import type { InputDeclaration } from '../../workflow/triggers.ts';
import { placeOfNode, placeOfText } from '../places.ts';
import { defineRule, type Place, type Rule } from '../rule.ts';

type Data = {
  input: string;
  /** The role as the first step writes it. */
  role: string;
  /** Which part of the ARN is typed. */
  part: 'role' | 'account' | 'name';
  /** How many steps take a role from this input. */
  steps: number;
  /** `allowed-account-ids` that itself comes from a typed input; null when there is none. */
  allowed: string | null;
};

/**
 * Whoever starts the workflow types the role: every role that trusts the repository can be had, and
 * a mistyped account fails late. A choice list or `allowed-account-ids` keeps it within bounds.
 * Source: https://github.com/aws-actions/configure-aws-credentials#options (`allowed-account-ids`)
 */
export const rule: Rule = defineRule<Data>({
  id: 'role-from-free-text',
  title: 'The role is typed in by whoever starts the workflow',
  severity: 'medium',
  confidence: 'high',
  plane: 'authentication',
  check({ repository, credentials }, report) {
    const found = new Map<InputDeclaration, Use[]>();
    for (const step of credentials.steps) {
      const use = useOf(step, repository);
      if (use) found.set(use.free.declaration, [...(found.get(use.free.declaration) ?? []), use]);
    }
    for (const [declaration, uses] of found) {
      const [first, ...others] = uses;
      if (!first) continue;
      const { workflow } = first.free;
      report({
        at: placeOfText(first.role, 'comes from a text that is typed in'),
        related: [
          placeOfNode(workflow.file, declaration.key, 'takes any text'),
          ...distinct(
            others.map((one) => placeOfText(one.role, 'here too')),
            first.role,
          ),
        ],
        data: {
          input: declaration.name,
          role: first.role.text.value.trim(),
          part: first.part,
          steps: uses.length,
          allowed: first.allowed ?? null,
        },
        severity: uses.every((use) => use.part === 'name') ? 'low' : 'medium',
        subject: { workflow, step: first.step.step, detail: { declaration } },
      });
    }
  },
  message: ({ input, role, part, steps, allowed }) => {
    const what = part === 'role' ? 'the role' : `the ${part} in the role`;
    const more = steps > 1 ? ` in ${steps} steps` : '';
    const bound =
      allowed === null
        ? 'without "allowed-account-ids"'
        : `and "allowed-account-ids: ${allowed}" is typed in as well`;
    return `${what} ("${role}") is whatever is typed into the dispatch input "${input}"${more}, ${bound}`;
  },
  help: ({ input, part }) =>
    part === 'name'
      ? `give input "${input}" the type "choice" with the names that are meant`
      : `give input "${input}" the type "choice" with the ${part}s that are meant, or add "allowed-account-ids" with fixed account ids to the step`,
});

interface Use {
  readonly step: CredentialStep;
  readonly role: CredentialInput;
  readonly free: FreeInput;
  readonly part: Data['part'];
  readonly allowed?: string;
}

function useOf(step: CredentialStep, repository: Repository): Use | undefined {
  const role = step.input('role-to-assume');
  if (!role) return undefined;
  for (const pattern of patternsOf(role.text, role.frame, repository)) {
    for (const [index, part] of pattern.entries()) {
      const free = part.kind === 'open' ? freeInputOf(part.origin) : undefined;
      if (!free) continue;
      const allowed = step.input('allowed-account-ids');
      if (allowed && !isFree(allowed, repository)) return undefined;
      const bound = allowed ? { allowed: allowed.text.value.trim() } : {};
      return { step, role, free, part: partOf(pattern, index), ...bound };
    }
  }
  return undefined;
}

function isFree(input: CredentialInput, repository: Repository): boolean {
  return originsOf(input.text, input.frame, repository).some((origin) => freeInputOf(origin));
}

/** Which part of the ARN a gap fills, by what stands before it. */
function partOf(pattern: Pattern, index: number): Data['part'] {
  const before = pattern
    .slice(0, index)
    .map((part) => (part.kind === 'fixed' ? part.text : '0'))
    .join('');
  if (/^\s*arn:[^:]*:iam::\d+:role\//.test(before)) return 'name';
  return /^\s*arn:[^:]*:iam::\d*$/.test(before) ? 'account' : 'role';
}

/** Places other than the first one, each once. */
function distinct(places: readonly Place[], first: CredentialInput): Place[] {
  const seen = new Set([first.text.node.start]);
  return places.filter(({ range }) => !seen.has(range.start) && seen.add(range.start));
}
