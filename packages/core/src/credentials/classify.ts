import type { Repository } from '../workflow/repository.ts';
import type { Scripts } from '../workflow/scripts.ts';
import { runsOnlyTests, usedOnlyByApplication } from './consumers.ts';
import type { Credentials } from './credentials.ts';
import { outermost } from './frame.ts';
import type { Candidate } from './groups.ts';
import { literalKind } from './literal.ts';
import { keyName, otherCloud } from './names.ts';
import type { Origin } from './origin.ts';
import type { KeyGroup, KeyPlace } from './place.ts';
import { sourceOfOutput } from './step-output.ts';

type Verdict = Pick<KeyGroup, 'class' | 'reason'>;

/** What the classification looks at beside the candidate. */
export interface Surroundings {
  readonly repository: Repository;
  readonly scripts: Scripts;
  readonly credentials: Credentials;
}

/**
 * Decides what a key is, from the values first: a name alone convicts nothing. A value that may be
 * several things is the worst of them, except that what stands beside the key (a session token, an
 * endpoint of another service) speaks for all of it.
 */
export function classify(candidate: Candidate, around: Surroundings): Verdict {
  const { places } = candidate;
  const verdicts = places
    .filter((place) => place.part !== 'token')
    .flatMap((place) => place.origins.map((origin) => ofOrigin(origin, place, around)));
  const worst = pickWorst(
    verdicts.length > 0
      ? verdicts
      : places.flatMap((place) => place.origins.map((origin) => ofOrigin(origin, place, around))),
  );
  if (worst.class !== 'static') return worst;
  const elsewhere = byEndpoint(candidate);
  if (elsewhere) return elsewhere;
  if (!isAws(places))
    return { class: 'unknown', reason: 'a key of some store; nothing here says that it is AWS' };
  if (withSessionToken(places))
    return { class: 'temporary', reason: 'a session token stands beside it' };
  const [first] = places;
  if (gated(places, around))
    return { class: 'presence-gate', reason: 'the secret is only tested for being set' };
  if (first.by === 'env' && usedOnlyByApplication(places, around)) {
    return {
      class: 'app-runtime',
      reason: 'handed to the application, not used by the job itself',
    };
  }
  return worst;
}

const ranking: readonly KeyGroup['class'][] = [
  'static',
  'minted',
  'app-runtime',
  'temporary',
  'pass-through',
  'other-cloud',
  'unknown',
  'emulator',
  'presence-gate',
  'declaration',
  'guard',
];

function pickWorst(verdicts: readonly Verdict[]): Verdict {
  const none: Verdict = { class: 'unknown', reason: 'no value can be seen' };
  return verdicts.reduce(
    (worst, one) =>
      worst === none || ranking.indexOf(one.class) < ranking.indexOf(worst.class) ? one : worst,
    none,
  );
}

function ofOrigin(origin: Origin, place: KeyPlace, around: Surroundings): Verdict {
  switch (origin.kind) {
    case 'literal':
      return ofLiteral(origin.value);
    case 'secret': {
      if (passedThrough(origin, place))
        return { class: 'pass-through', reason: 'taken from an input; the caller has the key' };
      const other = otherCloud(origin.name);
      if (other) return { class: 'other-cloud', reason: `the secret's name speaks of ${other}` };
      const name = origin.dynamic ? 'a computed name' : `"${origin.name}"`;
      const via = origin.trail.length > 1 ? ', through the environment or an input' : '';
      return { class: 'static', reason: `from the secret ${name}${via}` };
    }
    case 'variable': {
      if (passedThrough(origin, place))
        return { class: 'pass-through', reason: 'taken from an input; the caller has the key' };
      const other = otherCloud(origin.name);
      if (other) return { class: 'other-cloud', reason: `the variable's name speaks of ${other}` };
      return { class: 'static', reason: `from the variable "${origin.name}"` };
    }
    case 'input':
      return {
        class: origin.of === 'dispatch' ? 'unknown' : 'pass-through',
        reason: `from the input "${origin.name}"`,
      };
    case 'env':
      return ofEnvironment(origin, place, around);
    case 'step-output':
      return sourceOfOutput(origin.step, place, around);
    case 'context':
    case 'computed':
      return readsSecretOnlyToTest(place)
        ? { class: 'presence-gate', reason: 'the secret is only compared' }
        : { class: 'unknown', reason: 'only a run can tell the value' };
  }
}

function ofLiteral(value: string): Verdict {
  switch (literalKind(value)) {
    case 'empty':
      return { class: 'guard', reason: 'set to nothing' };
    case 'long-lived':
      return { class: 'static', reason: 'written in plain text' };
    case 'session':
      return { class: 'temporary', reason: 'the id of a session key' };
    case 'placeholder':
      return { class: 'emulator', reason: 'a placeholder' };
  }
}

/** A value that came in by `inputs` is the caller's: the caller's own line is the one to report. */
function passedThrough(origin: Origin, place: KeyPlace): boolean {
  const [first, second] = origin.trail;
  if (!first || !second || place.text === undefined) return false;
  return /\binputs\s*[.[]/.test(first.text.value) && second.frame !== first.frame;
}

/** The environment as it is when the step runs: an earlier credential step may have filled it. */
function ofEnvironment(
  origin: Extract<Origin, { kind: 'env' }>,
  place: KeyPlace,
  { credentials }: Surroundings,
): Verdict {
  const frame = place.frame ? outermost(place.frame) : undefined;
  const job = frame?.job;
  if (!job)
    return { class: 'pass-through', reason: `from the caller's environment ("${origin.name}")` };
  const before = frame?.step?.index ?? job.steps.length;
  const earlier = job.steps.slice(0, before).flatMap((step) => credentials.stepsOf(step));
  const last = earlier.at(-1);
  if (!last) return { class: 'unknown', reason: `no env: sets "${origin.name}"` };
  if (last.method === 'keys' && !last.input('role-to-assume')) {
    return {
      class: 'pass-through',
      reason: 'the key that an earlier step put into the environment',
    };
  }
  return {
    class: 'temporary',
    reason: 'the session that an earlier step put into the environment',
  };
}

function withSessionToken(places: readonly KeyPlace[]): boolean {
  // A token that is itself a stored secret does not rotate by itself: somebody stores sessions by hand.
  return places.some(
    (place) =>
      place.part === 'token' &&
      place.origins.some(
        (origin) => origin.kind !== 'secret' && !(origin.kind === 'literal' && origin.value === ''),
      ),
  );
}

/** A strong name on either side, or an AWS action around a weak one. */
function isAws(places: readonly KeyPlace[]): boolean {
  return places.some((place) => {
    if (keyName(place.name)?.strength === 'strong') return true;
    const named = place.origins.some(
      (origin) =>
        (origin.kind === 'secret' || origin.kind === 'variable') &&
        keyName(origin.name)?.strength === 'strong',
    );
    const pasted = place.origins.some(
      (origin) =>
        origin.kind === 'literal' &&
        literalKind(origin.value) === 'long-lived' &&
        origin.value.includes('AKIA'),
    );
    return named || pasted || speaksOfAws(place);
  });
}

function speaksOfAws(place: KeyPlace): boolean {
  const uses = place.step?.uses?.value ?? '';
  if (/(?:^|[/_-])(?:aws|ecr|s3|eks|ecs|lambda|cloudfront|beanstalk)(?:$|[/_@-])/i.test(uses))
    return true;
  const neighbours = place.by === 'with' ? place.step?.with.items : place.step?.env.items;
  return (
    neighbours?.some((entry) => /^(?:AWS|aws)[-_](?:DEFAULT_)?region$/i.test(entry.name)) ?? false
  );
}

/** An endpoint that is not Amazon's makes the keys beside it another service's. */
function byEndpoint({ endpoints }: Candidate): Verdict | undefined {
  for (const endpoint of endpoints) {
    if (/amazonaws\.com|\.aws(?:\/|$)/i.test(endpoint)) continue;
    if (/^aws$/i.test(endpoint.trim())) continue;
    const local =
      /localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|localstack|minio|moto|host\.docker\.internal|^https?:\/\/[a-z0-9_-]+(?::\d+)?\/?$/i;
    if (local.test(endpoint))
      return { class: 'emulator', reason: `the endpoint is local (${endpoint.slice(0, 60)})` };
    return { class: 'other-cloud', reason: `the endpoint is not AWS's (${endpoint.slice(0, 60)})` };
  }
  return undefined;
}

function readsSecretOnlyToTest(place: KeyPlace): boolean {
  return /secrets\s*[.[]/.test(place.text?.value ?? '');
}

/** Variables that hold a key only so that a script can ask whether it is there. */
function gated(places: readonly KeyPlace[], { scripts }: Surroundings): boolean {
  const names = new Set(places.map((place) => place.name));
  return places.every(
    (place) =>
      (place.by === 'env' || place.by === 'script') &&
      place.step?.run !== undefined &&
      runsOnlyTests(place.step, names, scripts),
  );
}
