/** Which words of a vocabulary stand in a script. */
export interface Present {
  /** The words that are there, and perhaps some that only look alike: never one too few. */
  readonly words: ReadonlySet<string>;
  /** Whether something looks like the name of a file that a shell or an interpreter runs. */
  readonly file: boolean;
}

const [quote, doubleQuote, backslash, newline] = [0x27, 0x22, 0x5c, 0x0a];
const [dot, slash, dollar, carriageReturn, expressionUnit] = [0x2e, 0x2f, 0x24, 0x0d, 0xe000];

/** The units of which words are made: letters as lower-case ones, digits, `_`, `-` and `.`; else 0. */
const wordUnits = new Uint8Array(128);
for (const unit of '_-.abcdefghijklmnopqrstuvwxyz0123456789') {
  wordUnits[unit.toUpperCase().charCodeAt(0)] = unit.charCodeAt(0);
  wordUnits[unit.charCodeAt(0)] = unit.charCodeAt(0);
}

const mask = 0x3fff;

const extensions = new Set(
  'sh bash py js cjs mjs ts cts mts rb ps1'.split(' ').map((one) => hashOf(one)),
);

/**
 * Looks for words in a script without reading its syntax: to find that none is there costs a fiftieth
 * of reading it. INVARIANT: a word that stands in the script by itself is found, however it is quoted and
 * in whatever case: quotes and backslashes count as nothing, all else that no word is made of parts words.
 */
export class Vocabulary {
  readonly #words = new Map<number, string>();
  /** Whether a word's hash ends in these bits: asked before the map, as most words are none. */
  readonly #seen = new Uint8Array(mask + 1);

  /** The words as they were given. */
  readonly given: readonly string[];

  constructor(words: readonly string[]) {
    this.given = words;
    // Two words with one hash would hide each other; a test holds that there are none.
    for (const word of words) {
      const hash = hashOf(word);
      this.#words.set(hash, word);
      this.#seen[hash & mask] = 1;
    }
  }

  /** How many words there are to tell apart. */
  get size(): number {
    return this.#words.size;
  }

  /** The words in a script; undefined where its units alone do not tell what its words are. */
  in(script: string): Present | undefined {
    const words = new Set<string>();
    let file = false;
    // The word so far: its length and hash, the hash of what stands behind its last dot, its last unit.
    let length = 0;
    let hash = 0;
    let extension = 0;
    let dotted = false;
    let last = 0;
    for (let at = 0; at <= script.length; at += 1) {
      const unit = at < script.length ? script.charCodeAt(at) : newline;
      const folded = unit < 128 ? (wordUnits[unit] ?? 0) : 0;
      if (folded !== 0) {
        hash = (Math.imul(hash, 31) + folded) | 0;
        if (unit === dot) {
          dotted = true;
          extension = 0;
        } else extension = (Math.imul(extension, 31) + folded) | 0;
        length += 1;
        last = unit;
        continue;
      }
      if (unit === backslash && script.charCodeAt(at + 1) === newline && length > 0) {
        // The word goes on in the next line, unless this is a comment.
        return undefined;
      }
      if (unit === quote || unit === doubleQuote || unit === backslash) {
        // `$'…'` has escapes of its own.
        if (unit === quote && script.charCodeAt(at - 1) === dollar) return undefined;
        continue;
      }
      if (unit === carriageReturn || unit === expressionUnit) return undefined;
      if (length === 0) continue;
      if (this.#seen[hash & mask] === 1) {
        const word = this.#words.get(hash);
        if (word !== undefined) words.add(word);
      }
      file ||= dotted && (extensions.has(extension) || (unit === slash && last === dot));
      dotted = false;
      length = 0;
      hash = 0;
      extension = 0;
    }
    return { words, file };
  }
}

function hashOf(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at += 1)
    hash = (Math.imul(hash, 31) + word.charCodeAt(at)) | 0;
  return hash;
}

/**
 * A script without its quotes and backslashes. INVARIANT: a text without quotes, backslashes and line
 * breaks that stands in a word of the script stands here too, unless the word has `$'…'`.
 */
export function unquoted(script: string): string {
  return script.replaceAll(/\\\n|['"\\]/g, '');
}
