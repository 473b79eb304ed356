import { Parser } from 'web-tree-sitter';

let started: Promise<void> | undefined;

/**
 * Starts the runtime of web-tree-sitter from the bytes of its module. It is one for the process,
 * whatever is parsed: a second start would throw away the first. Rejects with the runtime's own error
 * when the bytes are not the module they should be; the next call then tries again.
 */
export async function startEngine(wasm: Uint8Array): Promise<void> {
  started ??= Parser.init({ wasmBinary: wasm });
  try {
    await started;
  } catch (error) {
    started = undefined;
    throw error;
  }
}
