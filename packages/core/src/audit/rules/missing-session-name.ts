import { outermost, type FramedText } from '../../credentials/frame.ts';
import {
  patternsOf,
  showPattern,
  trimPattern,
  type Pattern,
  type PatternPart,
  type OpenPart,
} from '../../credentials/pattern.ts';
import type { CredentialStep } from '../../credentials/step.ts';
import type { Severity } from '../../finding/severity.ts';
import type { Repository } from '../../workflow/repository.ts';
import { isCallable } from '../../workflow/token.ts';
import { placeOfStep, placeOfText } from '../places.ts';
import { defineRule, type Rule } from '../rule.ts';

type Data = {
  role: string;
  /** The name as it is written; null when there is none. */
  name: string | null;
  problem: 'missing' | 'too-short' | 'too-long' | 'characters' | 'perhaps-characters';
  /** The characters or the context at fault. */
  culprit: string | null;
  /** The least number of characters that the name can have. */
  length: number | null;
};

/**
 * The session name is what CloudTrail shows of an OIDC session: without one every run is called
 * `GitHubActions`. STS takes 2 to 64 characters of `[\w+=,.@-]`.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export const rule: Rule = defineRule<Data>({
  id: 'missing-session-name',
  title: 'A role session without a name of its own, or with one that STS refuses',
  severity: 'low',
  confidence: 'high',
  plane: 'authentication',
  check({ repository, credentials }, report) {
    for (const found of credentials.steps) {
      const role = found.input('role-to-assume')?.text.value.trim();
      if (role === undefined || found.method === 'ambient') continue;
      const given = found.input('role-session-name');
      const subject = { step: found.step, ...(found.frame.job ? { job: found.frame.job } : {}) };
      if (!given) {
        if (!found.known) continue;
        const data: Data = { role, name: null, problem: 'missing', culprit: null, length: null };
        report({ at: placeOfStep(found.step, 'no role-session-name'), data, subject });
        continue;
      }
      for (const pattern of patternsOf(given.text, given.frame, repository).map(trimPattern)) {
        const fault = faultOf(pattern, nameOf(found, repository), given);
        if (!fault) continue;
        const { at, severity, ...rest } = fault;
        report({
          at: placeOfText(at, labels[rest.problem]),
          data: { role, name: showPattern(pattern), ...rest },
          severity,
          subject,
        });
      }
    }
  },
  message: ({ role, name, problem, culprit, length }) => {
    switch (problem) {
      case 'missing':
        return `the session of role "${role}" has no name, so CloudTrail shows every run as "GitHubActions"`;
      case 'too-short':
        return `session name "${name}" has ${length} character, STS takes 2 to 64`;
      case 'too-long':
        return `session name "${name}" has at least ${length} characters, STS takes 2 to 64`;
      case 'characters':
      case 'perhaps-characters':
        return `session name "${name}" holds ${culprit}: STS takes only letters, digits and _+=,.@-`;
    }
  },
  help: ({ problem }) =>
    problem === 'missing'
      ? 'add "role-session-name" with the stage and the run, such as "deploy-prod-${{ github.run_id }}"'
      : 'build it from fixed words and "${{ github.run_id }}", at most 64 characters',
});

const labels: Readonly<Record<Exclude<Data['problem'], 'missing'>, string>> = {
  'too-short': 'fewer than 2 characters',
  'too-long': 'more than 64 characters',
  characters: 'a character that STS refuses',
  'perhaps-characters': 'may bring a character that STS refuses',
};

/** Contexts that always or sometimes hold refused characters, and what they are. */
const contexts: readonly (readonly [RegExp, Severity, string])[] = [
  [/^github\.repository$/, 'medium', 'is always owner/name'],
  [/^github\.ref$/, 'medium', 'is always refs/...'],
  [/^github\.(?:workflow_ref|repositoryUrl|server_url|api_url|event_path)$/, 'medium', 'holds "/"'],
  [
    /^github\.(?:ref_name|head_ref|base_ref|event\.pull_request\.head\.ref|event\.release\.tag_name)$/,
    'low',
    'can hold "/"',
  ],
  [
    /^github\.(?:actor|triggering_actor|event\.sender\.login|event\.pull_request\.user\.login)$/,
    'low',
    'can end in "[bot]"',
  ],
  [/^github\.workflow$/, 'low', 'can hold blanks'],
  [/^github\.event\.(?:.*\.)?(?:title|body|message)$/, 'low', 'is free text'],
];

/** Contexts of a fixed length. */
const lengths: Readonly<Record<string, number>> = {
  'github.sha': 40,
  'github.event.pull_request.head.sha': 40,
};

interface Fault {
  readonly at: FramedText;
  readonly severity: Severity;
  readonly problem: Exclude<Data['problem'], 'missing'>;
  readonly culprit: string | null;
  readonly length: number | null;
}

function faultOf(
  pattern: Pattern,
  workflow: string | undefined,
  given: FramedText,
): Fault | undefined {
  for (const part of pattern) {
    const fault = part.kind === 'fixed' ? faultOfText(part.text) : faultOfContext(part, workflow);
    if (fault) return { at: part.at, length: null, ...fault };
  }
  const length = pattern.reduce((sum, part) => sum + lengthOf(part), 0);
  const whole = { at: given, severity: 'medium', culprit: null, length } as const;
  if (length > 64) return { ...whole, problem: 'too-long' };
  const fixed = pattern.every((part) => part.kind === 'fixed');
  return fixed && length === 1 ? { ...whole, problem: 'too-short' } : undefined;
}

type PartFault = Pick<Fault, 'problem' | 'severity' | 'culprit'>;

function faultOfText(text: string): PartFault | undefined {
  const bad = [...new Set(text.match(/[^\w+=,.@-]/g))];
  if (bad.length === 0) return undefined;
  const culprit = bad.map((character) => JSON.stringify(character)).join(' and ');
  return { problem: 'characters', severity: 'medium', culprit };
}

function faultOfContext(part: OpenPart, workflow: string | undefined): PartFault | undefined {
  const { origin } = part;
  if (origin.kind !== 'context') return undefined;
  const read = `"\${{ ${origin.name} }}"`;
  if (origin.name === 'github.workflow' && workflow !== undefined) {
    const fault = faultOfText(workflow);
    return fault && { ...fault, culprit: `${read}, here "${workflow}"` };
  }
  const known = contexts.find(([name]) => name.test(origin.name));
  if (!known) return undefined;
  const [, severity, what] = known;
  const problem = severity === 'medium' ? 'characters' : 'perhaps-characters';
  return { problem, severity, culprit: `${read}, which ${what}` };
}

/**
 * What `github.workflow` is: the workflow's name, or its path when it has none; undefined in a
 * callee, where it is the caller's.
 */
function nameOf(found: CredentialStep, repository: Repository): string | undefined {
  const workflow = outermost(found.frame).job?.workflow;
  if (!workflow || isCallable(workflow)) return undefined;
  return workflow.name?.value ?? repository.pathInside(workflow.file);
}

function lengthOf(part: PatternPart): number {
  if (part.kind === 'fixed') return part.text.length;
  return part.origin.kind === 'context' ? (lengths[part.origin.name] ?? 1) : 0;
}
