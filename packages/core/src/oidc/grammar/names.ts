import type { Letters } from '../../language/letters.ts';
import {
  among,
  anyBut,
  anyCase,
  anything,
  choice,
  literal,
  noRefLetter,
  optional,
  repeat,
  sequence,
  visibleBut,
  type Expression,
} from './expression.ts';
import { lettersOf, type LettersRule } from './letters.ts';

const digits = '0123456789';
const alphanumeric: Expression = among(
  `abcdefghijklmnopqrstuvwxyz${digits}ABCDEFGHIJKLMNOPQRSTUVWXYZ`,
);

/**
 * A user or an organisation: up to 39 letters and digits, single hyphens between them; accounts that
 * an enterprise manages end in `_` and its short code.
 * Source: https://docs.github.com/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
 */
const owner: Expression = sequence(
  alphanumeric,
  repeat(sequence(optional(among('-')), alphanumeric), 0, 38),
  optional(sequence(among('_'), repeat(alphanumeric, 3, 8))),
);

/** More than 39 letters. */
const tooLong: Expression = sequence(repeat(anyBut(''), 40, 40), anything);

/** An owner; `except` names are left out in any case of letters: GitHub compares them so. */
export function ownerName(except: readonly string[] = []): Letters {
  return lettersOf(owner, choice(tooLong, ...except.map(anyCase)));
}

const reserved: Expression = choice(
  literal('.'),
  literal('..'),
  sequence(anything, choice(anyCase('.git'), anyCase('.wiki'))),
);

/** A repository without its owner: 1 to 100 letters, digits, `.`, `_`, `-`; `except` in any case of letters. */
export function repositoryName(except: readonly string[] = []): Letters {
  const letter = choice(alphanumeric, among('-_.'));
  return lettersOf(repeat(letter, 1, 100), choice(reserved, ...except.map(anyCase)));
}

/** A positive number as GitHub writes it. */
export function numericId(except: readonly string[] = []): Letters {
  const id = sequence(among('123456789'), repeat(among(digits), 0, 18));
  return except.length === 0 ? lettersOf(id) : lettersOf(id, choice(...except.map(literal)));
}

const pull: Expression = sequence(among('123456789'), repeat(among(digits), 0, 9));

/** The number of a pull request. */
export function pullNumber(): Letters {
  return lettersOf(pull);
}

const sha: Expression = repeat(among(`${digits}abcdef`), 40, 40);

/** A commit's digest. */
export function commitSha(): Letters {
  return lettersOf(sha);
}

const refText: Expression = repeat(visibleBut(' ~^:?*[\\'), 1);

/** What `git check-ref-format` refuses, and a `-` in front, which `git branch` refuses. */
const badRef: Expression = choice(
  sequence(anything, choice(literal('..'), literal('@{'), literal('//')), anything),
  sequence(optional(sequence(anything, among('/'))), among('.'), anything),
  sequence(anything, literal('.lock'), optional(sequence(among('/'), anything))),
  sequence(anything, among('./')),
  sequence(among('/-'), anything),
);

/**
 * A branch without `refs/heads/`, or a tag without `refs/tags/`.
 * Source: https://git-scm.com/docs/git-check-ref-format
 */
export function refName(): Letters {
  return lettersOf(refText, badRef);
}

/** Rules that leave out what no branch or tag is called. */
export const onlyRefNames: readonly LettersRule[] = [
  { include: false, of: badRef },
  { include: false, of: sequence(anything, noRefLetter, anything) },
  { include: false, of: sequence() },
];

/**
 * An environment: 1 to 255 characters, whatever they are.
 * Source: https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments
 */
export function environmentName(): Letters {
  return lettersOf(repeat(anyBut(''), 1, 255));
}

/** A workflow file without its folder. */
export function workflowFile(): Letters {
  return lettersOf(
    sequence(repeat(visibleBut('/\\'), 1), choice(literal('.yml'), literal('.yaml'))),
  );
}

/** The ref behind the `@` of a called workflow: a branch, a tag, or a commit. */
export function calleeRef(): Letters {
  return lettersOf(
    choice(sha, sequence(literal('refs/'), choice(literal('heads/'), literal('tags/')), refText)),
    sequence(literal('refs/'), choice(literal('heads/'), literal('tags/')), badRef),
  );
}

/** Who started the run: a user, or an app's `name[bot]`. */
export function actorName(): Letters {
  return lettersOf(sequence(owner, optional(literal('[bot]'))));
}

/** Any text of at least so many letters. */
export function anyText(least: number = 1): Letters {
  return lettersOf(repeat(anyBut(''), least));
}

/** One of a few texts. */
export function oneOf(texts: readonly string[]): Letters {
  return lettersOf(choice(...texts.map(literal)));
}
