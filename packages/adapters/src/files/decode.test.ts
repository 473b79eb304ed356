import { describe, expect, it } from 'vitest';

import { decodeUtf8 } from './decode.ts';

describe('decodeUtf8', () => {
  it('gives text, the byte order mark kept for whoever remembers it', () => {
    expect(decodeUtf8(Buffer.from('\ufeffon: push — 日本'))).toEqual({
      text: '\ufeffon: push — 日本',
    });
    expect(decodeUtf8(new Uint8Array())).toEqual({ text: '' });
  });

  it.each([
    [[0xff, 0xfe, 0x6f, 0x00], 'UTF-16 (little endian)'],
    [[0xfe, 0xff, 0x00, 0x6f], 'UTF-16 (big endian)'],
  ])('names UTF-16 by its mark', (bytes, name) => {
    expect(decodeUtf8(Uint8Array.from(bytes))).toEqual({
      problem: `the file is ${name}, GitHub reads UTF-8 (byte order mark at offset 0)`,
    });
  });

  it.each([
    ['a stray continuation', [0x61, 0x80], 1, '80'],
    ['Latin-1', [0x63, 0x61, 0x66, 0xe9, 0x0a], 3, 'e9'],
    ['an overlong form', [0x61, 0x62, 0xc0, 0xaf], 2, 'c0'],
    ['a surrogate', [0xed, 0xa0, 0x80], 0, 'ed'],
    ['a sequence that is cut off', [0x61, 0xe2, 0x82], 1, 'e2'],
    ['a code point past the last', [0xf4, 0x90, 0x80, 0x80], 0, 'f4'],
    ['an error after valid text', [...Buffer.from('日本'), 0xff], 6, 'ff'],
  ])('finds %s', (_name, bytes, offset, byte) => {
    expect(decodeUtf8(Uint8Array.from(bytes))).toEqual({
      problem: `the file is not UTF-8: byte 0x${byte} at offset ${offset}`,
    });
  });
});
