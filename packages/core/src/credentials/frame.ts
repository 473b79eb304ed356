import type { SourceFile } from '../text/source.ts';
import { fileOf, type Action, type Job, type Step, type Text } from '../workflow/model.ts';

/**
 * Where a string is read: a step or job of a workflow, or a step of a composite action as one
 * particular step uses it (`caller`). The same text can mean different things in different frames.
 */
export interface Frame {
  readonly job?: Job | undefined;
  readonly step?: Step | undefined;
  readonly action?: Action | undefined;
  /** The step that uses the action, and its own frame. */
  readonly caller?: Frame | undefined;
}

/** A string in its frame. */
export interface FramedText {
  readonly text: Text;
  readonly frame: Frame;
}

/** The frame of a step in a job, or of a step of an action that nothing is known to use. */
export function frameOf(step: Step, caller?: Frame): Frame {
  const { owner } = step;
  if (owner.kind === 'job') return { job: owner, step, action: undefined, caller: undefined };
  return { job: undefined, step, action: owner, caller };
}

/** The frame of a job's own strings. */
export function frameOfJob(job: Job): Frame {
  return { job, step: undefined, action: undefined, caller: undefined };
}

/** The file that a frame's strings stand in. */
export function fileOfFrame(frame: Frame): SourceFile {
  const part = frame.step ?? frame.job ?? frame.action;
  if (!part) throw new Error('a frame has a step, a job or an action');
  return fileOf(part);
}

/** The step of the job through which a frame is reached; undefined for unused composite actions. */
export function outermost(frame: Frame): Frame {
  return frame.caller ? outermost(frame.caller) : frame;
}
