import type { ShellScript } from './shell.ts';
import { limits } from './syntax/limit.ts';
import { readScript } from './syntax/script.ts';
import { soundTree } from './syntax/sound-tree.ts';

/**
 * The meaning of a script whose statements have no error, read without the engine; undefined when
 * the engine has to read it. INVARIANT: what it gives is what `parseShell` gives.
 */
export function readSoundScript(source: string): ShellScript | undefined {
  let sound = true;
  const script = readScript(source, (units, base, budget) => {
    budget.parses += 1;
    const tree = sound && budget.parses <= limits.parses ? soundTree(units, base) : undefined;
    if (tree) return tree;
    sound = false;
    // Nothing more is worth reading: the engine starts anew.
    budget.work = Infinity;
    return undefined;
  });
  return sound ? script : undefined;
}
