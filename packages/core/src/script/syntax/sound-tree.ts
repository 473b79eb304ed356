import { limits } from './limit.ts';
import type { SyntaxNode, SyntaxTree } from './node.ts';
import { wordUnit } from './scan.ts';
import { SkeletonCursor } from './skeleton-cursor.ts';

const [dollar, ampersand, opening, closing] = [0x24, 0x26, 0x28, 0x29];
const [semicolon, less, greater, bar] = [0x3b, 0x3c, 0x3e, 0x7c];

/** Reserved words that end the statements before them. */
const closers = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', 'in', '}']);

/**
 * The tree of a skeleton that starts at offset `from` of the script, in the kinds and fields of the
 * grammar. A skeleton is so regular that reading it here costs a tenth of a call of the grammar.
 * Undefined for errors and for anything out of the ordinary: those the grammar reads.
 */
export function soundTree(units: Uint8Array, from: number): SyntaxTree | undefined {
  const reading = new TreeReader(units, from);
  const root = reading.script();
  return reading.refused ? undefined : { root, hasError: false, substitutions: reading.found };
}

class TreeReader extends SkeletonCursor {
  readonly found = new Map<number, SyntaxNode>();
  #depth = 0;

  script(): SyntaxNode {
    const children: SyntaxNode[] = [];
    this.#block(children);
    if (this.at < this.units.length) this.refuse();
    return this.node('program', 0, children);
  }

  /** Reads statements up to a closer; gives whether the last one is terminated. */
  #block(into: SyntaxNode[]): boolean {
    let ended = true;
    for (;;) {
      const unit = this.next();
      if (unit === undefined || unit === closing || unit === semicolon) return ended;
      if (closers.has(this.keyword())) return ended;
      if (!ended) this.refuse();
      if (this.refused) return false;
      into.push(this.#list());
      ended = this.#terminator(into);
    }
  }

  #terminator(into: SyntaxNode[]): boolean {
    const unit = this.next();
    const next = this.units[this.at + 1];
    if (unit === semicolon && next !== semicolon && next !== ampersand) {
      this.at += 1;
      return true;
    }
    if (unit !== ampersand) return false;
    into.push(this.token('&', 1));
    return true;
  }

  /** Statements that must be there, and ended where a reserved word follows. */
  #body(into: SyntaxNode[], closer: string): void {
    const before = into.length;
    const ended = this.#block(into);
    const end = this.units[this.at] === closing ? ')' : this.keyword();
    if (into.length === before || end !== closer || !(ended || closer === ')')) this.refuse();
    this.at += closer.length;
  }

  /** `a | b && c`: flat, as the operators of a list are read from left to right anyway. */
  #list(): SyntaxNode {
    const first = this.#stage();
    let children: SyntaxNode[] | undefined;
    for (;;) {
      const unit = this.next();
      const next = this.units[this.at + 1];
      const both = unit === ampersand && next === ampersand;
      if ((unit !== bar && !both) || this.refused) break;
      children ??= [first];
      if (both) children.push(this.token('&&', 2));
      else if (next === bar) children.push(this.token('||', 2));
      else this.at += next === ampersand ? 2 : 1;
      children.push(this.#stage());
    }
    return children ? this.node('list', first.start - this.from, children) : first;
  }

  #stage(): SyntaxNode {
    const unit = this.next();
    const start = this.at;
    // ATTACKER: `{ { { …` nests without limit.
    if (this.#depth >= limits.depth) return this.refuse();
    this.#depth += 1;
    const keyword = this.keyword();
    const compound =
      unit === opening
        ? this.#group('subshell', ')')
        : keyword === ''
          ? this.#command()
          : this.#compound(keyword, start);
    this.#depth -= 1;
    if (compound.kind === 'command' || compound.kind === 'redirected_statement') return compound;
    const redirects = this.#redirects();
    if (redirects.length === 0) return compound;
    if (compound.kind !== 'function_definition') {
      return this.node('redirected_statement', start, [compound, ...redirects]);
    }
    if (redirects.length > 1) return this.refuse();
    return this.node('function_definition', start, [...compound.children, ...redirects]);
  }

  #compound(keyword: string, start: number): SyntaxNode {
    switch (keyword) {
      case '{':
        return this.#group('compound_statement', '}');
      case 'if':
        return this.#if(start);
      case 'while':
      case 'until':
        return this.#while(keyword, start);
      case 'for':
      case 'select':
        return this.#for(keyword, start);
      case 'case':
        return this.#case(start);
      case 'function':
        this.at += keyword.length;
        this.next();
        return this.#function(this.#word('name'), start);
      default:
        return this.refuse();
    }
  }

  #group(kind: string, closer: string): SyntaxNode {
    const start = this.at;
    const children: SyntaxNode[] = [];
    this.at += 1;
    // The grammar takes `((a) | b)` for arithmetic.
    if (closer === ')' && this.units[this.at] === opening) return this.refuse();
    this.#body(children, closer);
    return this.node(kind, start, children, 'body');
  }

  #if(start: number): SyntaxNode {
    const children: SyntaxNode[] = [];
    this.at += 'if'.length;
    this.#tested(children);
    for (let keyword = this.keyword(); keyword !== 'fi'; keyword = this.keyword()) {
      const clause: SyntaxNode[] = [];
      const from = this.at;
      if (keyword !== 'elif' && keyword !== 'else') return this.refuse();
      this.at += keyword.length;
      if (keyword === 'elif') this.#tested(clause);
      else this.#statements(clause);
      children.push(this.node(`${keyword}_clause`, from, clause));
      if (keyword === 'else' && this.keyword() !== 'fi') return this.refuse();
    }
    this.at += 'fi'.length;
    return this.node('if_statement', start, children, 'body');
  }

  /** A test, `then`, and what follows up to the next reserved word. */
  #tested(into: SyntaxNode[]): void {
    this.#body(into, 'then');
    into.push(this.token('then', 0));
    this.#statements(into);
  }

  #statements(into: SyntaxNode[]): void {
    const before = into.length;
    if (!this.#block(into) || into.length === before) this.refuse();
  }

  #while(keyword: string, start: number): SyntaxNode {
    const children: SyntaxNode[] = [];
    this.at += keyword.length;
    this.#statements(children);
    children.push(this.#doGroup());
    return this.node('while_statement', start, children, 'body');
  }

  #doGroup(): SyntaxNode {
    this.next();
    const start = this.at;
    const children: SyntaxNode[] = [];
    if (this.keyword() !== 'do') return this.refuse();
    this.at += 'do'.length;
    this.#body(children, 'done');
    return this.node('do_group', start, children, 'body');
  }

  #for(keyword: string, start: number): SyntaxNode {
    this.at += keyword.length;
    if (this.next() === opening) return this.#countingFor(start);
    const children = [this.#word('variable')];
    this.next();
    if (this.keyword() === 'in') {
      this.at += 'in'.length;
      while (this.next() !== semicolon && !this.refused) children.push(this.#word('value'));
      if (children.length === 1) return this.refuse();
    }
    if (this.next() !== semicolon) return this.refuse();
    this.at += 1;
    children.push(this.#doGroup());
    return this.node('for_statement', start, children, 'body');
  }

  /** `for ((a; b; c))`, of which only the body is read on. */
  #countingFor(start: number): SyntaxNode {
    if (this.units[this.at + 1] !== opening) return this.refuse();
    this.at += 2;
    let parts = 1;
    for (let unit = this.next(); unit !== closing; unit = this.next()) {
      if (unit === semicolon) parts += 1;
      else if (unit !== wordUnit) return this.refuse();
      this.at += 1;
    }
    if (parts !== 3 || this.units[this.at + 1] !== closing) return this.refuse();
    this.at += 2;
    if (this.next() !== semicolon) return this.refuse();
    this.at += 1;
    return this.node('c_style_for_statement', start, [this.#doGroup()], 'body');
  }

  #case(start: number): SyntaxNode {
    this.at += 'case'.length;
    this.next();
    const children = [this.#word('value')];
    this.next();
    if (this.keyword() !== 'in') return this.refuse();
    this.at += 'in'.length;
    while (this.next() !== undefined && this.keyword() !== 'esac' && !this.refused) {
      children.push(this.#caseItem());
    }
    if (children.length === 1 || this.keyword() !== 'esac') return this.refuse();
    this.at += 'esac'.length;
    return this.node('case_statement', start, children, 'body');
  }

  #caseItem(): SyntaxNode {
    const start = this.at;
    const children: SyntaxNode[] = [];
    if (this.units[this.at] === opening) this.at += 1;
    do {
      if (children.length > 0) this.at += 1;
      this.next();
      children.push(this.#word('value'));
    } while (this.next() === bar && !this.refused);
    // The grammar takes `a)b` for one pattern.
    if (this.next() !== closing || this.units[this.at + 1] === wordUnit) return this.refuse();
    this.at += 1;
    const patterns = children.length;
    const ended = this.#block(children);
    if (this.next() === semicolon) {
      if (!this.#itemEnd()) return this.refuse();
    } else if (this.keyword() !== 'esac' || !ended || children.length === patterns) {
      return this.refuse();
    }
    return this.node('case_item', start, children);
  }

  /** Passes `;;`, `;&` or `;;&`; the grammar wants another item behind the last two. */
  #itemEnd(): boolean {
    const [, second, third] = this.units.subarray(this.at, this.at + 3);
    const goesOn = second === ampersand || (second === semicolon && third === ampersand);
    if (second !== semicolon && !goesOn) return false;
    this.at += second === semicolon && goesOn ? 3 : 2;
    return !goesOn || this.next() === opening || this.#atWord();
  }

  #function(name: SyntaxNode, start: number): SyntaxNode {
    if (this.next() === opening) {
      this.at += 1;
      if (this.next() !== closing) return this.refuse();
      this.at += 1;
    }
    this.next();
    if (this.keyword() !== '{') return this.refuse();
    return this.node('function_definition', start, [name, this.#group('compound_statement', '}')]);
  }

  /** The words and redirects of a simple command; those behind its name stand around it. */
  #command(): SyntaxNode {
    const start = this.at;
    const children = this.#redirects();
    const leading = children.length;
    while (this.#atWord()) children.push(this.#word(undefined));
    const [only] = children;
    if (!only) return this.refuse();
    if (children.length === leading) return this.node('redirected_statement', start, children);
    if (this.next() === opening) {
      if (children.length > 1 || leading > 0) return this.refuse();
      return this.#function({ ...only, field: 'name' }, start);
    }
    const command = this.node('command', start, children, 'body');
    const around: SyntaxNode[] = [command];
    for (let more = this.#redirect(); more; more = this.#redirect()) {
      // The grammar takes the words that follow for more targets.
      while (this.#atWord()) more.children.push(this.#word('destination'));
      around.push(more);
    }
    return around.length === 1 ? command : this.node('redirected_statement', start, around);
  }

  #redirects(): SyntaxNode[] {
    const found: SyntaxNode[] = [];
    for (let one = this.#redirect(); one; one = this.#redirect()) found.push(one);
    return found;
  }

  #redirect(): SyntaxNode | undefined {
    this.next();
    const start = this.at;
    let operator = start;
    while (isDigit(this.units[operator])) operator += 1;
    const length = this.#operatorLength(operator);
    if (length === 0) return undefined;
    const children: SyntaxNode[] = [];
    if (operator > start) {
      this.at = operator;
      children.push(this.node('file_descriptor', start, []));
    }
    children.push(this.token('redirect', length));
    this.next();
    children.push(this.#word('destination'));
    return this.node('file_redirect', start, children);
  }

  /** The length of the redirect's operator at an index; 0 where there is none. */
  #operatorLength(at: number): number {
    const [unit, next, third] = [this.units[at], this.units[at + 1], this.units[at + 2]];
    if (unit === ampersand) return next === greater ? (third === greater ? 3 : 2) : 0;
    if (unit === less) return next === opening ? 0 : next === ampersand ? 2 : 1;
    if (unit !== greater || next === opening) return 0;
    return next === greater || next === ampersand || next === bar ? 2 : 1;
  }

  #atWord(): boolean {
    const unit = this.next();
    if (this.refused) return false;
    if (unit === wordUnit) return this.keyword() === '';
    return unit === dollar || this.#atSubstitution();
  }

  #atSubstitution(): boolean {
    const unit = this.units[this.at];
    const opens = unit === dollar || unit === less || unit === greater;
    return opens && this.units[this.at + 1] === opening;
  }

  #word(field: string | undefined): SyntaxNode {
    const start = this.at;
    for (;;) {
      if (this.units[this.at] === wordUnit) this.at += 1;
      else if (this.#atSubstitution()) this.#substitution();
      else break;
    }
    return this.at === start ? this.refuse() : this.node('word', start, [], field);
  }

  #substitution(): void {
    const start = this.at;
    const command = this.units[start] === dollar;
    const before = this.units[start - 1];
    // `file<(a)` and `<(a)>(b)` are one word for Bash only.
    if (!command && (before === wordUnit || before === closing)) this.refuse();
    const children: SyntaxNode[] = [];
    this.at += 2;
    this.#body(children, ')');
    // In the grammar `$(< file)` holds no statement but the redirect.
    const [only] = children;
    const alone = children.length === 1 && only?.kind === 'redirected_statement';
    const inner = alone && only.children.length === 1 ? only.children : children;
    const kind = command ? 'command_substitution' : 'process_substitution';
    this.found.set(this.from + start, this.node(kind, start, inner));
  }
}

function isDigit(unit: number | undefined): boolean {
  return unit !== undefined && unit >= 0x30 && unit <= 0x39;
}
