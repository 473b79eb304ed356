import type { ShellScript, ShellWord } from '../script/shell.ts';
import { fileOf, jobOf, type Step } from '../workflow/model.ts';
import { referencesOf } from '../workflow/references.ts';
import type { Repository } from '../workflow/repository.ts';
import type { Scripts, StepScript } from '../workflow/scripts.ts';
import { cut } from '../workflow/template.ts';
import { endpointsFor } from './blocks.ts';
import type { Candidate } from './groups.ts';
import { keyIdsIn } from './literal.ts';
import { keysOf, type StemmedPlace } from './merge.ts';
import { keyName, stemOf } from './names.ts';
import { framesOf, type Origin } from './origin.ts';
import type { KeyPlace } from './place.ts';
import { valueOrigins, wordOrigins } from './script-values.ts';
import { keyWordsOf } from './script-words.ts';

/** What scripts must say, in any language, before they are looked at more closely. */
const telling =
  /access[_-]?key|secret[_-]?key|secret[_-]?access|AKIA|aws_\w*(?:key|secret|id)|session[_-]?token/i;

/** Keys in the `run:` scripts of all steps. */
export function scriptCandidates(repository: Repository, scripts: Scripts): Candidate[] {
  const found: Candidate[] = [];
  for (const step of repository.steps()) {
    if (!step.run || !telling.test(step.run.value)) continue;
    const script = scripts.of(step);
    if (script) found.push(...ofScript(step, script, repository));
  }
  return found;
}

function ofScript(step: Step, script: StepScript, repository: Repository): Candidate[] {
  const parsed = script.parsed();
  const frames = framesOf(step, repository);
  const job = jobOf(step);
  const make = (
    name: string,
    part: KeyPlace['part'],
    start: number,
    end: number,
    origins: readonly Origin[],
  ): StemmedPlace => ({
    stem: stemOf(name),
    place: {
      scope: 'script',
      by: 'script',
      part,
      name,
      file: fileOf(step),
      range: script.range(start, end),
      ...(frames[0] ? { frame: frames[0] } : {}),
      ...(job ? { job, workflow: job.workflow } : {}),
      step,
      origins,
    },
  });
  const places: StemmedPlace[] = [];
  const covered: { start: number; end: number }[] = [];
  for (const word of parsed ? keyWordsOf(parsed) : []) {
    const origins =
      word.text === undefined
        ? wordOrigins(word.value, parsed as ShellScript, step, frames, repository)
        : valueOrigins(word.text, step, frames, repository);
    covered.push({ start: word.start, end: word.end });
    if (origins.every((origin) => reportedElsewhere(origin))) continue;
    places.push(make(word.name, word.part, word.start, word.end, origins));
  }
  for (const { name, part, start, end, source } of expressionsOf(script.text.value)) {
    if (covered.some((one) => one.start <= start && end <= one.end)) continue;
    places.push(make(name, part, start, end, valueOrigins(source, step, frames, repository)));
  }
  for (const { start, id } of keyIdsIn(script.text.value)) {
    if (covered.some((one) => one.start <= start && start < one.end)) continue;
    const origin: Origin = { kind: 'literal', value: id, trail: [] };
    places.push(make('access key id', 'id', start, start + id.length, [origin]));
  }
  if (places.length === 0) return mentioned(step, script);
  const endpoints = [
    ...endpointOptions(parsed),
    ...endpointsFor(
      places.map((one) => one.place),
      [step.env, ...(job ? [job.env, job.workflow.env] : [])],
    ),
  ];
  return keysOf(places).flatMap((group): Candidate[] => {
    const [first, ...rest] = group;
    return first ? [{ places: [first, ...rest], endpoints }] : [];
  });
}

/** A value that came through an `env:` entry with a key's name is reported there. */
function reportedElsewhere(origin: Origin): boolean {
  return origin.trail.some(({ text, frame }) => {
    const blocks = [frame.step?.env, frame.job?.env, frame.job?.workflow.env];
    const entry = blocks.flatMap((block) => block?.items ?? []).find((one) => one.value === text);
    if (!entry) return false;
    const read =
      origin.kind === 'secret' || origin.kind === 'variable' ? keyName(origin.name) : undefined;
    return keyName(entry.name) !== undefined || read?.strength === 'strong';
  });
}

function expressionsOf(
  text: string,
): { name: string; part: KeyPlace['part']; start: number; end: number; source: string }[] {
  if (!text.includes('${{')) return [];
  return cut(text).flatMap((part) => {
    if (part.kind !== 'expression') return [];
    const keys = referencesOf(part.expression).flatMap(({ context, path: [name] }) => {
      if (name === undefined || (context !== 'secrets' && context !== 'vars' && context !== 'env'))
        return [];
      const read = keyName(name);
      return read?.strength === 'strong' ? [{ name, part: read.part }] : [];
    });
    const [first] = keys;
    const source = text.slice(part.start, part.end);
    return first ? [{ ...first, start: part.start, end: part.end, source }] : [];
  });
}

function endpointOptions(parsed: ShellScript | undefined): string[] {
  return (parsed?.commands ?? []).flatMap((command) =>
    command.args.flatMap((word, index): string[] => {
      if (word.text === '--endpoint-url') return textOf(command.args[index + 1]);
      const given = /^--endpoint-url=(.+)$/.exec(word.text)?.[1];
      return given === undefined ? [] : [given];
    }),
  );
}

function textOf(word: ShellWord | undefined): string[] {
  return word ? [word.text] : [];
}

/** Scripts that speak of keys without giving any a value: tests, refusals, `unset`. */
function mentioned(step: Step, script: StepScript): Candidate[] {
  const match =
    /AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|aws_access_key_id|aws_secret_access_key/.exec(
      script.text.value,
    );
  if (!match) return [];
  const job = jobOf(step);
  const place: KeyPlace = {
    scope: 'script',
    by: 'script',
    part: 'id',
    name: match[0],
    file: fileOf(step),
    range: script.range(match.index, match.index + match[0].length),
    ...(job ? { job, workflow: job.workflow } : {}),
    step,
    origins: [],
  };
  return [
    {
      places: [place],
      endpoints: [],
      settled: { class: 'guard', reason: 'named, but given no value here' },
    },
  ];
}
