import type { Workflow } from '../workflow/model.ts';
import type { InputDeclaration } from '../workflow/triggers.ts';
import type { Origin } from './origin.ts';

/** A `workflow_dispatch` input that takes any text, and the workflow that declares it. */
export interface FreeInput {
  readonly workflow: Workflow;
  readonly declaration: InputDeclaration;
}

/**
 * The free text input that a value comes from; undefined for choices, environments, numbers and
 * booleans, and for inputs that the workflow does not declare (they are always empty).
 */
export function freeInputOf(origin: Origin): FreeInput | undefined {
  if (origin.kind !== 'input' || origin.of !== 'dispatch') return undefined;
  const workflow = origin.trail.at(-1)?.frame.job?.workflow;
  const dispatch = workflow?.triggers.find((trigger) => trigger.event === 'workflow_dispatch');
  const name = origin.name.toLowerCase();
  const declaration = dispatch?.inputs.find((input) => input.name.toLowerCase() === name);
  if (!workflow || !declaration || declaration.options.length > 0) return undefined;
  return declaration.type === 'string' ? { workflow, declaration } : undefined;
}
