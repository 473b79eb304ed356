import { isUtf8 } from 'node:buffer';

/** Text, or why the bytes are none. */
export type Decoded = { readonly text: string } | { readonly problem: string };

/**
 * Decodes UTF-8, strictly: a replacement character would hide what GitHub sees. A byte order mark
 * stays in the text, core's `sourceFile` takes it off and remembers it.
 */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  if (isUtf8(bytes)) {
    return { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') };
  }
  const encoding = utf16Mark(bytes);
  if (encoding)
    return { problem: `the file is ${encoding}, GitHub reads UTF-8 (byte order mark at offset 0)` };
  const offset = firstInvalid(bytes);
  const byte = (bytes[offset] ?? 0).toString(16).padStart(2, '0');
  return { problem: `the file is not UTF-8: byte 0x${byte} at offset ${offset}` };
}

function utf16Mark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16 (little endian)';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16 (big endian)';
  return undefined;
}

/** The offset of the first byte that begins no well-formed sequence (Unicode 15, table 3-7). */
function firstInvalid(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes[at] ?? 0);
    const end = at + length;
    // The whole sequence is judged by the same function that refused the whole file.
    if (length === 0 || end > bytes.length || (length > 1 && !isUtf8(bytes.subarray(at, end))))
      return at;
    at = end;
  }
  return at;
}

function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}
