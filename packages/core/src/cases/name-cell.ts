import type { Question, Truth } from '../workflow/evaluate.ts';
import type { NameSet } from './case.ts';
import { mayHave, passesFilter, quotePattern, startOf } from './filter-pattern.ts';

/** The names that one entry of a filter, or an input, allows; `prefix` makes a ref of a name. */
export interface NameSpace {
  readonly prefix: string;
  /** One positive filter pattern and negative ones. */
  readonly patterns: readonly string[];
  /** Whether the empty text is in it. */
  readonly empty: boolean;
  /** What the name is, where it is one that only a run can tell: `the default branch`. */
  readonly open?: string;
}

/** A part of a space: one name, or those on which some questions have known answers. */
export interface NameCell {
  readonly space: NameSpace;
  readonly exact?: string;
  readonly facts: readonly Fact[];
}

interface Fact {
  readonly question: Question;
  readonly holds: boolean;
}

/** More questions than this are not told apart in one cell. */
const maxFacts = 24;

/** The whole of a space. */
export function cellOf(space: NameSpace, exact?: string): NameCell {
  return exact === undefined ? { space, facts: [] } : { space, exact, facts: [] };
}

/** Whether something holds of every name of a cell (`true`), of none (`false`), or of some. */
export function answerOf({ space, exact, facts }: NameCell, question: Question): Truth {
  const { test, text } = question;
  if (exact !== undefined) return holds(exact, question);
  if (test !== 'equals' && text === '') return true;
  if (test === 'equals') {
    if (text === '') return space.empty && consistent(text, facts) ? 'unknown' : false;
    return inSpace(text, space) && consistent(text, facts) ? 'unknown' : false;
  }
  const [base = '**', ...without] = space.patterns;
  if (test === 'starts' && without.some((pattern) => shutsOut(pattern, text))) return false;
  if (base !== '**' && !mayHave(base, text, test)) return false;
  const start = fold(startOf(base));
  if (test === 'starts' && start !== '') {
    if (start.startsWith(fold(text))) return true;
    if (!fold(text).startsWith(start)) return false;
  }
  if (test === 'contains' && start.includes(fold(text))) return true;
  for (const fact of facts) {
    const said = implied(fact, question);
    if (said !== 'unknown') return said;
  }
  return 'unknown';
}

/** The part of a cell of which something holds, and the rest; undefined past the limit. */
export function splitCell(cell: NameCell, question: Question): NameCell[] | undefined {
  const { space, facts } = cell;
  if (facts.length >= maxFacts) return undefined;
  const [yes, no] = [true, false].map((holds) => ({
    space,
    facts: withoutImplied([...facts, { question, holds }]),
  }));
  if (!yes || !no) return undefined;
  return question.test === 'equals' ? [cellOf(space, question.text), no] : [yes, no];
}

/** Facts without names that the other facts shut out anyway. */
function withoutImplied(facts: readonly Fact[]): readonly Fact[] {
  return facts.filter((fact) => {
    if (fact.holds || fact.question.test !== 'equals') return true;
    const others = facts.filter((one) => one !== fact);
    return consistent(fact.question.text, others);
  });
}

/** What tells cells apart. */
export function keyOf({ space, exact, facts }: NameCell): string {
  const said = facts.map(({ question: q, holds: yes }) => [q.test, fold(q.text), yes]);
  return JSON.stringify([space.prefix, space.patterns, exact ?? null, said]);
}

/** The same names in fewer cells, as far as cells of one space complete each other. */
export function joinCells(cells: readonly NameCell[]): NameCell[] {
  let all = [...new Map(cells.map((cell) => [keyOf(cell), cell])).values()];
  for (let joined = joinOnce(all); joined; joined = joinOnce(all)) all = joined;
  return all;
}

/** The refs of a cell, and what the patterns do not say of them. */
export function nameSetOf(cell: NameCell): { readonly names: NameSet; readonly besides: string[] } {
  const { space, exact, facts } = cell;
  if (exact !== undefined) {
    return { names: { kind: 'exact', value: `${space.prefix}${exact}` }, besides: [] };
  }
  if (space.open !== undefined) {
    const pieces = [space.prefix, { open: space.open }].filter((piece) => piece !== '');
    return { names: { kind: 'template', pieces }, besides: [] };
  }
  const [base = '**', ...negative] = space.patterns;
  const narrowed = narrow(
    base,
    facts.filter((fact) => fact.holds),
  );
  const besides = narrowed.besides.map((fact) => wordsOfFact(fact));
  const shutOut = facts.filter((fact) => !fact.holds).map((fact) => `!${patternOf(fact.question)}`);
  const patterns = [...narrowed.patterns, ...negative, ...shutOut];
  return { names: { kind: 'filter', prefix: space.prefix, patterns }, besides };
}

/** What is known of a cell's names, in words; empty when nothing is. */
export function wordsOf({ exact, facts }: NameCell): string {
  if (exact !== undefined) return exact === '' ? 'is empty' : `is "${exact}"`;
  const others = facts.filter(({ question, holds: yes }) => yes || question.test !== 'equals');
  const not = facts.filter((fact) => !others.includes(fact));
  const words = [
    ...(not.length > 3 ? [noneOf(not)] : not.map(wordsOfFact)),
    ...others.map(wordsOfFact),
  ];
  return words.join(' and ');
}

/** Names are listed as far as anyone reads. */
function noneOf(facts: readonly Fact[]): string {
  const names = facts.map(({ question }) => `"${question.text}"`);
  const more = names.length > 8 ? ` and ${names.length - 8} more` : '';
  return `is none of ${names.slice(0, 8).join(', ')}${more}`;
}

function wordsOfFact({ question: { test, text }, holds: yes }: Fact): string {
  if (test === 'equals') {
    if (text === '') return yes ? 'is empty' : 'is not empty';
    return `${yes ? 'is' : 'is not'} "${text}"`;
  }
  const [is, isNot] = verbs[test];
  return `${yes ? is : isNot} "${text}"`;
}

const verbs = {
  starts: ['starts with', 'does not start with'],
  ends: ['ends with', 'does not end with'],
  contains: ['contains', 'does not contain'],
} as const;

/** Patterns for what holds of the names besides a base, and what no pattern here says. */
function narrow(
  base: string,
  facts: readonly Fact[],
): { readonly patterns: readonly string[]; readonly besides: readonly Fact[] } {
  const free = base === '**';
  const open = base.endsWith('**') && startOf(base).length === base.length - 2;
  const starts = facts
    .filter((fact) => fact.question.test === 'starts')
    .toSorted((left, right) => right.question.text.length - left.question.text.length);
  const [start] = open ? starts : [];
  const others = facts.filter((fact) => !starts.includes(fact));
  const [other, ...more] = others;
  if (start) {
    const { text } = start.question;
    if (!other) return { patterns: [patternOf(start.question)], besides: [] };
    return { patterns: together(text, other.question), besides: more };
  }
  if (free && other) return { patterns: [patternOf(other.question)], besides: more };
  return { patterns: [base], besides: facts };
}

/** Names that begin with a text and contain or end with another, which may begin inside the first. */
function together(start: string, { test, text }: Question): string[] {
  const tail = test === 'contains' ? '**' : '';
  const patterns = [`${quotePattern(start)}**${quotePattern(text)}${tail}`];
  const [whole, part] = [fold(start), fold(text)];
  for (let cut = 1; cut <= Math.min(whole.length, part.length); cut += 1) {
    if (!whole.endsWith(part.slice(0, cut))) continue;
    patterns.push(`${quotePattern(start + text.slice(cut))}${tail}`);
  }
  // The longer one may hold the other altogether.
  if (test === 'contains' && whole.includes(part)) patterns.push(`${quotePattern(start)}**`);
  return patterns;
}

function patternOf({ test, text }: Question): string {
  const quoted = quotePattern(text);
  if (test === 'equals') return quoted;
  return `${test === 'starts' ? '' : '**'}${quoted}${test === 'ends' ? '' : '**'}`;
}

function joinOnce(cells: readonly NameCell[]): NameCell[] | undefined {
  for (const cell of cells) {
    if (cell.exact !== undefined) continue;
    for (const [index, fact] of cell.facts.entries()) {
      const facts = cell.facts.filter((_, at) => at !== index);
      const wider: NameCell = { space: cell.space, facts };
      const opposite = cells.find((other) => completes(other, fact, wider));
      if (opposite) return [...cells.filter((one) => one !== cell && one !== opposite), wider];
    }
  }
  return undefined;
}

/** Whether a cell is what is missing from `wider` where a fact is added to that. */
function completes(other: NameCell, fact: Fact, wider: NameCell): boolean {
  if (other.space !== wider.space) return false;
  if (other.exact !== undefined) {
    const { question, holds: yes } = fact;
    const missing = !yes && question.test === 'equals' && fold(other.exact) === fold(question.text);
    // The name may be out for other reasons too: then it stays beside the cell.
    return missing && consistent(other.exact, wider.facts);
  }
  const facts = [...wider.facts, { question: fact.question, holds: !fact.holds }];
  return sameFacts(other.facts, facts);
}

function sameFacts(left: readonly Fact[], right: readonly Fact[]): boolean {
  const names = (facts: readonly Fact[]): string =>
    facts
      .map(({ question, holds: yes }) => `${question.test} ${yes} ${fold(question.text)}`)
      .toSorted()
      .join('\n');
  return left.length === right.length && names(left) === names(right);
}

/** Whether a negative pattern leaves no name that begins with a text. */
function shutsOut(pattern: string, text: string): boolean {
  const start = startOf(pattern.slice(1));
  const all = pattern.slice(1) === `${quotePattern(start)}**`;
  return all && fold(text).startsWith(fold(start));
}

function inSpace(name: string, { patterns }: NameSpace): boolean {
  if (patterns.length === 1 && patterns[0] === '**') return true;
  return passesFilter(name, patterns);
}

function consistent(name: string, facts: readonly Fact[]): boolean {
  return facts.every((fact) => holds(name, fact.question) === fact.holds);
}

/** What one answer says of another question. */
function implied({ question, holds: yes }: Fact, asked: Question): Truth {
  const [given, text] = [fold(question.text), fold(asked.text)];
  if (question.test === 'equals') return 'unknown';
  const longer = question.test === asked.test ? covers(asked.test, given, text) : false;
  if (yes) {
    if (longer || (asked.test === 'contains' && given.includes(text))) return true;
    const apart = question.test === asked.test && asked.test !== 'contains';
    return apart && !covers(asked.test, text, given) ? false : 'unknown';
  }
  const shorter = question.test === asked.test && covers(asked.test, text, given);
  return shorter || (question.test === 'contains' && text.includes(given)) ? false : 'unknown';
}

/** Whether `text` follows from `given` under one test. */
function covers(test: Question['test'], given: string, text: string): boolean {
  if (test === 'starts') return given.startsWith(text);
  return test === 'ends' ? given.endsWith(text) : given.includes(text);
}

/** As GitHub compares: without regard to case. */
function holds(name: string, { test, text }: Question): boolean {
  const [whole, part] = [fold(name), fold(text)];
  if (test === 'equals') return whole === part;
  if (test === 'starts') return whole.startsWith(part);
  return test === 'ends' ? whole.endsWith(part) : whole.includes(part);
}

function fold(text: string): string {
  return text.toLowerCase();
}
