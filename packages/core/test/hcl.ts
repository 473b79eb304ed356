import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { type HclEngine, loadHclEngine } from '../src/account/terraform/engine.ts';

const require = createRequire(import.meta.url);

/** The parser of HCL, loaded once. */
export const hclEngine: HclEngine = await loadHclEngine({
  engine: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
  hcl: readFileSync(require.resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm')),
});
