import { Language, Parser, type Tree, type TreeCursor } from 'web-tree-sitter';

import type { ShellScript } from './shell.ts';
import { startEngine } from './start.ts';
import { abridge, type Abridgement } from './syntax/abridgement.ts';
import { limits } from './syntax/limit.ts';
import type { ParseSkeleton, SyntaxNode, SyntaxTree } from './syntax/node.ts';
import { readScript } from './syntax/script.ts';

/** The bytes of the WebAssembly modules that scripts are parsed with. */
export interface ScriptEngineWasm {
  /** `web-tree-sitter.wasm` of the npm package web-tree-sitter. */
  readonly engine: Uint8Array;
  /** `tree-sitter-bash.wasm` of the npm package tree-sitter-bash. */
  readonly bash: Uint8Array;
  /** `tree-sitter-python.wasm` of tree-sitter-python; not read before something parses Python. */
  readonly python?: Uint8Array;
}

/** Parses the scripts of `run:` steps. */
export interface ScriptEngine {
  /**
   * The meaning of a script for bash or sh. Never throws: what was not understood stands in
   * `problems`. Time and memory are bounded by counts (`syntax/limit.ts`), so that the same script
   * gives the same result on every machine.
   */
  parseShell(source: string): ShellScript;
}

/**
 * Starts the engine. One engine serves all scripts of a process; parsing is synchronous. Rejects with
 * the engine's own error when the bytes are not the modules they should be.
 */
export async function loadScriptEngine(wasm: ScriptEngineWasm): Promise<ScriptEngine> {
  await startEngine(wasm.engine);
  const grammar = new Grammar(await Language.load(wasm.bash));
  return { parseShell: (source) => readScript(source, grammar.parse) };
}

/** UTF-16 units that the parser is given at once; it asks again when it goes back further. */
const chunk = 1024;

/** A grammar and its parser, which is made anew after a failure. */
class Grammar {
  readonly #language: Language;
  #parser: Parser;

  constructor(language: Language) {
    this.#language = language;
    this.#parser = new Parser().setLanguage(language);
  }

  readonly parse: ParseSkeleton = (units, base, budget, tolerant) => {
    budget.parses += 1;
    if (budget.parses > limits.parses || budget.work > limits.work) return undefined;
    const abridgement = abridge(units, base);
    const { text } = abridgement;
    let tree: Tree | null = null;
    let reads = 0;
    const read = (index: number): string => {
      reads += 1;
      budget.work += 1;
      return text.slice(index, index + chunk);
    };
    // ATTACKER: to repair an error the parser reads on along many ways at once, and far back each
    // time: `(a)(a)…` is quadratic. Sound text is read once, but for what lies at a chunk's border.
    const enough = tolerant ? Infinity : 20 + (4 * text.length) / chunk;
    const stop = (): boolean => (budget.work += 2) > limits.work || reads > enough;
    try {
      // The declaration lacks the result that the documentation asks for: true stops the parser.
      tree = this.#parser.parse(read, null, { progressCallback: stop });
      if (tree) return copy(tree, abridgement);
      this.#parser.reset();
    } catch {
      // ATTACKER: a trap in the module must not end the audit; the parser's state is then unknown.
      this.#parser = new Parser().setLanguage(this.#language);
    } finally {
      // INVARIANT: trees live in the module's memory, which nothing else frees.
      tree?.delete();
    }
    return undefined;
  };
}

function copy(tree: Tree, abridgement: Abridgement): SyntaxTree {
  const substitutions = new Map<number, SyntaxNode>();
  const cursor = tree.walk();
  try {
    const root = nodeAt(cursor, abridgement);
    const above: SyntaxNode[] = [];
    // ATTACKER: `a && a && …` makes the tree as deep as the script is long, so no recursion.
    for (let node = root; advance(cursor, node, above);) {
      node = nodeAt(cursor, abridgement);
      above.at(-1)?.children.push(node);
      if (node.kind.endsWith('_substitution')) substitutions.set(node.start, node);
    }
    return { root, hasError: tree.rootNode.hasError, substitutions };
  } finally {
    cursor.delete();
  }
}

/** Goes to the next node in the order of the text; `above` are then the nodes around it. */
function advance(cursor: TreeCursor, node: SyntaxNode, above: SyntaxNode[]): boolean {
  if (cursor.gotoFirstChild()) {
    above.push(node);
    return true;
  }
  while (!cursor.gotoNextSibling()) {
    if (!cursor.gotoParent()) return false;
    above.pop();
  }
  return true;
}

function nodeAt(cursor: TreeCursor, { starts, ends }: Abridgement): SyntaxNode {
  const from = cursor.startIndex;
  const to = cursor.endIndex;
  const start = starts[from] ?? ends[from - 1] ?? 0;
  return {
    kind: cursor.nodeType,
    field: cursor.currentFieldName ?? undefined,
    start,
    end: to > from ? (ends[to - 1] ?? start) : start,
    named: cursor.nodeIsNamed,
    missing: cursor.nodeIsMissing,
    children: [],
  };
}
