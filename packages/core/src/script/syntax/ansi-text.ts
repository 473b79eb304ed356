const escape =
  /\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|c([\s\S])|([abeEfnrtv\\'"?]))/g;

const letters: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001B',
  E: '\u001B',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The text of `$'…'`, given what stands between the quotes (Bash manual 3.1.2.4). */
export function ansiText(raw: string): string {
  return raw.replace(
    escape,
    (
      _: string,
      octal?: string,
      byte?: string,
      short?: string,
      long?: string,
      control?: string,
      letter = '',
    ) => {
      const hex = byte ?? short ?? long;
      if (octal !== undefined) return unit(Number.parseInt(octal, 8) & 0xff);
      if (hex !== undefined) return unit(Number.parseInt(hex, 16));
      if (control !== undefined) return unit(control.charCodeAt(0) & 0x1f);
      return letters[letter] ?? letter;
    },
  );
}

function unit(code: number): string {
  return code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code);
}
