import type { ExpressionNode } from './expression.ts';
import type { Job, Text } from './model.ts';
import { childrenOf } from './references.ts';
import { conditionOf } from './template.ts';

/**
 * Fields that say who is behind an event, or where its code comes from. A condition on one lets only
 * some people through; none is as good as a trigger that outsiders cannot set off.
 */
const people =
  /^github\.(?:actor|actor_id|triggering_actor|event\.(?:sender\.login|(?:issue|comment|pull_request|review|discussion)\.(?:author_association|user\.login)|pull_request\.(?:merged|head\.repo\.(?:full_name|fork|owner\.login))|workflow_run\.(?:event|head_repository\.(?:full_name|fork)|actor\.login)))/;

/** Labels guard where they are asked for; `!contains(labels, 'skip')` lets everybody else in. */
const labels = /^github\.event\.(?:label\.name|(?:issue|pull_request|discussion)\.labels)/;

/** Whether a condition asks who is behind the event. */
export function asksWho(condition: Text | undefined): boolean {
  const ast = conditionOf(condition)?.ast;
  return ast !== undefined && reads(ast, false);
}

function reads(node: ExpressionNode, negated: boolean): boolean {
  if (node.kind === 'path') {
    const name = [node.context, ...node.path.filter((part) => typeof part === 'string')].join('.');
    return people.test(name) || (!negated && labels.test(name));
  }
  return childrenOf(node).some((child) => reads(child, negated !== (node.kind === 'not')));
}

/** A job and those that it waits for, each once. */
export function withNeeds(job: Job): Job[] {
  const found = new Set([job]);
  for (const one of found) {
    for (const need of one.needs) {
      const other = job.workflow.jobs.find((known) => known.id === need.value);
      if (other) found.add(other);
    }
  }
  return [...found];
}
