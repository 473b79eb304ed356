import { fileOfFrame, type FramedText } from '../credentials/frame.ts';
import type { YamlNode, YamlPair } from '../text/node.ts';
import { offsetsOf } from '../text/offsets.ts';
import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';
import { fileOf, type Job, type Step, type Text } from '../workflow/model.ts';
import type { Place } from './rule.ts';

/** The place of a string where it is written, in whichever file that is. */
export function placeOfText({ text, frame }: FramedText, label: string): Place {
  const file = fileOfFrame(frame);
  // A block's text starts with its indentation and ends with its line end.
  const { start, end } = text.node;
  const written = file.text.slice(start, end);
  const from = start + written.length - written.trimStart().length;
  return {
    file,
    range: { start: from, end: Math.max(from, start + written.trimEnd().length) },
    label,
  };
}

/** The line that says what a step is: its `uses:`, else its first key. */
export function placeOfStep(step: Step, label: string): Place {
  const first = step.node.pairs[0];
  const node = step.uses?.node ?? first?.key ?? step.node;
  return placeOfNode(fileOf(step), node, label);
}

/** The name of a job. */
export function placeOfJob(job: Job, label: string): Place {
  return placeOfNode(job.workflow.file, job.key, label);
}

/** A key with its value. */
export function placeOfPair(file: SourceFile, pair: YamlPair, label: string): Place {
  const end = Math.max(pair.key.end, lastOf(pair.value));
  return { file, range: { start: pair.key.start, end }, label };
}

/** Any node. */
export function placeOfNode(file: SourceFile, node: YamlNode, label: string): Place {
  return { file, range: { start: node.start, end: Math.max(node.start, node.end) }, label };
}

/** A part of a string, by indices in its value: one expression of a long script, say. */
export function placeOfPart(file: SourceFile, text: Text, part: Range, label: string): Place {
  const at = offsetsOf(file.text, text.node);
  const start = at(part.start);
  return { file, range: { start, end: Math.max(start, at(part.end - 1) + 1) }, label };
}

/** The end of a value; that of a block is its last line's, without the line end. */
function lastOf(node: YamlNode): number {
  if (node.kind === 'map' && !node.flow) {
    const last = node.pairs.at(-1);
    return last ? Math.max(last.key.end, lastOf(last.value)) : node.end;
  }
  if (node.kind === 'seq' && !node.flow) {
    const last = node.items.at(-1);
    return last ? lastOf(last) : node.end;
  }
  return node.end;
}
