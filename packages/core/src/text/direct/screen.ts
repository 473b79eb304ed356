const plainText = /[^\n\x20-\x7e]/;
// Controls, the breaks of YAML 1.1, byte order marks, and carriage returns of their own.
// oxlint-disable-next-line no-control-regex
const unusual = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)/;
const surrogate = /[\ud800-\udfff]/;
const loneSurrogate = /[\ud800-\udfff]/u;

/**
 * Whether a text has characters that the direct reader need not think about; undefined when it has
 * others. True says that some of its lines end with CRLF. YAML's characters:
 * https://yaml.org/spec/1.2.2/#51-character-set.
 */
export function screen(text: string): boolean | undefined {
  if (!plainText.test(text)) return false;
  if (unusual.test(text) || (surrogate.test(text) && loneSurrogate.test(text))) return undefined;
  return text.includes('\r');
}
