import { ansiText } from './syntax/ansi-text.ts';

/**
 * The text that `echo -e` or a format of `printf` makes of backslashes. Theirs are those of `$'…'`,
 * but that the quotes keep their backslash in `echo`, whose octal numbers start with `\0`.
 */
export function escapedText(text: string, by: 'echo' | 'printf'): string {
  const octal = by === 'echo' ? text.replace(/\\0([0-7]{1,3})/g, '\\$1') : text;
  const protectedQuotes = by === 'echo' ? octal.replace(/\\(?=['"?])/g, '\\\\') : octal;
  return ansiText(protectedQuotes);
}

const directive = /%(?:%|[-+ #0]*\d*(?:\.\d*)?([a-zA-Z]))/g;

/**
 * What `printf` makes of a format and its arguments; the format is used again while there are
 * arguments left. Undefined for directives that need more than the text (`%d` of a variable is fine,
 * `%*s` or a time is not).
 */
export function formattedText(format: string, values: readonly string[]): string | undefined {
  if (/%[^%]*[*(]/.test(format)) return undefined;
  let at = 0;
  let text = '';
  // ATTACKER: each round but the last uses up an argument, and the whole is as long as a script may be.
  do {
    const before = at;
    text += escapedText(format, 'printf').replace(directive, (_, letter?: string) => {
      if (letter === undefined) return '%';
      const value = values[at] ?? '';
      at += 1;
      return letter === 'b' ? escapedText(value, 'echo') : value;
    });
    if (at === before || text.length > maximumLength) break;
  } while (at < values.length);
  return text.length > maximumLength ? undefined : text;
}

const maximumLength = 1_000_000;
