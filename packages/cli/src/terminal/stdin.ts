import { defaultMaxFileSize } from '@sallyport/adapters';

import type { Terminal } from './terminal.ts';

/**
 * Reads standard input, but not more than one byte over the limit: whoever looks at the size then
 * says that it is too large.
 */
export async function readStdin(
  { stdin }: Terminal,
  limit: number = defaultMaxFileSize,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) break;
  }
  return Buffer.concat(chunks);
}
