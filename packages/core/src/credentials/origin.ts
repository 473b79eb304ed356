import { asMap, asScalar, asSeq, valueOf } from '../text/node.ts';
import type { Expression, ExpressionNode } from '../workflow/expression.ts';
import { entryOf, inputOf, type Entries, type Step, type Text } from '../workflow/model.ts';
import { readText } from '../workflow/reader.ts';
import type { Repository } from '../workflow/repository.ts';
import { templateOf } from '../workflow/template.ts';
import { isCallable } from '../workflow/token.ts';
import { frameOf, frameOfJob, type Frame, type FramedText } from './frame.ts';

/**
 * Where a value comes from in the end, followed through env at every level, inputs of composite
 * actions and reusable workflows, step and job outputs, and the matrix. `trail` lists the strings
 * on the way, the first one first.
 */
export type Origin = OriginKind & { readonly trail: readonly FramedText[] };

type OriginKind =
  | { readonly kind: 'literal'; readonly value: string }
  /** `dynamic` when the name is computed (`secrets[format(...)]`); `name` is then empty. */
  | { readonly kind: 'secret'; readonly name: string; readonly dynamic: boolean }
  | { readonly kind: 'variable'; readonly name: string }
  /** An input that nobody in sight gives a value: typed at dispatch, or given by unknown callers. */
  | { readonly kind: 'input'; readonly name: string; readonly of: 'dispatch' | 'call' | 'action' }
  /** An environment variable that no `env:` sets. */
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'step-output'; readonly step: Step | undefined; readonly name: string }
  | { readonly kind: 'context'; readonly name: string }
  /** A function's result, or anything else that only a run can tell. */
  | { readonly kind: 'computed'; readonly source: string };

const maxDepth = 12;
const maxOrigins = 64;

/**
 * All origins a string can have: one per arm of `a && b || c`, per caller, per matrix value. Never
 * empty. Chains that are longer than any real one, or go in circles, end as `computed`.
 */
export function originsOf(text: Text, frame: Frame, repository: Repository): Origin[] {
  return new Tracer(repository).text(text, frame, []).slice(0, maxOrigins);
}

/** The origins of one expression of a string that has other parts too. */
export function originsOfExpression(
  expression: Expression,
  text: Text,
  frame: Frame,
  repository: Repository,
): Origin[] {
  return new Tracer(repository).expression(expression, frame, [{ text, frame }]);
}

/** The origins of the environment variable `name` as a step sees it. */
export function originsOfEnv(name: string, frame: Frame, repository: Repository): Origin[] {
  return new Tracer(repository).env(name, frame, []);
}

class Tracer {
  readonly #repository: Repository;

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  text(text: Text, frame: Frame, before: readonly FramedText[]): Origin[] {
    const trail = [...before, { text, frame }];
    if (trail.length > maxDepth) return [{ kind: 'computed', source: text.value, trail }];
    const parts = templateOf(text);
    const [only] = parts;
    if (only?.kind === 'expression' && parts.length === 1) {
      return this.expression(only.expression, frame, trail);
    }
    const expressions = parts.filter((part) => part.kind === 'expression');
    if (expressions.length === 0) return [{ kind: 'literal', value: text.value, trail }];
    return expressions.flatMap((part) => this.expression(part.expression, frame, trail));
  }

  expression(expression: Expression, frame: Frame, trail: readonly FramedText[]): Origin[] {
    if (expression.ast) return this.#node(expression.ast, frame, trail);
    return [{ kind: 'computed', source: expression.source, trail }];
  }

  #node(node: ExpressionNode, frame: Frame, trail: readonly FramedText[]): Origin[] {
    switch (node.kind) {
      case 'literal':
        return [{ kind: 'literal', value: String(node.value ?? ''), trail }];
      case 'or':
        return node.args.flatMap((arg) => this.#node(arg, frame, trail));
      case 'and': {
        // `condition && value`: the value is the last one; the others only decide.
        const last = node.args.at(-1);
        return last ? this.#node(last, frame, trail) : [];
      }
      case 'path':
        return this.#path(node.context, node.path, frame, trail);
      case 'call': {
        const first = node.args[0];
        const passes = node.name === 'tojson' || node.name === 'fromjson';
        if (passes && first) return this.#node(first, frame, trail);
        return [{ kind: 'computed', source: node.name, trail }];
      }
      case 'index':
      case 'not':
      case 'compare':
        return [{ kind: 'computed', source: node.kind, trail }];
    }
  }

  #path(
    context: string,
    path: readonly (string | object)[],
    frame: Frame,
    trail: readonly FramedText[],
  ): Origin[] {
    const [first, second, third] = path;
    const name = typeof first === 'string' ? first : '';
    const dynamic = path.some((part) => typeof part !== 'string');
    switch (context) {
      case 'secrets':
        return [{ kind: 'secret', name, dynamic: dynamic || path.length === 0, trail }];
      case 'vars':
        return [{ kind: 'variable', name, trail }];
      case 'env':
        return this.env(name, frame, trail);
      case 'inputs':
        return this.#input(name, frame, trail);
      case 'github':
        if (name === 'event' && second === 'inputs' && typeof third === 'string')
          return this.#input(third, frame, trail);
        return [
          {
            kind: 'context',
            name: ['github', ...path.filter((part) => typeof part === 'string')].join('.'),
            trail,
          },
        ];
      case 'matrix':
        return this.#matrix(path, frame, trail);
      case 'steps':
        return this.#stepOutput(name, typeof third === 'string' ? third : '', frame, trail);
      case 'needs':
        return this.#jobOutput(name, typeof third === 'string' ? third : '', frame, trail);
      default:
        return [{ kind: 'context', name: context, trail }];
    }
  }

  /** `env` of the step, the job, the workflow; in a composite action that of whoever uses it. */
  env(name: string, frame: Frame, trail: readonly FramedText[]): Origin[] {
    const levels: (Entries | undefined)[] = [
      frame.step?.env,
      frame.job?.env,
      frame.job?.workflow.env,
    ];
    for (const entries of levels) {
      const value = entries && entryOf(entries, name)?.value;
      // `env: {A: ${{ env.A }}}` at a step reads the level above.
      if (value && !trail.some((one) => one.text === value)) return this.text(value, frame, trail);
    }
    if (frame.action && frame.caller) return this.env(name, frame.caller, trail);
    return [{ kind: 'env', name, trail }];
  }

  #input(name: string, frame: Frame, trail: readonly FramedText[]): Origin[] {
    if (frame.action) return this.#actionInput(name, frame, trail);
    const workflow = frame.job?.workflow;
    const found: Origin[] = [];
    for (const trigger of workflow?.triggers ?? []) {
      const declared = trigger.inputs.find(
        (input) => input.name.toLowerCase() === name.toLowerCase(),
      );
      if (!declared) continue;
      if (trigger.event === 'workflow_dispatch') {
        if (declared.options.length > 0)
          found.push(...declared.options.flatMap((option) => this.text(option, frame, trail)));
        else found.push({ kind: 'input', name, of: 'dispatch', trail });
      }
    }
    if (workflow && isCallable(workflow)) {
      const callers = this.#repository.callersOf(workflow);
      for (const job of callers) {
        const value = entryOf(job.with, name, true)?.value;
        const fallback = workflow.triggers
          .find((trigger) => trigger.event === 'workflow_call')
          ?.inputs.find((input) => input.name.toLowerCase() === name.toLowerCase())?.default;
        if (value) found.push(...this.text(value, frameOfJob(job), trail));
        else if (fallback) found.push(...this.text(fallback, frame, trail));
      }
      if (callers.length === 0) found.push({ kind: 'input', name, of: 'call', trail });
    }
    return found.length > 0 ? found : [{ kind: 'input', name, of: 'dispatch', trail }];
  }

  #actionInput(name: string, frame: Frame, trail: readonly FramedText[]): Origin[] {
    const step = frame.caller?.step;
    const given = step && inputOf(step, name);
    if (given && frame.caller) return this.text(given, frame.caller, trail);
    const fallback = frame.action?.inputs.find(
      (input) => input.name.toLowerCase() === name.toLowerCase(),
    )?.default;
    if (fallback && frame.caller) return this.text(fallback, frame, trail);
    return [{ kind: 'input', name, of: 'action', trail }];
  }

  #stepOutput(id: string, name: string, frame: Frame, trail: readonly FramedText[]): Origin[] {
    const steps = frame.job?.steps ?? frame.action?.steps ?? [];
    const step = steps.find((one) => one.id?.value.toLowerCase() === id.toLowerCase());
    const action = step && this.#repository.actionOf(step);
    const output =
      action && readText(valueOf(asMap(entryOf(action.outputs, name, true)?.pair.value), 'value'));
    if (step && action && output) {
      const inner: Frame = {
        job: undefined,
        step: undefined,
        action,
        caller: { ...frame, step },
      };
      return this.text(output, inner, trail);
    }
    return [{ kind: 'step-output', step, name, trail }];
  }

  #jobOutput(id: string, name: string, frame: Frame, trail: readonly FramedText[]): Origin[] {
    const job = frame.job?.workflow.jobs.find((one) => one.id === id);
    const value = job && entryOf(job.outputs, name, true)?.value;
    if (job && value) return this.text(value, frameOfJob(job), trail);
    return [{ kind: 'step-output', step: undefined, name, trail }];
  }

  #matrix(
    path: readonly (string | object)[],
    frame: Frame,
    trail: readonly FramedText[],
  ): Origin[] {
    const matrix = asMap(frame.job?.matrix);
    const [first, second] = path;
    if (!matrix || typeof first !== 'string')
      return [{ kind: 'computed', source: 'matrix', trail }];
    const pick = (node: Parameters<typeof asMap>[0]): Text | undefined =>
      typeof second === 'string' ? readText(valueOf(asMap(node), second)) : readText(node);
    const rows = asSeq(valueOf(matrix, first))?.items.map(pick) ?? [];
    const included =
      asSeq(valueOf(matrix, 'include'))?.items.map((row) => pick(valueOf(asMap(row), first))) ?? [];
    const texts = [...rows, ...included].filter((text) => text !== undefined);
    const whole = asScalar(valueOf(matrix, first));
    if (texts.length === 0) return [{ kind: 'computed', source: whole?.text ?? 'matrix', trail }];
    return texts.slice(0, maxOrigins).flatMap((text) => this.text(text, frame, trail));
  }
}

const knownFrames = new WeakMap<Step, { repository: Repository; frames: readonly Frame[] }>();

/** The frames in which the steps of a composite action run: one per step that uses it. */
export function framesOf(step: Step, repository: Repository): readonly Frame[] {
  const before = knownFrames.get(step);
  if (before?.repository === repository) return before.frames;
  const frames = readFrames(step, repository, 0);
  knownFrames.set(step, { repository, frames });
  return frames;
}

function readFrames(step: Step, repository: Repository, depth: number): Frame[] {
  if (step.owner.kind === 'job') return [frameOf(step)];
  const users = depth > maxDepth ? [] : repository.usersOf(step.owner);
  const frames = users.flatMap((user) =>
    readFrames(user, repository, depth + 1).map((caller) => frameOf(step, caller)),
  );
  return frames.length > 0 ? frames : [frameOf(step)];
}
