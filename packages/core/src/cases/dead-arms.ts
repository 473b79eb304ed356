import { fileOfFrame, type FramedText } from '../credentials/frame.ts';
import { patternsOf, trimPattern, type OpenPart, type Pattern } from '../credentials/pattern.ts';
import type { CredentialStep } from '../credentials/step.ts';
import type { Job } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import { isCallable } from '../workflow/token.ts';
import type { Case, DeadArm } from './case.ts';
import { nameOfOrigin } from './role.ts';

/** As many patterns are made at most; more may then be left out, and nothing is said. */
const maxPatterns = 64;

/**
 * The roles of expressions that no case takes. Only ARNs, variables and secrets count: what people
 * type is never dead.
 */
export function deadArms(
  cases: readonly Case[],
  vars: ReadonlyMap<string, string>,
  secrets: ReadonlyMap<string, string>,
  repository: Repository,
): DeadArm[] {
  const byStep = new Map<CredentialStep, Case[]>();
  for (const one of cases) {
    const group = byStep.get(one.credential);
    if (group) group.push(one);
    else byStep.set(one.credential, [one]);
  }
  return Array.from(byStep, ([credential, own]) =>
    deadOf(credential, own, vars, secrets, repository),
  ).flat();
}

function deadOf(
  credential: CredentialStep,
  cases: readonly Case[],
  vars: ReadonlyMap<string, string>,
  secrets: ReadonlyMap<string, string>,
  repository: Repository,
): DeadArm[] {
  const input = credential.input('role-to-assume');
  const [first] = cases;
  if (!input || !first) return [];
  const patterns = patternsOf(input.text, input.frame, repository).map(trimPattern);
  if (patterns.length < 2 || patterns.length >= maxPatterns) return [];
  const taken = cases.map(({ role }) => role);
  // A role that nobody can name may be any of them.
  if (
    taken.some(
      (role) => role.kind === 'unknown' && !/^(?:vars|secrets|inputs)\./.test(role.decidedBy),
    )
  ) {
    return [];
  }
  const isTaken = (pattern: Pattern): boolean => {
    if (pattern.some((part) => isOfMatrix(part.at, first.job))) return true;
    const open = pattern.filter((part) => part.kind === 'open');
    if (!open.every((part) => isNamed(part, first))) return true;
    const value = valueOf(pattern, vars, secrets);
    return taken.some((role) => {
      if (role.kind === 'known') return value !== undefined && role.arn === value;
      if (role.kind !== 'unknown') return false;
      return open.some((part) => namesIn(role.decidedBy).has(nameOfOrigin(part.origin)));
    });
  };
  return patterns.flatMap((pattern) => {
    const shown = show(pattern);
    if (shown === '' || isTaken(pattern)) return [];
    const { text, frame } = pattern[0]?.at ?? input;
    return [
      {
        workflow: first.workflow,
        job: first.job,
        credential,
        role: shown,
        reason: `no trigger reaches the job in a way that takes ${shown}`,
        at: { file: fileOfFrame(frame), range: { start: text.node.start, end: text.node.end } },
      },
    ];
  });
}

/** Whether a string stands in a job's matrix, all of whose rows run. */
function isOfMatrix({ text: { node } }: FramedText, { matrix }: Job): boolean {
  return matrix !== undefined && matrix.start <= node.start && node.end <= matrix.end;
}

/** Whether a gap has a name that cases have too. */
function isNamed({ origin }: OpenPart, { job }: Case): boolean {
  if (origin.kind === 'variable') return origin.name !== '';
  // What callers pass on has another name there.
  return origin.kind === 'secret' && !origin.dynamic && !isCallable(job.workflow);
}

function valueOf(
  pattern: Pattern,
  vars: ReadonlyMap<string, string>,
  secrets: ReadonlyMap<string, string>,
): string | undefined {
  let value = '';
  for (const part of pattern) {
    if (part.kind === 'fixed') {
      value += part.text;
      continue;
    }
    const { origin } = part;
    const from = origin.kind === 'variable' ? vars : secrets;
    const known =
      origin.kind === 'variable' || origin.kind === 'secret' ? from.get(origin.name) : undefined;
    if (known === undefined) return undefined;
    value += known;
  }
  return value.trim();
}

function show(pattern: Pattern): string {
  return pattern
    .map((part) => (part.kind === 'fixed' ? part.text : nameOfOrigin(part.origin)))
    .join('');
}

function namesIn(decidedBy: string): Set<string> {
  return new Set(decidedBy.split(/,| or | and /).map((name) => name.trim()));
}
