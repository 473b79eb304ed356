import { entryOf } from '../workflow/model.ts';
import type { Frame } from './frame.ts';

/** Whether `env:` at any level sets one of the variables for a step, in whatever frame it runs. */
export function environmentSets(names: readonly string[], frame: Frame): boolean {
  const levels = [frame.step?.env, frame.job?.env, frame.job?.workflow.env];
  if (levels.some((entries) => entries && names.some((name) => entryOf(entries, name))))
    return true;
  return frame.caller !== undefined && environmentSets(names, frame.caller);
}
