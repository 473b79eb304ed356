import type { Frame } from '../credentials/frame.ts';
import { originsOf, type Origin } from '../credentials/origin.ts';
import type { ShellAssignment, ShellPart, ShellScript, ShellWord } from '../script/shell.ts';
import { entryOf, type Text } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import type { StepScript } from '../workflow/scripts.ts';
import { expressionsOf } from '../workflow/template.ts';
import { expressionText } from './value.ts';

/** What the parts of a word are read against. */
interface FlowScope {
  readonly script: ShellScript;
  readonly frame: Frame;
  readonly repository: Repository;
}

/**
 * Whether a variable or an expression of a step's script can hold a secret that GitHub stores, without
 * reading the script. INVARIANT: never false where {@link variableMayHoldSecret} is true, but for what
 * a substitution fetches: such a secret is pasted by an expression of the script, or comes by an
 * `env:` entry whose name then stands in the script.
 */
export function scriptMayHoldSecret(
  { text }: StepScript,
  frames: readonly Frame[],
  repository: Repository,
): boolean {
  const pasted = expressionsOf(text);
  return frames.some(
    (frame) =>
      pasted.some(({ source }) => textMayHoldSecret(expressionText(source), frame, repository)) ||
      namesSecretEnv(text.value, frame, repository),
  );
}

/** Whether a script names an environment variable that may hold a secret. */
function namesSecretEnv(script: string, frame: Frame, repository: Repository): boolean {
  const { step, job, caller } = frame;
  return (
    [step?.env, job?.env, job?.workflow.env].some((entries) =>
      entries?.items.some(
        ({ name, value }) =>
          value !== undefined &&
          value.value.includes('${{') &&
          script.includes(name) &&
          textMayHoldSecret(value, frame, repository),
      ),
    ) ||
    (caller !== undefined && namesSecretEnv(script, caller, repository))
  );
}

/** The contexts that a secret stands in, or can come through. */
const leading = /secrets|inputs|env|steps|needs|matrix/i;

const known = new WeakMap<ShellScript, WeakMap<Frame, Map<string, boolean>>>();

/**
 * Whether a secret could be among the values of a variable: one that GitHub stores, or one that the
 * script fetches from AWS. INVARIANT: never false for a variable whose values (`value.ts`) hold one.
 * Most variables hold none, and to say so takes a fraction of the work of finding their values.
 */
export function variableMayHoldSecret(name: string, scope: FlowScope): boolean {
  const frames = known.get(scope.script) ?? new WeakMap<Frame, Map<string, boolean>>();
  known.set(scope.script, frames);
  const names = frames.get(scope.frame) ?? new Map<string, boolean>();
  frames.set(scope.frame, names);
  let may = names.get(name);
  if (may === undefined) {
    may = variable(name, scope, new Set());
    names.set(name, may);
  }
  return may;
}

/** The same for a part of a word. */
export function partMayHoldSecret(part: ShellPart, scope: FlowScope): boolean {
  if (part.kind === 'variable' && part.operator === undefined) {
    return variableMayHoldSecret(part.name, scope);
  }
  return inPart(part, scope, new Set());
}

/** `passed` are the variables on the way: they can be made of each other in circles. */
function variable(name: string, scope: FlowScope, passed: Set<string>): boolean {
  // In its own circle a variable is what the environment gives it: `TOKEN="Bearer $TOKEN"`.
  if (passed.has(name)) return inEnv(name, scope.frame, scope.repository);
  passed.add(name);
  const own = assignmentsOf(scope.script).get(name);
  if (own) return own.some(({ value }) => value !== undefined && inWord(value, scope, passed));
  return inEnv(name, scope.frame, scope.repository);
}

function inWord(word: ShellWord, scope: FlowScope, passed: Set<string>): boolean {
  return !word.literal && word.parts.some((part) => inPart(part, scope, passed));
}

function inPart(part: ShellPart, scope: FlowScope, passed: Set<string>): boolean {
  switch (part.kind) {
    case 'text':
    case 'arithmetic':
      return false;
    case 'substitution':
      return scope.script.source.slice(part.start, part.end).includes('aws');
    case 'expression':
      return textMayHoldSecret(
        expressionText(scope.script.expressions[part.index]?.source ?? ''),
        scope.frame,
        scope.repository,
      );
    case 'variable':
      return (
        variable(part.name, scope, passed) ||
        (part.operand !== undefined && inWord(part.operand, scope, passed))
      );
  }
}

/** Whether an `env:` that the step sees fills the variable from where a secret can come. */
function inEnv(name: string, frame: Frame, repository: Repository): boolean {
  const levels = [frame.step?.env, frame.job?.env, frame.job?.workflow.env];
  const fills = levels.some((entries) => {
    const value = entries && entryOf(entries, name)?.value;
    return value !== undefined && textMayHoldSecret(value, frame, repository);
  });
  return fills || (frame.caller !== undefined && inEnv(name, frame.caller, repository));
}

/** Whether a secret could be among the values of a string of a workflow. */
export function textMayHoldSecret(text: Text, frame: Frame, repository: Repository): boolean {
  const { value } = text;
  if (!value.includes('${{') || !leading.test(value)) return false;
  if (/secrets/i.test(value)) return true;
  // INVARIANT: a frame belongs to one repository.
  let texts = led.get(frame);
  if (!texts) led.set(frame, (texts = new Map()));
  // A string that stands in no file is all its value; one of an `env:` passes over its own level.
  const key = text.node.start === 0 && text.node.end === value.length ? value : text;
  let leads = texts.get(key);
  if (leads === undefined) texts.set(key, (leads = leadsToSecret(text, frame, repository)));
  return leads;
}

const led = new WeakMap<Frame, Map<unknown, boolean>>();

function leadsToSecret(text: Text, frame: Frame, repository: Repository): boolean {
  const origins = originsOf(text, frame, repository);
  // A way that was not followed to its end can lead anywhere.
  const unclear = (one: Origin): boolean => one.kind === 'computed' && one.trail.length > maxTrail;
  return (
    origins.length >= maxOrigins || origins.some((one) => one.kind === 'secret' || unclear(one))
  );
}

/** Less than what `originsOf` follows and gives at most. */
const [maxTrail, maxOrigins] = [6, 32];

const assigned = new WeakMap<ShellScript, ReadonlyMap<string, readonly ShellAssignment[]>>();

/** The assignments that give a variable its values, by its name. */
function assignmentsOf(script: ShellScript): ReadonlyMap<string, readonly ShellAssignment[]> {
  const before = assigned.get(script);
  if (before) return before;
  const byName = new Map<string, ShellAssignment[]>();
  for (const one of script.assignments) {
    if (!one.value || one.origin === 'attribute') continue;
    const same = byName.get(one.name);
    if (same) same.push(one);
    else byName.set(one.name, [one]);
  }
  assigned.set(script, byName);
  return byName;
}
