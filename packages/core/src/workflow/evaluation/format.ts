/**
 * `format('a{0}', x)` over arguments of which some are undefined. When one of those is needed, the
 * text before it is the result and `complete` is false. Undefined when GitHub refuses the pattern.
 */
export function formatText(
  pattern: string,
  args: readonly (string | undefined)[],
): { readonly text: string; readonly complete: boolean } | undefined {
  let text = '';
  let at = 0;
  while (at < pattern.length) {
    const brace = /[{}]/g;
    brace.lastIndex = at;
    const found = brace.exec(pattern);
    if (!found) return { text: text + pattern.slice(at), complete: true };
    text += pattern.slice(at, found.index);
    if (pattern[found.index + 1] === found[0]) {
      text += found[0];
      at = found.index + 2;
      continue;
    }
    const hole = /^\{(\d+)[^}]*\}/.exec(pattern.slice(found.index));
    const index = Number(hole?.[1] ?? Number.NaN);
    if (!hole || index >= args.length) return undefined;
    const arg = args[index];
    if (arg === undefined) return { text, complete: false };
    text += arg;
    at = found.index + hole[0].length;
  }
  return { text, complete: true };
}
