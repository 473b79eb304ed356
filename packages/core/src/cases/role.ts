import { fileOfFrame, type Frame, type FramedText } from '../credentials/frame.ts';
import { originsOf, type Origin } from '../credentials/origin.ts';
import { showOrigin } from '../credentials/pattern.ts';
import { arnFault } from '../credentials/role-arn.ts';
import type { CredentialInput } from '../credentials/step.ts';
import { alternatives, evaluateText, type Scope } from '../workflow/evaluate.ts';
import type { Text } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import type { RoleChoice } from './case.ts';
import type { Settings } from './contexts.ts';
import { decidersOf } from './names.ts';
import { stepScope } from './step-scope.ts';

/** Where a role's name, instead of its ARN, is looked for. */
export interface NamedRoleSource {
  /** The account of the credentials that the step has; undefined when it has none, or nobody knows. */
  readonly account?: string;
  readonly chained: boolean;
  readonly settings: Settings;
}

/** Partitions that AWS has. */
const partitions = /^arn:aws(?:-cn|-us-gov|-iso(?:-[bef])?|-eusc)?:/;

/** The roles that a step can take in one event; more than one where only a run can tell which. */
export function rolesOf(
  input: CredentialInput | undefined,
  scope: Scope,
  repository: Repository,
  source: NamedRoleSource,
): readonly RoleChoice[] {
  if (!input) return [{ kind: 'none', reason: 'no role is given' }];
  const within = stepScope(input.frame, scope);
  const found = alternatives(evaluateText(input.text, within)).map((one): RoleChoice => {
    if (one.kind === 'known')
      return roleOf(String(one.value ?? '').trim(), input, repository, source);
    const deciders = decidersOf(input.text, within);
    const alone = one.kind === 'unknown' ? (one.origin ?? one.of) : '';
    const plain = /^[\w-]+(?:\.[\w*-]+)+(?:, [\w-]+(?:\.[\w*-]+)+)*$/;
    const decidedBy = plain.test(alone) ? alone : deciders.join(', ');
    return {
      kind: 'unknown',
      decidedBy,
      reason: reasonOf(decidedBy),
      frame: input.frame,
      at: placeOf(input, decidedBy, repository),
    };
  });
  return [...new Map(found.map((one) => [keyOfRole(one), one])).values()];
}

/** What tells roles apart. */
export function keyOfRole(role: RoleChoice): string {
  if (role.kind === 'known') return `known ${role.arn}`;
  return role.kind === 'unknown' ? `unknown ${role.decidedBy}` : `none ${role.reason}`;
}

function roleOf(
  value: string,
  input: CredentialInput,
  repository: Repository,
  source: NamedRoleSource,
): RoleChoice {
  if (value === '') return { kind: 'none', reason: 'the role is empty in this case' };
  // The action takes everything that does not begin like an ARN for the name of a role.
  if (!value.startsWith('arn:aws')) return namedRole(value, source);
  const via = viaOf(value, input, repository, source.settings);
  const account = /^arn:[^:]*:iam::(\d{12}):/.exec(value)?.[1] ?? '';
  const fault = faultOf(value, input);
  return { kind: 'known', arn: value, account, via, ...(fault === undefined ? {} : { fault }) };
}

function namedRole(name: string, { account, chained }: NamedRoleSource): RoleChoice {
  if (chained && account !== undefined) {
    const arn = `arn:aws:iam::${account}:role/${name}`;
    return { kind: 'known', arn, account, via: `the name "${name}" in the account of the source` };
  }
  if (!/^[\w+=,.@/-]+$/.test(name)) {
    return {
      kind: 'known',
      arn: name,
      account: '',
      via: 'literal',
      fault: `"${name}" is no ARN of a role`,
    };
  }
  const why = chained
    ? 'the account of the source credentials is not known'
    : 'a token alone has no account, so the step fails ("Source Account ID is needed")';
  return { kind: 'none', reason: `the role is given by its name "${name}": ${why}` };
}

function faultOf(arn: string, { text, frame }: CredentialInput): string | undefined {
  const fault = arnFault([{ kind: 'fixed', text: arn, at: { text, frame } }]);
  if (fault) {
    const expected =
      fault.expected === 'account' ? 'the 12 digits of an account' : `"${fault.expected}"`;
    const found = fault.found === '' ? 'it ends' : `it has "${fault.found}"`;
    return `"${arn}" is no ARN of a role: ${found} where ${expected} is expected`;
  }
  return partitions.test(arn) ? undefined : `"${arn}" names a partition that AWS does not have`;
}

const traced = new WeakMap<Frame, { readonly text: Text; readonly origins: readonly Origin[] }>();

/** The origins of a role, traced once: they are the same in every case. */
function originsIn(text: Text, frame: Frame, repository: Repository): readonly Origin[] {
  const before = traced.get(frame);
  if (before?.text === text) return before.origins;
  const origins = originsOf(text, frame, repository);
  traced.set(frame, { text, origins });
  return origins;
}

/** What an ARN comes from, where only one place gives it. */
function viaOf(
  value: string,
  { text, frame }: CredentialInput,
  repository: Repository,
  { vars, secrets }: Settings,
): string {
  const origins = originsIn(text, frame, repository);
  if (origins.some((origin) => origin.kind === 'literal' && origin.value.trim() === value)) {
    return 'literal';
  }
  const others = origins.filter((origin) => origin.kind !== 'literal');
  const exact = others.filter((origin) => {
    if (origin.kind === 'variable') return vars?.get(origin.name) === value;
    return origin.kind === 'secret' && secrets?.get(origin.name) === value;
  });
  if (exact.length > 0) return [...new Set(exact.map(nameOfOrigin))].join(' or ');
  const computed = others.flatMap((origin) => {
    if (origin.kind === 'variable') return namesWith(value, 'vars', vars);
    return origin.kind === 'secret' ? namesWith(value, 'secrets', secrets) : [];
  });
  const names = computed.length > 0 ? computed : others.map(nameOfOrigin);
  return [...new Set(names)].join(' or ') || 'literal';
}

/** The configured names that have a value; a computed name is one of them. */
function namesWith(
  value: string,
  context: string,
  values: ReadonlyMap<string, string> = new Map(),
): string[] {
  return Array.from(values).flatMap(([name, one]) => (one === value ? `${context}.${name}` : []));
}

/** An origin without the braces of an expression. */
export function nameOfOrigin(origin: Origin): string {
  if (origin.kind === 'computed') return 'an expression';
  return showOrigin(origin).replace(/^\$\{\{ (.*) \}\}$/s, '$1');
}

function reasonOf(decidedBy: string): string {
  if (decidedBy.startsWith('vars.')) return `only the variable ${decidedBy} tells the role`;
  if (decidedBy.startsWith('secrets.')) return `only the secret ${decidedBy} tells the role`;
  if (decidedBy.startsWith('inputs.'))
    return `whoever starts the run types the role (${decidedBy})`;
  return `only a run tells the role (${decidedBy})`;
}

/** Where the name stands that decides; else the input. */
function placeOf(
  input: FramedText,
  decidedBy: string,
  repository: Repository,
): { file: ReturnType<typeof fileOfFrame>; range: { start: number; end: number } } {
  const origin = originsIn(input.text, input.frame, repository).find(
    (one) => nameOfOrigin(one) === decidedBy,
  );
  const { text, frame } = origin?.trail.at(-1) ?? input;
  return { file: fileOfFrame(frame), range: { start: text.node.start, end: text.node.end } };
}
