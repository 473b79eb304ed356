import type { Frame } from '../credentials/frame.ts';
import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';
import {
  evaluate,
  evaluateText,
  object,
  type ObjectValue,
  type Scope,
  type Value,
} from '../workflow/evaluate.ts';
import { fileOf, type Entries, type Job, type Text } from '../workflow/model.ts';
import { templateOf } from '../workflow/template.ts';
import { actsOf, type Act, type Knowledge } from './acts.ts';
import { stageOf, type Stage } from './stage.ts';

/** The stage of a job, and the words that say so. */
export interface JobStage {
  readonly stage: Stage;
  /** The kind of words, the surest first: a declared environment, a role, a stack, a mere name. */
  readonly by: 'environment' | 'role' | 'stack' | 'name';
  readonly words: string;
  readonly file: SourceFile;
  readonly range: Range;
}

/**
 * The stage that a job works on in a run with the given contexts: by its environment, else the role
 * it takes, else what it deploys, else its name or that of its file. Undefined when the words speak of
 * none, of several, or when only a run can tell them.
 */
export function jobStage(job: Job, knowledge: Knowledge, scope: Scope): JobStage | undefined {
  const inner = withEnv(scope, [job.workflow.env, job.env]);
  const environment = job.environment?.name;
  if (environment) {
    const said = wordsIn(environment, inner);
    if (said === undefined) return undefined;
    const stage = stageOf(said);
    if (stage) return { stage, by: 'environment', words: said, ...placeOf(job, environment) };
  }
  return byRole(job, knowledge, inner) ?? byDeployment(job, knowledge) ?? byName(job);
}

function byRole(job: Job, { credentials }: Knowledge, scope: Scope): JobStage | undefined {
  for (const step of credentials.of(job)) {
    const role = step.input('role-to-assume');
    const said = role && wordsIn(role.text, frameScope(role.frame, scope));
    const stage =
      said === undefined ? undefined : stageOf(said.replace(/^arn:aws[\w-]*:iam::/, ''));
    const file = role && (role.frame.step ?? role.frame.job);
    if (!role || !stage || !file) continue;
    // A name of a secret inside an ARN reads best as it is written.
    const words = /\b(?:secrets|vars)\./.test(role.text.value) ? role.text.value : (said ?? '');
    return { stage, by: 'role', words, file: fileOf(file), range: role.text.node };
  }
  return undefined;
}

function byDeployment(job: Job, knowledge: Knowledge): JobStage | undefined {
  for (const act of actsOf(job, knowledge)) {
    if (act.kind !== 'deploy' || !act.call) continue;
    const said = spoken(act);
    const stage = stageOf(said.join(' '));
    const words = said.find((word) => stageOf(word) === stage) ?? '';
    if (stage) return { stage, by: 'stack', words, file: act.file, range: act.range };
  }
  return undefined;
}

function byName(job: Job): JobStage | undefined {
  const at = { file: job.workflow.file, range: job.key };
  for (const words of [job.id, job.name?.value ?? '']) {
    const stage = words.includes('${{') ? undefined : stageOf(words);
    if (stage) return { stage, by: 'name', words, ...at };
  }
  const file =
    job.workflow.file.path
      .split('/')
      .at(-1)
      ?.replace(/\.ya?ml$/, '') ?? '';
  const stage = stageOf(file);
  return stage ? { stage, by: 'name', words: file, ...at } : undefined;
}

/** The words of a deployment without options' names and without what only the run fills in. */
function spoken({ call }: Act): string[] {
  return (call?.words.slice(1) ?? [])
    .filter((word) => !/^--?[\w-]+$/.test(word))
    .map((word) => word.replaceAll(/\$\{\{[^}]*\}\}|\$\{?\w+\}?/g, ''))
    .map((word) => word.slice(word.lastIndexOf('=') + 1))
    .filter((word) => word !== '');
}

/**
 * What a string says, expressions replaced by their values, or by their names where only the run knows
 * the value: `secrets.ROLE_PROD` speaks of production. Undefined when it can say several things.
 */
function wordsIn(text: Text, scope: Scope): string | undefined {
  const said: string[] = [];
  for (const part of templateOf(text)) {
    if (part.kind === 'literal') said.push(part.text);
    else {
      const value = part.expression.ast && evaluate(part.expression.ast, scope);
      const words = value && wordsOf(value);
      if (words === undefined) return undefined;
      said.push(words);
    }
  }
  return said.join('');
}

function wordsOf(value: Value): string | undefined {
  if (value.kind === 'known') return String(value.value ?? '');
  // The name of a secret or a variable says whose it is; the name of an input or output does not.
  if (value.kind !== 'unknown' || !/^(?:secrets|vars)\./.test(value.of)) return undefined;
  return value.of.replace(/^\w+\./, '');
}

/** The scope of a step inside composite actions: their inputs are what their users give. */
function frameScope(frame: Frame, scope: Scope): Scope {
  const outer = frame.caller ? frameScope(frame.caller, scope) : scope;
  const inner = withEnv(outer, [frame.step?.env]);
  if (!frame.action || !frame.caller?.step) return inner;
  const given = Object.fromEntries(
    frame.caller.step.with.items.flatMap(({ name, value }) =>
      value ? [[name.toLowerCase(), evaluateText(value, outer)] as const] : [],
    ),
  );
  const defaults = frame.action.inputs.flatMap((input) =>
    input.default ? [[input.name.toLowerCase(), evaluateText(input.default, outer)] as const] : [],
  );
  return {
    ...inner,
    contexts: { ...inner.contexts, inputs: object({ ...Object.fromEntries(defaults), ...given }) },
  };
}

/** Adds `env:` blocks to a scope, the outermost first; what none of them sets stays unknown. */
function withEnv(scope: Scope, blocks: readonly (Entries | undefined)[]): Scope {
  let now = scope;
  for (const block of blocks) {
    if (!block || block.items.length === 0) continue;
    const before = now.contexts['env'];
    const own = block.items.flatMap(({ name, value }) =>
      value ? [{ name, value: evaluateText(value, now) }] : [],
    );
    const outer = before?.kind === 'object' ? before.entries : [];
    const env: ObjectValue = { kind: 'object', entries: [...own, ...outer], open: true };
    now = { ...now, contexts: { ...now.contexts, env } };
  }
  return now;
}

function placeOf(job: Job, text: Text): { file: SourceFile; range: Range } {
  return { file: fileOf(job), range: text.via ?? text.node };
}
