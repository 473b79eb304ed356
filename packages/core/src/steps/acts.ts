import type { Credentials } from '../credentials/credentials.ts';
import type { ShellCommand, ShellScript } from '../script/shell.ts';
import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';
import { fileOf, type Job, type Step } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import type { Scripts } from '../workflow/scripts.ts';
import { actionDeeds } from './action-kinds.ts';
import { commandDeeds } from './command-kinds.ts';
import { commandWords } from './command-words.ts';
import type { Deed } from './kinds.ts';
import { mayAct } from './may-act.ts';
import { runningSteps, type RunningStep } from './running.ts';

/** Something that a step does, and where that stands. */
export interface Act extends Deed {
  readonly running: RunningStep;
  readonly file: SourceFile;
  /** The `uses:`, or the command. */
  readonly range: Range;
  /** For acts of scripts: the command, its words, and the script. */
  readonly call?: {
    readonly command: ShellCommand;
    readonly words: readonly string[];
    readonly script: ShellScript;
    /** Offsets in the script to a range in the file. */
    range(start: number, end: number): Range;
  };
}

/** What it takes to tell what steps do; a rule's context has it. */
export interface Knowledge {
  readonly repository: Repository;
  readonly scripts: Scripts;
  readonly credentials: Credentials;
}

const known = new WeakMap<Scripts, Map<Job, readonly Act[]>>();

/** What the steps of a job do, in the order in which they run, composite actions looked into. */
export function actsOf(job: Job, knowledge: Knowledge): readonly Act[] {
  let acts = known.get(knowledge.scripts);
  if (!acts) known.set(knowledge.scripts, (acts = new Map()));
  let found = acts.get(job);
  if (!found) {
    found = runningSteps(job, knowledge.repository).flatMap((running) => read(running, knowledge));
    acts.set(job, found);
  }
  return found;
}

/** Whether nobody can say what a step does: a language or a workflow that is not looked into. */
export function isOpaque({ step }: RunningStep, { scripts, repository }: Knowledge): boolean {
  if (step.run) return scripts.of(step)?.parsed()?.complete !== true;
  const uses = step.uses?.value ?? '';
  return /^\.\.?(?:\/|$)/.test(uses) && !repository.actionOf(step);
}

function read(running: RunningStep, { scripts, credentials }: Knowledge): Act[] {
  const { step } = running;
  const file = fileOf(step);
  if (step.uses) {
    const deeds = actionDeeds(step);
    const range = step.uses.via ?? step.uses.node;
    const obtains = credentials.stepsOf(step).length > 0;
    const credential: Deed[] = obtains ? [{ kind: 'credential', tool: nameOf(step) }] : [];
    return [...credential, ...deeds].map((deed) => ({ ...deed, running, file, range }));
  }
  if (!step.run || !mayAct(step.run)) return [];
  const source = scripts.of(step);
  const script = source?.parsed();
  if (!source || !script) return [];
  const range = (start: number, end: number): Range => source.range(start, end);
  const acts: Act[] = [];
  for (const command of script.commands) {
    const words = commandWords(command);
    for (const deed of commandDeeds(words)) {
      const call = { command, words, script, range };
      acts.push({ ...deed, running, file, range: range(command.start, command.end), call });
    }
  }
  return acts;
}

function nameOf(step: Step): string {
  return step.uses?.value.split('@')[0] ?? '';
}
