/** UTF-16 code units that decide how YAML is read (https://yaml.org/spec/1.2.2/#53-indicator-characters). */
export const tab = 0x09;
export const lineFeed = 0x0a;
export const carriageReturn = 0x0d;
export const space = 0x20;
export const doubleQuote = 0x22;
export const hash = 0x23;
export const ampersand = 0x26;
export const singleQuote = 0x27;
export const asterisk = 0x2a;
export const comma = 0x2c;
export const hyphen = 0x2d;
export const dot = 0x2e;
export const colon = 0x3a;
export const greaterThan = 0x3e;
export const openBracket = 0x5b;
export const backslash = 0x5c;
export const closeBracket = 0x5d;
export const openBrace = 0x7b;
export const verticalBar = 0x7c;
export const closeBrace = 0x7d;

/** Whether a line ends here. Texts with a carriage return that no line feed follows are not read. */
export function isBreak(unit: number): boolean {
  return unit === lineFeed || unit === carriageReturn;
}

/** Whether a flow collection is structured by this unit. */
export function isFlowIndicator(unit: number): boolean {
  return (
    unit === comma ||
    unit === openBracket ||
    unit === closeBracket ||
    unit === openBrace ||
    unit === closeBrace
  );
}
