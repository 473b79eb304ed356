import { nearest } from '../../text/nearest.ts';
import type { Range } from '../../text/range.ts';
import type { DocumentEntry, DocumentMap, DocumentNode, TemplateText } from '../document/node.ts';
import type { PolicyProblem, PolicyProblemCode, PolicyText } from '../policy.ts';

/** Collects what is wrong with a policy while it is read; reading goes on. */
export class PolicyProblems {
  readonly list: PolicyProblem[] = [];

  /** Something that IAM refuses: the policy cannot exist, so no decision can rest on it. */
  refuse(code: PolicyProblemCode, range: Range, message: string): void {
    this.list.push({ code, range, message, fatal: true });
  }

  /** Something to know of, with which the policy can still be evaluated. */
  note(code: PolicyProblemCode, range: Range, message: string): void {
    this.list.push({ code, range, message, fatal: false });
  }
}

/** The text of pieces without holes; undefined when there is a hole. */
export function fixedText(pieces: TemplateText): string | undefined {
  let text = '';
  for (const piece of pieces) {
    if (typeof piece !== 'string') return undefined;
    text += piece;
  }
  return text;
}

/** Pieces for people: holes stand in angle brackets. */
export function shownText(pieces: TemplateText): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : `<${piece.hole}>`)).join('');
}

/** What a node is, for messages. */
export function described(node: DocumentNode): string {
  switch (node.kind) {
    case 'map':
      return 'an object';
    case 'list':
      return 'a list';
    case 'unresolved':
      return `not resolved (${node.expression})`;
    case 'text':
      return node.scalar === 'string'
        ? `"${shownText(node.value).slice(0, 60)}"`
        : `the ${node.scalar} ${shownText(node.value)}`;
  }
}

/**
 * The entries of a map by name, those of unknown names left out and reported. Of a name that stands
 * twice the last counts, as in AWS.
 */
export function entriesOf(
  map: DocumentMap,
  where: string,
  known: readonly string[],
  problems: PolicyProblems,
): ReadonlyMap<string, DocumentEntry> {
  const entries = new Map<string, DocumentEntry>();
  for (const entry of map.entries) {
    const name = fixedText(entry.key);
    if (name === undefined) {
      const shown = shownText(entry.key);
      problems.refuse('policy-unresolved', entry.keyRange, `${where} has the name ${shown}`);
      continue;
    }
    if (!known.includes(name)) {
      const meant = nearest(name, known);
      const hint = meant === undefined ? '' : `, did you mean "${meant}"?`;
      const message = `${where} has no element "${name.slice(0, 60)}"${hint}`;
      problems.refuse('policy-unknown-element', entry.keyRange, message);
      continue;
    }
    noteDuplicate(entries.get(name), name, where, problems);
    entries.set(name, entry);
  }
  return entries;
}

/** Reports the earlier of two entries with one name. */
export function noteDuplicate(
  earlier: DocumentEntry | undefined,
  name: string,
  where: string,
  problems: PolicyProblems,
): void {
  if (!earlier) return;
  const message = `${where} has "${name.slice(0, 60)}" twice: AWS keeps the last, this one is lost`;
  problems.note(
    'policy-duplicate-key',
    { ...earlier.keyRange, end: earlier.value.range.end },
    message,
  );
}

/** A node that stands for one string, or for an unknown one. */
export function textOf(node: DocumentNode): PolicyText | undefined {
  if (node.kind === 'unresolved') return { pieces: [{ hole: node.expression }], range: node.range };
  return node.kind === 'text' && node.scalar !== 'null'
    ? { pieces: node.value, range: node.range }
    : undefined;
}

/** One string or a list of them. What is none is reported, with every place. */
export function textsOf(
  node: DocumentNode,
  what: string,
  scalars: readonly string[],
  problems: PolicyProblems,
): PolicyText[] {
  const texts: PolicyText[] = [];
  for (const item of node.kind === 'list' ? node.items : [node]) {
    const text = textOf(item);
    if (text === undefined || (item.kind === 'text' && !scalars.includes(item.scalar))) {
      problems.refuse(
        'policy-wrong-type',
        item.range,
        `${what} is ${described(item)}, expected a string`,
      );
      continue;
    }
    if (item.kind === 'unresolved')
      problems.note('policy-unresolved', item.range, `${what} is not known: ${item.expression}`);
    texts.push(text);
  }
  return texts;
}
