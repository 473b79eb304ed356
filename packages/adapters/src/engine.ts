import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import {
  type HclEngine,
  loadHclEngine,
  loadScriptEngine,
  type ScriptEngine,
} from '@sallyport/core';

let loading: Promise<ScriptEngine> | undefined;

/** The parser of scripts, loaded at the first call: it costs more than reading a small repository. */
export function scriptEngine(): Promise<ScriptEngine> {
  loading ??= loadScriptEngine({
    engine: wasm('web-tree-sitter', 'web-tree-sitter.wasm'),
    bash: wasm('tree-sitter-bash', 'tree-sitter-bash.wasm'),
  });
  return loading;
}

let loadingHcl: Promise<HclEngine> | undefined;

/** The parser of Terraform files, loaded at the first call: most repositories hold none. */
export function hclEngine(): Promise<HclEngine> {
  loadingHcl ??= loadHclEngine({
    engine: wasm('web-tree-sitter', 'web-tree-sitter.wasm'),
    hcl: wasm('@tree-sitter-grammars/tree-sitter-hcl', 'tree-sitter-hcl.wasm'),
  });
  return loadingHcl;
}

/** The build puts the wasm beside the code; run from sources, they lie in the packages they come from. */
function wasm(packageName: string, file: string): Uint8Array {
  const beside = fileURLToPath(new URL(file, import.meta.url));
  if (existsSync(beside)) return readFileSync(beside);
  // The grammars are dependencies of core, so they are looked up from there.
  const core = createRequire(import.meta.url).resolve('@sallyport/core/package.json');
  return readFileSync(createRequire(core).resolve(`${packageName}/${file}`));
}
