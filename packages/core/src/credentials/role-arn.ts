import type { Pattern } from './pattern.ts';

/** Where a pattern stops being a role's ARN. */
export interface ArnFault {
  /** What stands there: characters of the value, from the first wrong one on. */
  readonly found: string;
  readonly expected: Expected;
}

/** The parts of a role's ARN in order. */
export type Expected = 'arn:aws' | ':iam::' | 'account' | ':role/' | 'name';

interface Slot {
  readonly part: Expected;
  readonly accepts: (character: string) => boolean;
  /** Whether the slot can be taken again, or skipped. */
  readonly again: boolean;
  readonly optional: boolean;
}

/**
 * `arn:aws[-a-z]*:iam::\d{12}:role/[\w+=,.@/-]+` as a row of slots.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
const slots: readonly Slot[] = [
  ...exactly('arn:aws', 'arn:aws'),
  {
    part: 'arn:aws',
    accepts: (character) => /[-a-z]/.test(character),
    again: true,
    optional: true,
  },
  ...exactly(':iam::', ':iam::'),
  ...Array.from({ length: 12 }, (): Slot => single('account', (character) => /\d/.test(character))),
  ...exactly(':role/', ':role/'),
  {
    part: 'name',
    accepts: (character) => /[\w+=,.@/-]/.test(character),
    again: true,
    optional: false,
  },
];

/**
 * The first thing in a pattern that no filling of its gaps can make a role's ARN of; undefined when
 * it can be one. A gap may hold any characters, colons too.
 */
export function arnFault(pattern: Pattern): ArnFault | undefined {
  // A state is a number of slots taken; `again` slots are also open after they were taken.
  let states = new Set([0]);
  const rest = pattern.map((part) => (part.kind === 'fixed' ? part.text : undefined));
  for (const [index, text] of rest.entries()) {
    if (text === undefined) {
      const least = Math.min(...states);
      states = new Set(Array.from({ length: slots.length - least + 1 }, (_, more) => least + more));
      continue;
    }
    for (let at = 0; at < text.length; at += 1) {
      const next = step(states, text[at] ?? '');
      if (next.size === 0) {
        const after = [text.slice(at), ...rest.slice(index + 1).map((one) => one ?? '...')].join(
          '',
        );
        return { found: after, expected: expectedIn(states) };
      }
      states = next;
    }
  }
  return states.has(slots.length) ? undefined : { found: '', expected: expectedIn(states) };
}

function step(states: ReadonlySet<number>, character: string): Set<number> {
  const next = new Set<number>();
  for (const state of states) {
    if (state > 0 && slots[state - 1]?.again && slots[state - 1]?.accepts(character))
      next.add(state);
    for (let at = state; at < slots.length; at += 1) {
      const slot = slots[at];
      if (slot?.accepts(character)) next.add(at + 1);
      if (!slot?.optional) break;
    }
  }
  return next;
}

function expectedIn(states: ReadonlySet<number>): Expected {
  const furthest = Math.max(...states);
  return (slots[furthest] ?? slots.at(-1))?.part ?? 'name';
}

function exactly(text: string, part: Expected): Slot[] {
  return text.split('').map((wanted) => single(part, (character) => character === wanted));
}

function single(part: Expected, accepts: Slot['accepts']): Slot {
  return { part, accepts, again: false, optional: false };
}
