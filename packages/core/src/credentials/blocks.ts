import type { Container, Entries, Entry, Job, Step, Workflow } from '../workflow/model.ts';
import { referencesIn } from '../workflow/references.ts';
import type { Repository } from '../workflow/repository.ts';
import type { Trigger } from '../workflow/triggers.ts';
import { frameOfJob, type Frame } from './frame.ts';
import type { Candidate } from './groups.ts';
import { keyIdsIn } from './literal.ts';
import { keysOf, type StemmedPlace } from './merge.ts';
import { keyName, stemOf } from './names.ts';
import { framesOf, originsOf, type Origin } from './origin.ts';
import type { KeyPart, KeyPlace, PlaceScope } from './place.ts';

/** A block of named values and where it stands. */
interface Block {
  readonly entries: Entries;
  readonly scope: PlaceScope;
  readonly by: KeyPlace['by'];
  readonly frames: () => readonly Frame[];
  readonly workflow?: Workflow;
  readonly job?: Job;
  readonly step?: Step;
  /** Blocks that give the same process its environment: an endpoint may stand in any of them. */
  readonly beside?: readonly Entries[];
}

/** Keys in `env`, `with`, `credentials`, `secrets` and declarations. */
export function blockCandidates(repository: Repository): Candidate[] {
  const found: Candidate[] = [];
  for (const workflow of repository.workflows) {
    for (const trigger of workflow.triggers) found.push(...declared(workflow, trigger));
    const [first] = workflow.jobs;
    // Every job has the workflow's env; one frame is enough, because jobs cannot change its values.
    if (first)
      found.push(
        ...read(
          {
            entries: workflow.env,
            scope: 'workflow',
            by: 'env',
            frames: () => [frameOfJob(first)],
            workflow,
          },
          repository,
        ),
      );
    for (const job of workflow.jobs) found.push(...ofJob(job, repository));
  }
  for (const action of repository.actions) {
    for (const step of action.steps) found.push(...ofStep(step, repository));
  }
  return found;
}

function ofJob(job: Job, repository: Repository): Candidate[] {
  const base = { frames: () => [frameOfJob(job)], job, workflow: job.workflow };
  const found = read({ ...base, entries: job.env, scope: 'job', by: 'env' }, repository);
  if (job.uses) {
    found.push(
      ...read({ ...base, entries: job.secrets, scope: 'call', by: 'secrets' }, repository),
    );
    found.push(...read({ ...base, entries: job.with, scope: 'call', by: 'with' }, repository));
  }
  const container = (one: Container, scope: 'service' | 'container'): void => {
    found.push(...read({ ...base, entries: one.env, scope, by: 'env' }, repository));
    found.push(
      ...read({ ...base, entries: one.credentials, scope, by: 'credentials' }, repository),
    );
  };
  if (job.container) container(job.container, 'container');
  for (const service of job.services) container(service, 'service');
  for (const step of job.steps) found.push(...ofStep(step, repository));
  return found;
}

function ofStep(step: Step, repository: Repository): Candidate[] {
  if (!holdsKeys(step.env) && !holdsKeys(step.with)) return [];
  const job = step.owner.kind === 'job' ? step.owner : undefined;
  let known: readonly Frame[] | undefined;
  const frames = (): readonly Frame[] => (known ??= framesOf(step, repository));
  const base = { frames, step, ...(job ? { job, workflow: job.workflow } : {}) };
  const beside = job ? [job.env, job.workflow.env] : [];
  return [
    ...read(
      { ...base, entries: step.with, scope: 'step', by: 'with', beside: [step.env] },
      repository,
    ),
    ...read(
      { ...base, entries: step.env, scope: 'step', by: 'env', beside: [step.with, ...beside] },
      repository,
    ),
  ];
}

function declared(workflow: Workflow, trigger: Trigger): Candidate[] {
  return trigger.secrets.items.flatMap((entry): Candidate[] => {
    const name = keyName(entry.name);
    if (!name) return [];
    const place: KeyPlace = {
      scope: 'declaration',
      by: 'declaration',
      part: name.part,
      name: entry.name,
      file: workflow.file,
      range: entry.key,
      workflow,
      origins: [],
    };
    const reason = 'a secret that callers of this workflow hand over';
    return [{ places: [place], endpoints: [], settled: { class: 'declaration', reason } }];
  });
}

function read(block: Block, repository: Repository): Candidate[] {
  const places: StemmedPlace[] = [];
  for (const entry of block.entries.items) {
    const part = partOfEntry(entry);
    if (part)
      places.push({ place: makePlace(entry, part, block, repository), stem: stemOfEntry(entry) });
  }
  if (places.length === 0) return [];
  return keysOf(places).flatMap((group) => {
    const [first, ...rest] = group;
    if (!first) return [];
    const endpoints = endpointsFor(group, [block.entries, ...(block.beside ?? [])]);
    return [{ places: [first, ...rest] as const, endpoints, ...settledBy(block) }];
  });
}

/** Most blocks hold none, and what it takes to read them need not be made. */
function holdsKeys(entries: Entries): boolean {
  return entries.items.some((entry) => partOfEntry(entry) !== undefined);
}

function settledBy(block: Block): Pick<Candidate, 'settled'> {
  if (block.scope !== 'call' || block.by !== 'secrets') return {};
  return {
    settled: { class: 'pass-through', reason: 'handed to the called workflow, which uses it' },
  };
}

/** By the entry's own name, else by the secrets that its value reads, else by a key id in plain text. */
function partOfEntry(entry: Entry): KeyPart | undefined {
  const own = keyName(entry.name);
  if (own) return own.part;
  const text = entry.value;
  if (!text) return undefined;
  if (text.value.includes('AKIA') && keyIdsIn(text.value).length > 0) return 'id';
  if (!text.value.includes('${{') || !/(?:secrets|vars|env)\s*[.[]/i.test(text.value))
    return undefined;
  const parts = new Set(secretParts(entry));
  if (parts.size > 1) return 'pair';
  return [...parts][0];
}

function secretParts(entry: Entry): KeyPart[] {
  return keyReferences(entry).map(({ part }) => part);
}

function keyReferences(entry: Entry): { name: string; part: 'id' | 'secret' | 'token' }[] {
  return referencesIn(entry.value).flatMap(({ context, path }) => {
    const [name] = path;
    if (name === undefined || (context !== 'secrets' && context !== 'vars' && context !== 'env'))
      return [];
    const read = keyName(name);
    return read?.strength === 'strong' ? [{ name, part: read.part }] : [];
  });
}

function stemOfEntry(entry: Entry): string {
  if (keyName(entry.name)) return stemOf(entry.name);
  const [reference] = keyReferences(entry);
  return reference ? stemOf(reference.name) : entry.name;
}

function makePlace(entry: Entry, part: KeyPart, block: Block, repository: Repository): KeyPlace {
  const file = fileOfBlock(block);
  const value = entry.value;
  const end = value && !value.via ? Math.max(entry.key.end, value.node.end) : entry.pair.value.end;
  const all = value ? block.frames().flatMap((frame) => originsOf(value, frame, repository)) : [];
  // A text that is looked at for the secrets it reads may read others beside the key's.
  const origins = keyName(entry.name) ? all : all.filter(isKeyOrigin);
  return {
    scope: block.scope,
    by: block.by,
    part,
    name: entry.name,
    file,
    range: {
      start: entry.key.start,
      end: trimmedEnd(file.text, entry.key.start, Math.max(end, entry.key.end)),
    },
    ...(value ? { text: value } : {}),
    ...(block.frames()[0] ? { frame: block.frames()[0] } : {}),
    ...(block.workflow ? { workflow: block.workflow } : {}),
    ...(block.job ? { job: block.job } : {}),
    ...(block.step ? { step: block.step } : {}),
    origins,
  };
}

function isKeyOrigin(origin: Origin): boolean {
  if (origin.kind !== 'secret' && origin.kind !== 'variable') return true;
  return keyName(origin.name)?.strength === 'strong';
}

/** Block scalars end after their last line break; a finding ends at their last character. */
function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1] ?? '')) at -= 1;
  return at;
}

function fileOfBlock(block: Block): KeyPlace['file'] {
  if (block.step)
    return block.step.owner.kind === 'job' ? block.step.owner.workflow.file : block.step.owner.file;
  const workflow = block.job?.workflow ?? block.workflow;
  if (!workflow) throw new Error('a block stands in a workflow or an action');
  return workflow.file;
}

/** The endpoints that blocks give to keys: those without a name of their own, or of the same stem. */
export function endpointsFor(group: readonly KeyPlace[], blocks: readonly Entries[]): string[] {
  const stems = new Set(group.map((place) => stemOf(place.name).toLowerCase()));
  return blocks.flatMap((entries) =>
    entries.items.flatMap((entry) => {
      if (!/endpoint|(?:^|[-_])s3[-_]?(?:host|url)$|^host$|^provider$/i.test(entry.name)) return [];
      const stem = entry.name
        .toLowerCase()
        .replace(/[-_]?(?:s3|aws)?[-_]?endpoint.*$/, '')
        .replace(/[^a-z0-9]/g, '');
      const generic =
        stem === '' || stem === 'aws' || stem === 's3' || /^(?:host|provider)$/i.test(entry.name);
      const same = [...stems].some((one) => one.replaceAll(/[^a-z0-9]/g, '').startsWith(stem));
      return entry.value && entry.value.value !== '' && (generic || same)
        ? [entry.value.value]
        : [];
    }),
  );
}
