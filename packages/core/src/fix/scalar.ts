/**
 * Writes a string as a YAML scalar on one line: plain where that reads the same, else in double
 * quotes. Line breaks become `\n`.
 */
export function quoted(value: string): string {
  const plain =
    /^[A-Za-z0-9_./$][^\n\r\t]*$/.test(value) &&
    !/: |:$| #|^[\s]|\s$/.test(value) &&
    !ambiguous(value);
  if (plain) return value;
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `"${escaped}"`;
}

/** Words and numbers that YAML 1.2's core schema would read as something else than a string. */
function ambiguous(value: string): boolean {
  return /^(?:null|Null|NULL|~|true|True|TRUE|false|False|FALSE|[-+.]?[0-9][-+0-9.eExob_]*)$/.test(
    value,
  );
}
