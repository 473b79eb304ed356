import { EVENT_ID, SCALAR_STYLE, COLLECTION_STYLE, getScalarValue, parseEvents } from 'js-yaml';

import type { ScalarStyle, YamlAlias, YamlNode, YamlPair, YamlScalar } from './node.ts';
import type { YamlProblem } from './problem.ts';
import type { Range } from './range.ts';

type Event = ReturnType<typeof parseEvents>[number];
type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>;
type CollectionEvent = Extract<
  Event,
  { type: typeof EVENT_ID.MAPPING } | { type: typeof EVENT_ID.SEQUENCE }
>;
type Bound = Exclude<YamlNode, YamlAlias>;

/** Collections nested deeper than this are refused: no workflow needs them, and walks are recursive. */
export const maxDepth = 100;

/** Trees that aliases blow up past this many nodes are refused (an alias bomb). */
const maxExpandedNodes = 200_000;

const styles: Record<number, ScalarStyle> = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'literal',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'folded',
};

/**
 * Builds the tree of a text's first document from js-yaml's events. Throws js-yaml's YAMLException
 * at the first syntax error; what the events show but YAML forbids (duplicate keys, aliases to
 * nothing) lands in `problems`.
 */
export function treeFromEvents(
  text: string,
  problems: YamlProblem[],
): { root: YamlNode | undefined } {
  const events = parseEvents(text, { maxDepth });
  return new EventReader(text, events, problems).read();
}

class EventReader {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #problems: YamlProblem[];
  readonly #anchors = new Map<string, Bound | 'open'>();
  readonly #sizes = new Map<YamlNode, number>();
  #at = 0;
  /** End of what was read last: the place of empty values, and where a collection ends. */
  #last = 0;

  constructor(text: string, events: readonly Event[], problems: YamlProblem[]) {
    this.#text = text;
    this.#events = events;
    this.#problems = problems;
  }

  read(): { root: YamlNode | undefined } {
    let root: YamlNode | undefined;
    for (let documents = 0; this.#at < this.#events.length; documents += 1) {
      this.#at += 1;
      const node = this.#events[this.#at]?.type === EVENT_ID.POP ? undefined : this.#node();
      this.#at += 1;
      if (documents === 0) root = node;
      else if (documents === 1) {
        const at = node?.start ?? this.#last;
        this.#problem('yaml-many-documents', { start: at, end: at + 1 }, 'a second document', true);
      }
      this.#anchors.clear();
    }
    if (root && (this.#sizes.get(root) ?? 1) > maxExpandedNodes) {
      const message = `aliases expand to more than ${maxExpandedNodes} nodes`;
      this.#problem('yaml-alias-expansion', { start: 0, end: 1 }, message, true);
      return { root: undefined };
    }
    return { root };
  }

  #node(): YamlNode {
    const event = this.#events[this.#at];
    this.#at += 1;
    switch (event?.type) {
      case EVENT_ID.SCALAR:
        return this.#scalar(event);
      case EVENT_ID.MAPPING:
        return this.#collection(event, true);
      case EVENT_ID.SEQUENCE:
        return this.#collection(event, false);
      case EVENT_ID.ALIAS:
        return this.#alias({ start: event.anchorStart, end: event.anchorEnd });
      default:
        throw new Error('unbalanced YAML events');
    }
  }

  #scalar(event: ScalarEvent): YamlScalar {
    const style = styles[event.style] ?? 'plain';
    const anchor = anchorOf(event);
    let node: YamlScalar;
    if (event.valueStart < 0) {
      const at = Math.max(this.#last, event.anchorEnd, event.tagEnd);
      node = { kind: 'scalar', style: 'empty', text: '', start: at, end: at, ...anchor };
    } else {
      const quoted = style === 'single' || style === 'double' ? 1 : 0;
      node = {
        kind: 'scalar',
        style,
        text: event.fast
          ? this.#text.slice(event.valueStart, event.valueEnd)
          : getScalarValue(this.#text, event),
        start: event.valueStart - quoted,
        end: event.valueEnd + quoted,
        ...(event.indent >= 0 ? { indent: event.indent } : {}),
        ...anchor,
      };
      this.#last = node.end;
    }
    this.#bind(event.anchorStart, event.anchorEnd, node);
    return node;
  }

  #collection(event: CollectionEvent, isMap: boolean): YamlNode {
    const name = event.anchorStart >= 0 ? this.#text.slice(event.anchorStart, event.anchorEnd) : '';
    if (name) this.#anchors.set(name, 'open');
    const flow = event.style === COLLECTION_STYLE.FLOW;
    this.#last = flow ? event.start + 1 : event.start;
    const children: YamlNode[] = [];
    while (this.#events[this.#at]?.type !== EVENT_ID.POP) children.push(this.#node());
    this.#at += 1;
    const end = flow ? this.#closing(this.#last, isMap ? '}' : ']') : this.#last;
    this.#last = end;
    const base = { flow, start: event.start, end, ...anchorOf(event) };
    const node: Bound = isMap
      ? { kind: 'map', pairs: this.#pairs(children), ...base }
      : { kind: 'seq', items: children, ...base };
    let size = 1;
    for (const child of children) size += this.#sizes.get(child) ?? 1;
    this.#sizes.set(node, size);
    this.#bind(event.anchorStart, event.anchorEnd, node);
    return node;
  }

  #pairs(children: readonly YamlNode[]): YamlPair[] {
    const pairs: YamlPair[] = [];
    const seen = new Set<string>();
    for (let i = 0; i + 1 < children.length; i += 2) {
      const key = children[i];
      const value = children[i + 1];
      if (!key || !value) continue;
      if (key.kind === 'scalar') {
        if (seen.has(key.text)) {
          this.#problem('yaml-duplicate-key', key, `the key "${key.text}" is given twice`, false);
        }
        seen.add(key.text);
      }
      pairs.push({ key, value });
    }
    return pairs;
  }

  #alias(name: Range): YamlAlias {
    const text = this.#text.slice(name.start, name.end);
    const bound = this.#anchors.get(text);
    const range = { start: name.start - 1, end: name.end };
    if (bound === undefined) {
      this.#problem('yaml-unknown-alias', range, `no anchor "${text}" before this alias`, true);
    } else if (bound === 'open') {
      this.#problem('yaml-cyclic-alias', range, `"${text}" contains itself`, true);
    }
    this.#last = range.end;
    const target = typeof bound === 'object' ? bound : undefined;
    const node: YamlAlias = { kind: 'alias', name: text, target, ...range };
    if (target) this.#sizes.set(node, this.#sizes.get(target) ?? 1);
    return node;
  }

  /** Finds the bracket that closes a flow collection: only blanks, commas and comments stand before it. */
  #closing(from: number, bracket: string): number {
    let at = from;
    while (at < this.#text.length && this.#text[at] !== bracket) {
      if (this.#text[at] === '#') {
        const line = this.#text.indexOf('\n', at);
        at = line === -1 ? this.#text.length : line;
      } else at += 1;
    }
    return Math.min(at + 1, this.#text.length);
  }

  #bind(start: number, end: number, node: Bound): void {
    if (start >= 0) this.#anchors.set(this.#text.slice(start, end), node);
  }

  #problem(code: YamlProblem['code'], range: Range, message: string, fatal: boolean): void {
    this.#problems.push({ code, range: { start: range.start, end: range.end }, message, fatal });
  }
}

function anchorOf(event: { anchorStart: number; anchorEnd: number }): { anchor?: Range } {
  return event.anchorStart < 0
    ? {}
    : { anchor: { start: event.anchorStart, end: event.anchorEnd } };
}
