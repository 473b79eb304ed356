import type { Range } from '../../text/range.ts';
import type { ShellContext, ShellEnclosing } from '../shell.ts';

/** The context of a script's own statements. */
export function scriptContext(length: number): ShellContext {
  return {
    condition: false,
    test: false,
    guard: false,
    orElse: [],
    substitution: false,
    subshell: false,
    loop: false,
    negated: false,
    background: false,
    final: true,
    redirects: [],
    scope: { start: 0, end: length },
  };
}

/** The context of the test of `if`, `while` or `until`, whose failure is an answer. */
export function testContext(outer: ShellContext): ShellContext {
  const { handles: _, alternative: __, ...rest } = outer;
  const mine = { condition: true, test: true, guard: false, negated: false };
  return { ...rest, ...mine, orElse: [], final: true };
}

/** The context of a function's body: its callers decide the rest. */
export function functionContext(outer: ShellContext, name: string, scope: Range): ShellContext {
  const { substitution, subshell } = outer;
  const fresh = scriptContext(0);
  const enclosing = outer.enclosing ? { enclosing: outer.enclosing } : {};
  return { ...fresh, ...enclosing, substitution, subshell, function: name, scope };
}

/** The context inside a substitution. Its output is captured, so that no redirect of a group applies. */
export function substitutionContext(
  outer: ShellContext,
  enclosing: Omit<ShellEnclosing, 'start'>,
  scope: Range,
): ShellContext {
  const { pipeline: _, ...rest } = outer;
  const outerFinal = outer.enclosing?.final ?? true;
  return {
    ...rest,
    substitution: true,
    // `! A=$(b)` is about `b`, `! a "$(b)"` is not.
    negated: outer.negated && enclosing.kind === 'assignment',
    enclosing: { ...enclosing, final: enclosing.final && outerFinal, start: scope.start },
    background: false,
    final: true,
    redirects: [],
    scope,
  };
}
