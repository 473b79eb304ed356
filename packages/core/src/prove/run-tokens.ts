import type { SubjectFormat } from '../oidc/format.ts';
import type { Phrase } from '../oidc/phrase.ts';
import { tokensOf, type RunPattern } from '../oidc/run-tokens.ts';
import type { TokenSet, TokenShape } from '../oidc/token-data.ts';
import { withSession } from '../trust/session.ts';

/** What the runs of a case present: their tokens, with the session's name beside the claims. */
export interface RunTokens {
  readonly run: RunPattern;
  readonly session: Phrase;
  /** For each way in which subjects may be written; one when it is known. */
  readonly sets: ReadonlyMap<SubjectFormat, TokenSet>;
}

/** Makes the tokens of a run in every format; done once for a case, since it is most of the work. */
export function runTokens(
  run: RunPattern,
  session: Phrase,
  formats: readonly SubjectFormat[],
): RunTokens {
  const sets = new Map<SubjectFormat, TokenSet>();
  for (const format of formats) {
    const { shapes, unmade } = tokensOf(run, [format]);
    sets.set(format, { shapes: shapes.map((shape) => withSession(shape, session)), unmade });
  }
  return { run, session, sets };
}

/** The tokens of all formats. */
export function shapesOf({ sets }: RunTokens): readonly TokenShape[] {
  return [...sets.values()].flatMap(({ shapes }) => shapes);
}
