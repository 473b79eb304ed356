/**
 * GitHub's filter patterns for branches and tags: `*` is any characters but `/`, `**` any at all, `?`
 * none or one of the character before it, `+` one or more of it, `[]` one of some; `\` takes the
 * meaning from the next character. The whole name must match, letter case included.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 */
interface Token {
  readonly accepts: (letter: string) => boolean;
  /** The one character that it is, where it is one. */
  readonly letter?: string;
  readonly least: 0 | 1;
  readonly most: 1 | 'many';
}

const known = new Map<string, readonly Token[]>();
const maxKnown = 4096;
const maxLength = 1024;

/** Whether a name matches a positive pattern. Time grows with the product of both lengths. */
function matchesPattern(name: string, pattern: string): boolean {
  // ATTACKER: patterns and names come from files.
  if (name.length > maxLength || pattern.length > maxLength) return name === pattern;
  const tokens = tokensOf(pattern);
  let at = closure(new Set([0]), tokens);
  for (const letter of name) {
    at = step(at, tokens, (token) => token.accepts(letter));
    if (at.size === 0) return false;
  }
  return at.has(tokens.length);
}

/**
 * Whether a name that matches a pattern can contain a text, or begin or end with it; letter case
 * does not count there.
 */
export function mayHave(
  pattern: string,
  text: string,
  where: 'starts' | 'ends' | 'contains',
): boolean {
  if (pattern.length > maxLength || text.length > maxLength) return true;
  const tokens = tokensOf(pattern);
  // Every token accepts something, so a name can come to any state.
  const anywhere = new Set(tokens.keys());
  let at = closure(where === 'starts' ? new Set([0]) : anywhere.add(tokens.length), tokens);
  for (const letter of text) {
    const forms = [letter, letter.toLowerCase(), letter.toUpperCase()];
    at = step(at, tokens, (token) => forms.some((form) => token.accepts(form)));
    if (at.size === 0) return false;
  }
  return where !== 'ends' || at.has(tokens.length);
}

/** Whether a name passes a list of patterns: the last one that matches decides, `!` shuts out. */
export function passesFilter(name: string, patterns: readonly string[]): boolean {
  let passes = false;
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) passes &&= !matchesPattern(name, pattern.slice(1));
    else passes ||= matchesPattern(name, pattern);
  }
  return passes;
}

/** The one name that a pattern matches; undefined when it has wildcards. */
export function literalOf(pattern: string): string | undefined {
  const tokens = tokensOf(pattern);
  if (tokens.some((token) => token.letter === undefined || token.least === 0)) return undefined;
  if (tokens.some((token) => token.most === 'many')) return undefined;
  return tokens.map((token) => token.letter).join('');
}

/** The characters with which every name begins that matches a pattern. */
export function startOf(pattern: string): string {
  let start = '';
  for (const token of tokensOf(pattern)) {
    if (token.letter === undefined || token.least === 0) break;
    start += token.letter;
    if (token.most === 'many') break;
  }
  return start;
}

/** A name as a pattern that matches only it. */
export function quotePattern(name: string): string {
  return name.replaceAll(/[\\*?+[\]!]/g, String.raw`\$&`);
}

function step(
  states: ReadonlySet<number>,
  tokens: readonly Token[],
  accepts: (token: Token) => boolean,
): Set<number> {
  const next = new Set<number>();
  for (const index of states) {
    const token = tokens[index];
    if (!token || !accepts(token)) continue;
    next.add(index + 1);
    // A token that may be taken again stays open, as one that need not be taken.
    if (token.most === 'many') next.add(index);
  }
  return closure(next, tokens);
}

function closure(states: Set<number>, tokens: readonly Token[]): Set<number> {
  for (const state of states) if (tokens[state]?.least === 0) states.add(state + 1);
  return states;
}

function tokensOf(pattern: string): readonly Token[] {
  const before = known.get(pattern);
  if (before) return before;
  const tokens = readTokens(pattern);
  if (known.size >= maxKnown) known.clear();
  known.set(pattern, tokens);
  return tokens;
}

function readTokens(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (const [part, escaped, set] of pattern.matchAll(/\\(.)|\[([^\]]+)\]|\*+|./gsu)) {
    const last = tokens.at(-1);
    if (part === '?' && last) tokens[tokens.length - 1] = { ...last, least: 0 };
    else if (part === '+' && last) {
      // One or more: the character itself, then any number of it.
      tokens.push({ ...last, least: 0, most: 'many' });
    } else if (part.startsWith('*')) {
      const any = part.length > 1;
      tokens.push({ accepts: (letter) => any || letter !== '/', least: 0, most: 'many' });
    } else if (set !== undefined) {
      const accepts = setOf(set);
      tokens.push({ accepts, least: 1, most: 1 });
    } else {
      const wanted = escaped ?? part;
      tokens.push({
        accepts: (letter) => letter === wanted,
        letter: wanted,
        least: 1,
        most: 1,
      });
    }
  }
  return tokens;
}

function setOf(set: string): (letter: string) => boolean {
  const ranges: [string, string][] = [];
  for (const [, from = '', to = from] of set.matchAll(/(.)(?:-(.))?/gsu)) ranges.push([from, to]);
  return (letter) => ranges.some(([from, to]) => from <= letter && letter <= to);
}
