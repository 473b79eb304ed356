import type { ShellExpression, ShellProblem } from '../shell.ts';

/** Stands for each unit of an expression in {@link Mask.text}; it is in no class of the shell's syntax. */
export const expressionUnit = '\uE000';

/** A script made ready for reading as shell. */
export interface Mask {
  /**
   * INVARIANT: as long as the source, and with a newline exactly where the source has one outside
   * expressions. GitHub puts one value in the place of an expression, so that a newline between its
   * braces ends no command. Offsets are counted in the source: the missing newlines move none.
   */
  readonly text: string;
  readonly expressions: readonly ShellExpression[];
  /** The index of the expression that starts at an offset. */
  readonly starts: ReadonlyMap<number, number>;
  readonly problems: readonly ShellProblem[];
}

/**
 * Hides the expressions of a script. As in GitHub's own reader one ends at the first `}}` outside
 * single quotes; a `${{` that never ends is plain text here (GitHub refuses the workflow).
 * Source: ParseScalar in actions/runner, src/Sdk/DTObjectTemplating/ObjectTemplating/TemplateReader.cs
 */
export function maskScript(source: string): Mask {
  const expressions: ShellExpression[] = [];
  const starts = new Map<number, number>();
  const problems: ShellProblem[] = [];
  let text = '';
  let at = 0;
  for (let open = source.indexOf('${{'); open !== -1; open = source.indexOf('${{', at)) {
    text += plain(source.slice(at, open));
    const close = closing(source, open + 3);
    at = close === -1 ? open + 3 : close;
    if (close === -1) {
      // ATTACKER: what follows cannot be closed either, so that only the first search is long.
      text += `...${plain(source.slice(at).replaceAll('${{', '...'))}`;
      problems.push({ start: open, end: at, message: 'the expression is not closed' });
      at = source.length;
      break;
    }
    text += expressionUnit.repeat(close - open);
    starts.set(open, expressions.length);
    expressions.push({ source: source.slice(open + 3, close - 2), start: open, end: close });
  }
  text += plain(source.slice(at));
  return { text, expressions, starts, problems };
}

/** The offset behind the `}}` that closes an expression whose content starts at `from`, or -1. */
function closing(source: string, from: number): number {
  let quoted = false;
  for (let at = from; at < source.length; at += 1) {
    const unit = source[at];
    if (unit === "'") quoted = !quoted;
    else if (unit === '}' && !quoted && source[at - 1] === '}' && at > from) return at + 1;
  }
  return -1;
}

/** The runner writes scripts with newlines only, so that `\` + `\r\n` goes on as `\` + `\n` does. */
function plain(text: string): string {
  if (!/[\r\uE000]/.test(text)) return text;
  return text.replaceAll('\\\r\n', ' \\\n').replaceAll(expressionUnit, '.');
}
