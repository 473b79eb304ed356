import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';
import { evaluateText } from '../workflow/evaluate.ts';
import { fileOf, type Action, type Job, type Step, type Text } from '../workflow/model.ts';
import type { Act } from './acts.ts';
import { lenience } from './lenience.ts';
import { swallowed } from './swallowed.ts';

/** Something that lets a run go on although an act failed. */
export interface Opening {
  readonly cause: 'continue-on-error' | 'alternative' | 'zero' | 'no-errexit' | 'pipe' | 'lenient';
  /** The words that do it, as written. */
  readonly words: string;
  readonly file: SourceFile;
  readonly range: Range;
}

/** Whatever loses the failure of an act, the nearest first. */
export function openingOf(act: Act): Opening | undefined {
  return byScript(act) ?? byScanner(act) ?? byStep(act) ?? byJob(act.running.job);
}

function byScript({ call, running, file }: Act): Opening | undefined {
  if (!call) return undefined;
  const lost = swallowed(call.command, call.script, running.step);
  if (!lost) return undefined;
  return { cause: lost.by, words: lost.words, file, range: call.range(lost.start, lost.end) };
}

function byScanner(act: Act): Opening | undefined {
  const found = lenience(act);
  if (!found) return undefined;
  const range = found.input?.node ?? act.range;
  return { cause: 'lenient', words: found.words, file: act.file, range };
}

/** `continue-on-error` of the step, or of the step that uses the composite action it stands in. */
function byStep({ kind, running }: Act): Opening | undefined {
  // A composite action that only fetches something may log in for itself.
  const steps = kind === 'credential' ? [running.step] : [running.step, running.jobStep];
  for (const step of new Set(steps)) {
    const text = step.continueOnError;
    if (text && isTrue(text) && !isAskedLater(step)) return opening(text, step);
  }
  return undefined;
}

function byJob(job: Job): Opening | undefined {
  const text = job.continueOnError;
  return text && isTrue(text) ? opening(text, job) : undefined;
}

function opening(text: Text, part: Step | Job): Opening {
  return {
    cause: 'continue-on-error',
    words: `continue-on-error: ${text.value}`,
    file: fileOf(part),
    range: text.via ?? text.node,
  };
}

/** Whether a `continue-on-error` is always true: one that the matrix decides is a choice. */
function isTrue(text: Text): boolean {
  const value = evaluateText(text, { contexts: {} });
  return value.kind === 'known' && (value.value === true || value.value === 'true');
}

/** Whether something reads how the step ended: the failure then counts later. */
function isAskedLater(step: Step): boolean {
  const id = step.id?.value;
  if (id === undefined) return false;
  const owner: Job | Action = step.owner;
  const { start, end } = owner.kind === 'job' ? owner.node : owner.root;
  const text = fileOf(owner).text.slice(start, end).toLowerCase();
  const name = id.toLowerCase();
  return [`steps.${name}.outcome`, `steps.${name}.conclusion`, `steps['${name}']`].some((one) =>
    text.includes(one),
  );
}
