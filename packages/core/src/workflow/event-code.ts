import type { Range } from '../text/range.ts';
import { inputOf, type Step, type Text } from './model.ts';
import { referencesIn, referencesOf, type Reference } from './references.ts';
import { templateOf } from './template.ts';

/** How code, text or files of an outsider get into a step. */
export interface EventCode {
  readonly kind: 'checkout' | 'script' | 'artifact';
  /** What brings it in, as it is written. */
  readonly source: string;
  /** The string that it stands in, and where in it. */
  readonly text: Text;
  readonly part: Range;
}

/** Fields of the event that name the code of a pull request or of another workflow's run. */
const headFields =
  /^github\.(?:head_ref$|event\.pull_request\.(?:head\.|number$)|event\.issue\.number$|event\.number$|event\.workflow_run\.(?:head_|pull_requests))/;

/**
 * Fields that outsiders fill with free text; in a script they are run as code.
 * Source: https://docs.github.com/actions/concepts/security/script-injections
 */
const freeFields =
  /^github\.(?:head_ref$|event\.(?:issue\.(?:title|body)|pull_request\.(?:title|body|head\.(?:ref|label)|head\.repo\.default_branch)|comment\.body|review\.body|discussion\.(?:title|body)|workflow_run\.(?:head_branch|display_title|head_commit\.)|head_commit\.|pages\.|commits\.))/;

/** The first way in which a step runs what came with the event; undefined when none is in sight. */
export function eventCodeOf(step: Step): EventCode | undefined {
  return checkoutOf(step) ?? scriptOf(step) ?? artifactOf(step);
}

function checkoutOf(step: Step): EventCode | undefined {
  if (/^actions\/checkout@/i.test(step.uses?.value ?? '')) {
    const texts = ['ref', 'repository'].flatMap((name) => inputOf(step, name) ?? []);
    const text = texts.find((one) => isForeign(one));
    return text && { kind: 'checkout', source: text.value.trim(), text, part: whole(text) };
  }
  return lineOf(step, 'checkout', (line) => {
    if (/\bgh pr checkout\b/.test(line)) return true;
    return /\bgit (?:fetch|pull)\b/.test(line) && /\bpull\//.test(line);
  });
}

/** What a run that outsiders caused has left behind is theirs too. */
function artifactOf(step: Step): EventCode | undefined {
  if (/^(?:actions|dawidd6)\/(?:action-)?download-artifact@/i.test(step.uses?.value ?? '')) {
    const text = inputOf(step, 'run-id') ?? inputOf(step, 'run_id');
    if (
      !text ||
      !referencesIn(text).some((one) => nameOf(one) === 'github.event.workflow_run.id')
    ) {
      return undefined;
    }
    return { kind: 'artifact', source: text.value.trim(), text, part: whole(text) };
  }
  return lineOf(step, 'artifact', (line) => /\bgh run download\b/.test(line));
}

/** The first line of a script, comments left out, that does something. */
function lineOf(
  { run }: Step,
  kind: EventCode['kind'],
  does: (line: string) => boolean,
): EventCode | undefined {
  let start = 0;
  for (const line of run?.value.split('\n') ?? []) {
    const source = line.trim();
    if (run && !source.startsWith('#') && does(line)) {
      const from = start + line.indexOf(source);
      return { kind, source, text: run, part: { start: from, end: from + source.length } };
    }
    start += line.length + 1;
  }
  return undefined;
}

function isForeign(text: Text): boolean {
  return (
    text.value.includes('refs/pull/') ||
    referencesIn(text).some((one) => headFields.test(nameOf(one)))
  );
}

function scriptOf(step: Step): EventCode | undefined {
  const isScript = /^actions\/github-script@/i.test(step.uses?.value ?? '');
  const text = step.run ?? (isScript ? inputOf(step, 'script') : undefined);
  for (const part of text ? templateOf(text) : []) {
    const read = part.kind === 'expression' ? referencesOf(part.expression).map(nameOf) : [];
    const free = read.find((name) => freeFields.test(name));
    if (text && free) return { kind: 'script', source: `\${{ ${free} }}`, text, part };
  }
  return undefined;
}

function whole(text: Text): Range {
  return { start: 0, end: text.value.length };
}

function nameOf(reference: Reference): string {
  return [reference.context, ...reference.path].join('.');
}
