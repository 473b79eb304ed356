import { Language, Parser, type Tree, type TreeCursor } from 'web-tree-sitter';

import { startEngine } from '../../script/start.ts';

/** The bytes of the WebAssembly modules that Terraform files are parsed with. */
export interface HclEngineWasm {
  /** `web-tree-sitter.wasm` of the npm package web-tree-sitter. */
  readonly engine: Uint8Array;
  /** `tree-sitter-hcl.wasm` of the npm package `@tree-sitter-grammars/tree-sitter-hcl`. */
  readonly hcl: Uint8Array;
}

/** A node of the grammar's tree, as plain data; comments are left out. */
export interface HclNode {
  /** The grammar's name of it (`attribute`), or the token itself (`=`). */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly children: HclNode[];
  /** Whether a part of it is no HCL: nothing of its meaning is sure then. */
  broken: boolean;
}

/** The result of one parse; `error` is the first place that is no HCL. */
interface HclTree {
  readonly root: HclNode;
  readonly error?: { readonly start: number; readonly end: number };
}

/** Parses HCL's native syntax. */
export interface HclEngine {
  /** The tree of a text; undefined when the text takes too much work or the module failed. */
  parse(text: string): HclTree | undefined;
}

/**
 * Starts the engine and loads the grammar. Rejects with the engine's own error when the bytes are not
 * the modules they should be.
 */
export async function loadHclEngine(wasm: HclEngineWasm): Promise<HclEngine> {
  await startEngine(wasm.engine);
  const language = await Language.load(wasm.hcl);
  let parser = new Parser().setLanguage(language);
  return {
    parse(text) {
      let tree: Tree | null = null;
      // ATTACKER: repairing errors is quadratic; the parser asks about every hundred steps whether to go on.
      let left = 1000 + text.length / 4;
      try {
        tree = parser.parse(text, null, { progressCallback: (): boolean => (left -= 1) < 0 });
        if (tree) return copy(tree);
        parser.reset();
      } catch {
        // ATTACKER: a trap in the module must not end the run; the parser's state is then unknown.
        parser = new Parser().setLanguage(language);
      } finally {
        // INVARIANT: trees live in the module's memory, which nothing else frees.
        tree?.delete();
      }
      return undefined;
    },
  };
}

function copy(tree: Tree): HclTree {
  const cursor = tree.walk();
  try {
    const root = nodeAt(cursor);
    const above: HclNode[] = [root];
    let error: HclTree['error'];
    // ATTACKER: a tree can be as deep as the text is long, so no recursion.
    for (let down = cursor.gotoFirstChild(); down || advance(cursor, above);) {
      const node = nodeAt(cursor);
      const { start, end } = node;
      if (node.kind === 'ERROR' || cursor.nodeIsMissing) {
        error ??= { start, end };
        node.broken = true;
        for (const one of above) one.broken = true;
      }
      if (node.kind !== 'comment') above.at(-1)?.children.push(node);
      down = cursor.gotoFirstChild();
      if (down) above.push(node);
    }
    return { root, ...(error ? { error } : {}) };
  } finally {
    cursor.delete();
  }
}

/** Goes to the next node that is not below the present one. */
function advance(cursor: TreeCursor, above: HclNode[]): boolean {
  while (!cursor.gotoNextSibling()) {
    if (!cursor.gotoParent()) return false;
    above.pop();
    if (above.length === 0) return false;
  }
  return true;
}

function nodeAt(cursor: TreeCursor): HclNode {
  return {
    kind: cursor.nodeType,
    start: cursor.startIndex,
    end: cursor.endIndex,
    children: [],
    broken: false,
  };
}
