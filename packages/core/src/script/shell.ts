import type { Range } from '../text/range.ts';

/**
 * What a `run:` script does, as plain data. Every offset is a UTF-16 index into {@link source}, ends
 * are exclusive, and numbers that stand for a command are indices into {@link commands}.
 */
export interface ShellScript {
  readonly source: string;
  /** Every simple command, `[`, `[[` and `((` among them; those inside `$( )` follow their owner. */
  readonly commands: readonly ShellCommand[];
  /** Every assignment, the `A=b` before a command and those of `export` among them. */
  readonly assignments: readonly ShellAssignment[];
  /** Every place where a variable is read, in heredocs too. */
  readonly variables: readonly ShellVariableUse[];
  /** Every `${{ }}`, in comments too. */
  readonly expressions: readonly ShellExpression[];
  readonly heredocs: readonly ShellHeredoc[];
  readonly functions: readonly ShellFunction[];
  /** What was not understood. */
  readonly problems: readonly ShellProblem[];
  /**
   * Whether all of the script was understood. INVARIANT: `complete` is false exactly when there are
   * `problems`; a verdict that rests on the absence of a command must then be `undecided`.
   */
  readonly complete: boolean;
}

/** A part of the script that the shell would refuse too, or that went over a limit of ours. */
export interface ShellProblem extends Range {
  readonly message: string;
}

/** One simple command (Bash manual 3.2.2): from its first word, assignment or redirect to its last. */
export interface ShellCommand extends Range {
  /** Undefined when only redirects stand there (`> file`). */
  readonly name: ShellWord | undefined;
  readonly args: readonly ShellWord[];
  /** The `A=b` before the name. */
  readonly assignments: readonly ShellAssignment[];
  /** The command's own redirects in the order of the text. */
  readonly redirects: readonly ShellRedirect[];
  readonly context: ShellContext;
}

/** Where a command stands. */
export interface ShellContext {
  /** The innermost pipeline of two or more stages. */
  readonly pipeline?: ShellPipeline;
  /** In the test of `if`, `while` or `until`, or on the left of `&&`. */
  readonly condition: boolean;
  /** In the test of `if`, `while` or `until`. */
  readonly test: boolean;
  /** On the left of `&&`: when it fails, the list fails, but `set -e` does not act. */
  readonly guard: boolean;
  /** On the left of `||`: the commands on the right of the nearest one, in the order of the text. */
  readonly orElse: readonly number[];
  /** On the left of `||`: what stands on the right of the nearest one; it may be an assignment only. */
  readonly alternative?: Range;
  /** On the right of `||`: the last command on its left. */
  readonly handles?: number;
  /** Inside `$( )`, backquotes, `<( )` or `>( )`. */
  readonly substitution: boolean;
  /** What the innermost substitution is a part of; there exactly when `substitution` is true. */
  readonly enclosing?: ShellEnclosing;
  readonly subshell: boolean;
  readonly loop: boolean;
  /** The name of the innermost function whose body holds the command. */
  readonly function?: string;
  /** After `!`: failure becomes success. */
  readonly negated: boolean;
  readonly background: boolean;
  /**
   * Whether the command's status is that of the nearest of: the script, the function body, the
   * substitution, the test of `if`/`while`/`until`, the left of `||`. The status of a loop's body is not.
   */
  readonly final: boolean;
  /** The redirects of the groups, loops and functions around it, innermost first. */
  readonly redirects: readonly ShellRedirect[];
  /** The innermost subshell, substitution or function body around it, else the script: as far as `set` reaches. */
  readonly scope: Range;
}

/** A command's place in `a | b | c`. `index` starts at 0; the id is unique within the script. */
export interface ShellPipeline {
  readonly id: number;
  readonly index: number;
  readonly length: number;
  /** The pipeline that the whole of this one is a stage of. */
  readonly outer?: ShellPipeline;
}

/**
 * The owner of a substitution. Only for `assignment` does the substitution's status become the
 * statement's (Bash manual 3.7.1: "If there is no command name …").
 */
export interface ShellEnclosing {
  readonly kind: 'assignment' | 'command' | 'process' | 'heredoc' | 'other';
  /** The command that the substitution is an argument of. */
  readonly command?: number;
  /** `final` of the statement that holds the substitution. */
  readonly final: boolean;
  /** Offset of the substitution. */
  readonly start: number;
}

/** How a word or a part of it is quoted; `mixed` only for whole words. */
export type ShellQuote = 'none' | 'single' | 'double' | 'mixed';

/** A word of a command before expansion. */
export interface ShellWord extends Range {
  /** Quotes and escapes removed; `$A`, `${A}`, `$(…)`, `$((…))` and `${{ }}` as they are written. */
  readonly text: string;
  readonly parts: readonly ShellPart[];
  /** Whether the command receives `text` as it is: no expansion, substitution, expression or glob. */
  readonly literal: boolean;
  readonly quote: ShellQuote;
}

/** A piece of a word, quotes left out. */
export type ShellPart = Range & { readonly quote: 'none' | 'single' | 'double' } & (
    | { readonly kind: 'text'; readonly text: string }
    | {
        readonly kind: 'variable';
        readonly name: string;
        /** As written behind the name (`:-`, `%%`, `//` …); `length` for `${#A}`, `indirect` for `${!A}`. */
        readonly operator?: string;
        /** The word behind the operator. */
        readonly operand?: ShellWord;
      }
    | {
        readonly kind: 'substitution';
        /** All commands inside, nested ones too. */
        readonly commands: readonly number[];
        readonly form: 'command' | 'input' | 'output';
      }
    | { readonly kind: 'arithmetic'; readonly text: string }
    | { readonly kind: 'expression'; readonly index: number }
  );

/** A variable that gets a value, or by `export A` only an attribute. */
export interface ShellAssignment extends Range {
  readonly name: string;
  /** Undefined for arrays, for `export A`, and for values that only the run knows (`read A`). */
  readonly value: ShellWord | undefined;
  /** The elements of `A=(…)`; `[key]=value` elements as they are written. */
  readonly elements?: readonly ShellWord[];
  /** Whether child processes see it through this assignment. */
  readonly exported: boolean;
  /** `A+=b`. */
  readonly append: boolean;
  /** `command`: only for the command it stands before; `local`: until the function returns. */
  readonly scope: 'command' | 'script' | 'local';
  /** `default` is `${A:=b}`; `attribute` changes no value (`export A`); `input` is `read` and its like. */
  readonly origin: 'assignment' | 'for' | 'default' | 'attribute' | 'input';
  /** The command it belongs to, e.g. `export`. */
  readonly command?: number;
}

/** A place where a variable is read. */
export interface ShellVariableUse extends Range {
  readonly name: string;
  readonly operator?: string;
  readonly quote: 'none' | 'single' | 'double';
  /** The command whose words, assignments or heredocs hold it. */
  readonly command?: number;
}

/** One `${{ }}`; the range includes the braces. */
export interface ShellExpression extends Range {
  /** Between the braces, as written. */
  readonly source: string;
}

/** One redirect (Bash manual 3.6). */
export interface ShellRedirect extends Range {
  /** As written: `>`, `>>`, `&>`, `<<`, `<<-`, `<<<` … */
  readonly operator: string;
  /** The number before the operator. */
  readonly descriptor?: number;
  /** The file, the descriptor behind `>&`, or the word of `<<<`; undefined for heredocs. */
  readonly target?: ShellWord;
  readonly heredoc?: ShellHeredoc;
}

/** A here-document (Bash manual 3.6.6). The range is the body without the delimiter's line. */
export interface ShellHeredoc extends Range {
  /** What is fed to the command, before expansion: tabs of `<<-` and escapes removed. */
  readonly text: string;
  readonly delimiter: string;
  /** Whether the delimiter is quoted: nothing in the body is then expanded but `${{ }}`. */
  readonly quoted: boolean;
  /** Whether it is `<<-`, so that `text` lacks the leading tabs of the source. */
  readonly tabsStripped: boolean;
  readonly parts: readonly ShellPart[];
  /** Indices into the script's `expressions`. */
  readonly expressions: readonly number[];
  readonly variables: readonly ShellVariableUse[];
  /** The command that reads it. */
  readonly command?: number;
}

/** A function definition; the range is the whole of it. */
export interface ShellFunction extends Range {
  readonly name: string;
  /** Its commands are those from `first` up to, not including, `end` of this pair. */
  readonly commands: { readonly first: number; readonly end: number };
}
