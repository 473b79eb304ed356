import {
  isSallyportError,
  type ErrorArguments,
  type ErrorCode,
  SallyportError,
} from '@sallyport/core';

import { redact } from '../audit/redact.ts';
import { styleFor, wantsColor, type ColorMode } from '../terminal/color.ts';
import { printable } from '../terminal/safe.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** An error in words: what happened, why, what to do. */
export interface ErrorProse {
  readonly what: string;
  readonly why?: string;
  readonly cure: string;
}

/** Where internal errors are reported. */
const issues = 'https://github.com/sallyport-dev/sallyport/issues';

/** Puts any error into words. */
export function errorProse(error: SallyportError): ErrorProse {
  // The constructor lets no code stand with the arguments of another.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- TypeScript cannot follow that
  return prose({ code: error.code, args: error.args } as CodeWithArguments);
}

type CodeWithArguments = {
  [Code in ErrorCode]: { readonly code: Code; readonly args: ErrorArguments[Code] };
}[ErrorCode];

function prose({ code, args }: CodeWithArguments): ErrorProse {
  switch (code) {
    case 'USAGE':
      return { what: args.problem, cure: args.cure };
    case 'CONFIG_UNREADABLE':
      return {
        what: `the configuration ${args.path} could not be read`,
        why: args.problem,
        cure: 'correct the path given to --config, or make the file readable',
      };
    case 'CONFIG_INVALID':
      return {
        what: `the configuration ${args.path}:${args.line}:${args.column} is not valid`,
        why: args.problem,
        cure: args.cure,
      };
    case 'NOTHING_TO_EXAMINE':
      return {
        what: `nothing to examine in ${args.paths.join(', ')}`,
        why: 'no .github/workflows with .yml or .yaml files and no action.yml was found there',
        cure: 'name a repository, a folder of repositories, or workflow files; nothing examined is not a pass',
      };
    case 'PATH_NOT_FOUND':
      return {
        what: `there is no file or folder "${args.path}"`,
        cure: 'correct the path; it is relative to the current folder',
      };
    case 'PATH_UNREADABLE':
      return {
        what: `"${args.path}" could not be read`,
        why: args.problem,
        cure: 'make it readable for this user, or leave it out',
      };
    case 'OUTPUT_NOT_WRITTEN':
      return {
        what: `the output ${args.path} could not be written`,
        why: args.problem,
        cure: 'name a file in a folder that exists and that this user may write',
      };
    case 'BASELINE_INVALID':
      return {
        what: `the baseline ${args.path} cannot be used`,
        why: args.problem,
        cure: `write it with sallyport audit --write-baseline ${args.path}`,
      };
    case 'DIRTY_TREE':
      return {
        what: `${args.root} has changes that are not committed: ${list(args.files)}`,
        why: 'a fix on top of them could not be told from them, or undone alone',
        cure: 'commit or stash them first, or pass --allow-dirty',
      };
    case 'GIT_NOT_AVAILABLE':
      return {
        what: `git says nothing about ${args.root}`,
        why: args.problem,
        cure: 'install git or correct the checkout, or pass --allow-dirty if no history is needed',
      };
    case 'FIX_NOT_WRITTEN':
      return {
        what: `the fixed file ${args.path} could not be written`,
        why: args.problem,
        cure:
          args.written.length === 0
            ? 'nothing was changed; make the file writable and run again'
            : `these are changed already: ${list(args.written)}; make the file writable and run again`,
      };
    case 'INPUT_INVALID':
      return {
        what: `the input "${args.path}" cannot be used`,
        why: args.problem,
        cure: args.cure,
      };
    case 'UNKNOWN_TOPIC':
      return {
        what: `there is no rule and no error code "${args.topic}"`,
        cure:
          args.nearest === undefined
            ? 'run sallyport explain for the list'
            : `did you mean "${args.nearest}"?`,
      };
    case 'AWS_NO_CREDENTIALS':
      return {
        what: 'there are no AWS credentials to ask with',
        why: args.problem,
        cure: 'sign in (aws sso login), name a profile with --profile, or set the AWS_ variables of a role that may read IAM',
      };
    case 'AWS_CREDENTIALS_INVALID':
      return {
        what: `the credentials are not accepted for ${args.action}`,
        why: args.problem,
        cure: 'sign in again: temporary credentials end, and keys can be deleted or belong to another partition (--region)',
      };
    case 'AWS_REFUSED':
      return {
        what: `${args.action} was refused`,
        why: args.problem,
        cure: `allow ${args.action} to the role that you ask with; docs/guide/snapshot.md has the policy`,
      };
    case 'AWS_UNREACHABLE':
      return {
        what: `no answer from AWS to ${args.action}`,
        why: args.problem,
        cure: 'check the network, the proxy and AWS_ENDPOINT_URL, and run it again; nothing was written',
      };
    case 'SNAPSHOT_PARTIAL':
      return {
        what: `the snapshot is not complete: ${list(args.missing)}`,
        why: 'what was left out counts as unknown, and the snapshot says so in "partial"',
        cure:
          args.refused.length === 0
            ? 'run it again'
            : `allow ${args.refused.join(', ')} to the role that you ask with; docs/guide/snapshot.md has the policy`,
      };
    case 'INTERNAL':
      return {
        what: `internal error: ${args.problem}`,
        cure: `report it at ${issues} with the command line; --verbose prints the stack`,
      };
  }
}

/** How errors are printed. */
export interface ErrorOptions {
  readonly color: ColorMode;
  readonly verbose: boolean;
  readonly terminal: Terminal;
}

/** An error as it is printed on stderr, ending in a line feed. */
export function renderError(
  error: SallyportError,
  { color, verbose, terminal }: ErrorOptions,
): string {
  const isTTY = terminal.stderr.isTTY === true;
  const style = styleFor(wantsColor(color, terminal.env, isTTY), isTTY);
  const { what, why, cure } = errorProse(error);
  const head = `${style('error', `error[${error.code}]`)}${style('strong', `: ${safe(what)}`)}`;
  // One line, so that it stays whole in logs that are read line by line.
  if (error.code === 'INTERNAL') return `${head}; ${safe(cure)}\n${verbose ? stackOf(error) : ''}`;
  const rows = [
    ...(why === undefined ? [] : [`  ${style('strong', 'why:')} ${safe(why)}`]),
    `  ${style('strong', 'help:')} ${safe(cure)}`,
  ];
  return `${[head, ...rows].join('\n')}\n`;
}

function safe(text: string): string {
  return printable(redact(text));
}

/** Whatever was thrown, as an error of ours. */
export function asSallyportError(error: unknown): SallyportError {
  if (isSallyportError(error)) return error;
  const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new SallyportError('INTERNAL', { problem }, error);
}

function stackOf({ cause, stack }: SallyportError): string {
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : (stack ?? '');
  return `${text
    .split('\n')
    .map((line) => printable(redact(line)))
    .join('\n')}\n`;
}

function list(names: readonly string[]): string {
  return names.length > 5
    ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`
    : names.join(', ');
}
