import { any, globOf, matchGlob, type Glob, type GlobPart } from '../../language/glob.ts';
import { arnComponents, splitArn } from '../arn.ts';
import { not, or, type Match } from '../match.ts';
import type { PatternElement } from '../policy.ts';
import type { RequestContext } from '../request/context.ts';
import { compileText, fillIn, matchFilled, matchText, type CompiledText } from '../text.ts';

/** `Action` or `Resource` and their negations, ready to be compared. */
export interface CompiledPattern {
  readonly element: PatternElement;
  readonly texts: readonly CompiledText[];
  matches(subject: string, context: RequestContext): Match;
}

/** Actions: any case, wildcards, no variables. */
export function compileActions(element: PatternElement): CompiledPattern {
  const texts = element.values.map(({ pieces }) =>
    compileText(pieces, { variables: false, wildcards: true, ignoreCase: true }),
  );
  return patternOf(element, texts, matchText);
}

/**
 * Resources: case counts. A `*` at the end of a part of the ARN goes on past the colon; of one inside a
 * part, AWS's page does not say so, nor of `?`. In policies of identities an ARN with parts missing at
 * the end is filled with `*`; of other policies AWS does not say it.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function compileResources(
  element: PatternElement,
  variables: boolean,
  completes: boolean,
): CompiledPattern {
  const texts = element.values.map(({ pieces }) =>
    compileText(pieces, { variables, wildcards: true, ignoreCase: false }),
  );
  const prepared = new Map<CompiledText, Resource>();
  for (const text of texts)
    if (text.fixed) prepared.set(text, resourceOf(text.fixed.parts, completes));
  return patternOf(element, texts, (text, subject, context) => {
    const ready = prepared.get(text);
    if (ready) return matchResource(ready, subject);
    return matchFilled(fillIn(text, context), (parts) =>
      matchResource(resourceOf(parts, completes), subject),
    );
  });
}

function patternOf(
  element: PatternElement,
  texts: readonly CompiledText[],
  match: (text: CompiledText, subject: string, context: RequestContext) => Match,
): CompiledPattern {
  return {
    element,
    texts,
    matches: (subject, context) => {
      let result: Match = false;
      for (const text of texts) {
        result = or(result, match(text, subject, context));
        if (result === true) break;
      }
      return element.negated ? not(result) : result;
    },
  };
}

/** A resource's pattern: as one glob, and what else must match for it to be certain. */
interface Resource {
  readonly whole: Glob;
  /** Part by part, where a wildcard inside a part may or may not cross a colon. */
  readonly parts: readonly Glob[] | undefined;
  /** With the missing parts filled in, where the pattern has fewer than six. */
  readonly filled?: Glob;
}

function resourceOf(parts: readonly GlobPart[], completes: boolean): Resource {
  const components = arnComponents(parts);
  if (components.length < 6 && isArn(parts)) {
    const rest = Array.from({ length: 6 - components.length }, () => [':', any]).flat();
    const filled = globOf([...parts, ...rest]);
    // Without a wildcard, and as it is written, it is no ARN of anything.
    if (parts.every(({ kind }) => kind === 'text'))
      return { whole: filled, parts: completes ? undefined : [] };
    return { whole: globOf(parts), parts: undefined, filled };
  }
  const safe = components.slice(0, 5).every(isSafe);
  return { whole: globOf(parts), parts: safe ? undefined : components.map((one) => globOf(one)) };
}

/** Whether `*` stands only at the end, and `?` nowhere. */
function isSafe(component: readonly GlobPart[]): boolean {
  return component.every(
    ({ kind }, index) => kind === 'text' || (kind === 'any' && index === component.length - 1),
  );
}

function isArn([first]: readonly GlobPart[]): boolean {
  return first?.kind === 'text' && first.text.startsWith('arn:');
}

function matchResource({ whole, parts, filled }: Resource, subject: string): Match {
  if (!matchGlob(whole, subject)) return false;
  if (filled) return matchGlob(filled, subject) ? true : 'undecided';
  if (parts === undefined) return true;
  const given = splitArn(subject);
  const each =
    given.length === parts.length && parts.every((glob, at) => matchGlob(glob, given[at] ?? ''));
  return each ? true : 'undecided';
}
