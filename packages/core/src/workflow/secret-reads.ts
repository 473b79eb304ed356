import type { YamlNode, YamlScalar } from '../text/node.ts';
import type { Range } from '../text/range.ts';
import type { Text, Workflow } from './model.ts';
import { referencesOf } from './references.ts';
import { templateOf } from './template.ts';

/** One `secrets.NAME` in an expression; names that are computed are left out. */
export interface SecretRead {
  /** In upper case: GitHub does not tell cases apart. */
  readonly name: string;
  readonly written: string;
  /** The string, and the expression in it. */
  readonly text: Text;
  readonly part: Range;
}

const known = new WeakMap<Workflow, readonly SecretRead[]>();

/** Every read of a secret in a workflow, in the order of the file. */
export function secretReads(workflow: Workflow): readonly SecretRead[] {
  let reads = known.get(workflow);
  if (!reads) {
    reads = /secrets/i.test(workflow.file.text) ? readsBelow(workflow.root, []) : [];
    known.set(workflow, reads);
  }
  return reads;
}

const none: readonly SecretRead[] = [];

function readsIn(node: YamlScalar): readonly SecretRead[] {
  if (!node.text.includes('${{') || !/secrets/i.test(node.text)) return none;
  const text: Text = { value: node.text, node };
  return templateOf(text).flatMap((part) =>
    referencesOf(part.kind === 'expression' ? part.expression : undefined).flatMap(
      ({ context, path: [written] }) =>
        context === 'secrets' && written !== undefined
          ? [{ name: written.toUpperCase(), written, text, part }]
          : [],
    ),
  );
}

/** The reads in every scalar value; what an alias stands for is read where it is written. */
function readsBelow(node: YamlNode, found: SecretRead[]): SecretRead[] {
  if (node.kind === 'scalar') found.push(...readsIn(node));
  else if (node.kind === 'seq') for (const item of node.items) readsBelow(item, found);
  else if (node.kind === 'map') for (const { value } of node.pairs) readsBelow(value, found);
  return found;
}
