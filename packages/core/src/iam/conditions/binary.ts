import { typedComparison, type Comparison } from './comparison.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes in base64 (RFC 4648), compared one by one; padding may be missing. */
export const binaryComparison: Comparison = typedComparison('base64 text', (text) => {
  const expected = readBase64(text);
  if (expected === undefined) return undefined;
  return (text) => {
    const presented = readBase64(text);
    return presented === undefined ? 'undecided' : presented === expected;
  };
});

/** The bytes as a text of one character each; undefined for what is no base64. */
function readBase64(text: string): string | undefined {
  const digits = text.replace(/={1,2}$/, '');
  if (digits.length % 4 === 1 || !/^[A-Za-z0-9+/]*$/.test(digits)) return undefined;
  if (digits.length !== text.length && text.length % 4 !== 0) return undefined;
  let bytes = '';
  let [buffer, bits] = [0, 0];
  for (const digit of digits) {
    buffer = ((buffer << 6) | alphabet.indexOf(digit)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += String.fromCharCode((buffer >> bits) & 0xff);
  }
  return bytes;
}
