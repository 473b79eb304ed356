import type { Frame } from '../credentials/frame.ts';
import { originsOfEnv, type Origin } from '../credentials/origin.ts';
import { patternsOf, showOrigin, type Pattern } from '../credentials/pattern.ts';
import type { ShellPart, ShellScript, ShellWord } from '../script/shell.ts';
import type { Text } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';

/**
 * A part of a value that only a run knows. `source` says what fills it: an expression without its
 * braces (`github.sha`), or a piece of a script as it is written (`$(git rev-parse HEAD)`).
 */
export interface Hole {
  readonly source: string;
  readonly origin?: Origin;
}

/** A string as far as the files tell: fixed pieces and holes, in order. */
export type Value = readonly (string | Hole)[];

const maxValues = 16;
const maxDepth = 30;
const maxPieces = 200;
const maxLength = 10_000;

/** Every value that a string of a workflow can have; never empty. */
export function valuesOf(text: Text, frame: Frame, repository: Repository): Value[] {
  return unique(patternsOf(text, frame, repository).slice(0, maxValues).map(fromPattern));
}

/** What a script's words are read against: the script itself, and the frame of its step. */
export interface WordScope {
  readonly script: ShellScript;
  readonly frame: Frame;
  readonly repository: Repository;
}

/** Every value that a word of a script can have, followed through variables and `env:`; never empty. */
export function wordValues(word: ShellWord, scope: WordScope, depth = 0): Value[] {
  if (word.literal) return [[word.text]];
  return product(word.parts.map((part) => partValues(part, scope, depth)));
}

/** A value as people read it: holes as `${{ source }}`, or as the script writes them. */
export function showValue(value: Value): string {
  return value.map((piece) => (typeof piece === 'string' ? piece : showHole(piece))).join('');
}

function showHole({ source }: Hole): string {
  return /^[$`]/.test(source) ? source : `\${{ ${source} }}`;
}

/** The string, if nothing of it is left to the run. */
export function fixedText(value: Value): string | undefined {
  return value.every((piece) => typeof piece === 'string') ? value.join('') : undefined;
}

function partValues(part: ShellPart, scope: WordScope, depth: number): readonly Value[] {
  switch (part.kind) {
    case 'text':
      return [[part.text]];
    case 'arithmetic':
    case 'substitution':
      return [[{ source: scope.script.source.slice(part.start, part.end) }]];
    case 'expression': {
      const source = scope.script.expressions[part.index]?.source ?? '';
      return valuesOf(expressionText(source), scope.frame, scope.repository);
    }
    case 'variable': {
      const values = variableValues(part.name, scope, depth);
      if (part.operator === undefined) return values;
      // `${A:-b}` is A or b; every other operator makes something else of A.
      if (/^:?[-=]$/.test(part.operator) && part.operand && depth < maxDepth) {
        return unique([...values, ...wordValues(part.operand, scope, depth + 1)]);
      }
      return [[{ source: scope.script.source.slice(part.start, part.end) }]];
    }
  }
}

/** What has been found out about the variables of a script in a frame. */
interface Memory {
  /** Values that are the same whoever asks for them. */
  readonly settled: Map<string, readonly Value[]>;
  /** Answers that rest on where the question began: variables made of each other in circles. */
  readonly asked: Map<string, readonly Value[]>;
  /** The same of variables that were met on the way to the present answer. */
  readonly met: Map<string, readonly Value[]>;
  /** Whether the values that are being made rest on where the question began. */
  circular: boolean;
}

const memories = new WeakMap<ShellScript, WeakMap<Frame, Memory>>();

function memoryOf({ script, frame }: WordScope): Memory {
  let frames = memories.get(script);
  if (!frames) memories.set(script, (frames = new WeakMap()));
  let memory = frames.get(frame);
  if (!memory) {
    memory = { settled: new Map(), asked: new Map(), met: new Map(), circular: false };
    frames.set(frame, memory);
  }
  return memory;
}

const maxAsked = 100;

/**
 * Every value that a variable of a script can have; never empty. INVARIANT: the answer does not
 * depend on what was asked before, up to {@link maxAsked} variables in circles.
 */
export function variableValues(name: string, scope: WordScope, depth = 0): readonly Value[] {
  const memory = memoryOf(scope);
  const { settled, asked, met } = memory;
  if (depth === 0) met.clear();
  const before = settled.get(name) ?? (depth === 0 ? asked.get(name) : undefined);
  if (before) return before;
  const open = met.get(name);
  if (open) {
    memory.circular = true;
    return open;
  }
  // ATTACKER: variables can be made of each other, in circles and many times over. In its own circle
  // a variable is what the environment gives it: `TOKEN="Bearer $TOKEN"`.
  met.set(name, environmentValues(name, scope));
  const around = depth > 0 && memory.circular;
  memory.circular = false;
  const values = readVariable(name, scope, depth);
  if (!memory.circular || asked.size >= maxAsked) settled.set(name, values);
  else if (depth === 0) asked.set(name, values);
  if (depth === 0) met.clear();
  else met.set(name, values);
  memory.circular ||= around;
  return values;
}

function readVariable(name: string, scope: WordScope, depth: number): Value[] {
  const own = scope.script.assignments.filter(
    (one) => one.name === name && one.value && one.origin !== 'attribute',
  );
  if (own.length > 0) {
    if (depth >= maxDepth) {
      memoryOf(scope).circular = true;
      return [[{ source: `$${name}` }]];
    }
    const some = own.slice(0, maxValues);
    return unique(
      some.flatMap((one) => (one.value ? wordValues(one.value, scope, depth + 1) : [])),
    ).slice(0, maxValues);
  }
  return environmentValues(name, scope);
}

function environmentValues(name: string, scope: WordScope): Value[] {
  const context = gitHubVariables[name];
  const origins = originsOfEnv(name, scope.frame, scope.repository);
  const values = origins.flatMap((origin): Value[] => {
    const first = origin.trail[0];
    if (first) return valuesOf(first.text, first.frame, scope.repository);
    return [[{ source: context ?? showSource(origin), origin }]];
  });
  return unique(values).slice(0, maxValues);
}

/**
 * Variables that the runner sets, as the contexts that hold the same.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
const gitHubVariables: Readonly<Record<string, string>> = {
  GITHUB_SHA: 'github.sha',
  GITHUB_REF: 'github.ref',
  GITHUB_REF_NAME: 'github.ref_name',
  GITHUB_HEAD_REF: 'github.head_ref',
  GITHUB_BASE_REF: 'github.base_ref',
  GITHUB_RUN_ID: 'github.run_id',
  GITHUB_RUN_NUMBER: 'github.run_number',
  GITHUB_REPOSITORY: 'github.repository',
  GITHUB_REPOSITORY_OWNER: 'github.repository_owner',
};

/** An expression without its braces as a string of its own. */
export function expressionText(source: string): Text {
  return plainText(`\${{ ${source} }}`);
}

/** A string that stands in no file. */
export function plainText(value: string): Text {
  return {
    value,
    node: { kind: 'scalar', style: 'plain', text: value, start: 0, end: value.length },
  };
}

function fromPattern(pattern: Pattern): Value {
  const pieces = pattern.map((part): Value => {
    if (part.kind === 'fixed') return [part.text];
    return [{ source: showSource(part.origin), origin: part.origin }];
  });
  return pieces.reduce(joined, []);
}

function showSource(origin: Origin): string {
  const text =
    origin.kind === 'computed' ? origin.source.replaceAll(/\s+/g, ' ').trim() : showOrigin(origin);
  return text.replace(/^\$\{\{ ?(.*?) ?\}\}$/, '$1');
}

/** All ways to put one value of each list behind the other, at most sixteen of them. */
function product(lists: readonly (readonly Value[])[]): Value[] {
  let made: Value[] = [[]];
  for (const list of lists) {
    made = made.flatMap((before) => list.map((next) => joined(before, next))).slice(0, maxValues);
  }
  return unique(made);
}

function joined(before: Value, next: Value): Value {
  // ATTACKER: each level of variables can double a value.
  if (before.length + next.length > maxPieces) return before;
  const last = before.at(-1);
  const [first, ...rest] = next;
  if (typeof last !== 'string' || typeof first !== 'string') return [...before, ...next];
  return last.length > maxLength ? before : [...before.slice(0, -1), last + first, ...rest];
}

function unique(values: readonly Value[]): Value[] {
  return [...new Map(values.map((value) => [showValue(value), value])).values()];
}
