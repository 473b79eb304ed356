/**
 * What an attacker can put into a name or a file and a terminal would obey or hide: control
 * characters, ANSI escapes, direction overrides, invisible characters, lone surrogates.
 */
const unsafe =
  // oxlint-disable-next-line no-control-regex -- these are what must not be printed
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/**
 * Text that can be printed on one line: every unsafe character is shown instead of obeyed. Control
 * characters become their pictures (ESC is `␛`, a line feed is `␊`), others their number.
 */
export function printable(text: string): string {
  // Most text is plain: one look decides.
  if (/^[\u0020-\u007e]*$/.test(text)) return text;
  return text.replaceAll(unsafe, (character) => picture(character.codePointAt(0) ?? 0));
}

function picture(code: number): string {
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '␡' : `\\u{${code.toString(16)}}`;
}

/**
 * Breaks what GitHub's runner would obey in a log line: `::command::` at its start and `##[command]`
 * anywhere (github.com/actions/runner, ActionCommand.cs).
 */
export function withoutRunnerCommands(text: string): string {
  return text.replaceAll(/^([^\S\n]*):(?=:)/gm, '$1\u00b7:').replaceAll('##[', '##(');
}
