import { framesOf } from '../credentials/origin.ts';
import type { ShellCommand, ShellScript, ShellWord } from '../script/shell.ts';
import type { Step, Text } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import type { StepScript } from '../workflow/scripts.ts';
import { shellOf } from '../workflow/shell.ts';
import { awsCall } from './aws-cli.ts';
import { invoked } from './invoked.ts';
import { normalPath } from './kms.ts';
import { asksForMask, printed } from './printed.ts';
import { readsOf } from './reads.ts';
import { mayHaveWord } from './script-words.ts';
import { secretOf, secretOperations } from './secret-calls.ts';
import { partMayHoldSecret, scriptMayHoldSecret } from './secret-flow.ts';
import { isRunToken, isSensitive, secretsIn } from './secrets.ts';
import { stdoutOf } from './stdout.ts';
import { wordValues } from './value.ts';

/** A secret that reaches the log. */
export interface SecretPrint {
  /** The command to point at. */
  readonly command: ShellCommand;
  /**
   * How it gets there: a `call` that answers into the log; a `variable` or a `file` that holds what
   * a call answered; a `trace` by `set -x`; a secret that GitHub has `stored`; the whole `environment`.
   */
  readonly how: 'call' | 'variable' | 'file' | 'trace' | 'stored' | 'environment';
  /** The program that prints, or the call whose answer is printed, e.g. `aws ssm get-parameter`. */
  readonly program: string;
  readonly what: string;
  /** The variable or file on the way; empty where there is none. */
  readonly by: string;
  /** The program on the way that changes the value, so that no mask finds it. */
  readonly changedBy: string | undefined;
}

/** A secret that a call answers with. */
export interface Fetched {
  readonly program: string;
  readonly what: string;
}

/**
 * What a script prints of the secrets that it fetches from AWS. `files` remembers the files into
 * which steps of the same job wrote some; it is read and added to.
 */
export function fetchedPrints(
  script: StepScript,
  parsed: ShellScript,
  files: Map<string, Fetched>,
): SecretPrint[] {
  const found: SecretPrint[] = [];
  const hit = (
    command: ShellCommand,
    how: SecretPrint['how'],
    secret: Fetched,
    by: string,
    changedBy?: string,
  ): void => {
    found.push({ command, how, ...secret, by, changedBy });
  };
  for (const [index, command] of parsed.commands.entries()) {
    const file = printedFile(command, files);
    const shows = file && printed(command, parsed);
    if (file && shows) hit(command, 'file', file.secret, file.path, shows.changedBy);
    const call = awsCall(command);
    const what = call && secretOf(call);
    if (!call || what === undefined) continue;
    const secret = { program: `aws ${call.service} ${call.operation}`, what };
    const direct = printed(command, parsed);
    if (direct) hit(command, 'call', secret, '', direct.changedBy);
    const end = stdoutOf(command, parsed);
    for (const word of end.files)
      if (!/GITHUB_(?:ENV|OUTPUT)/.test(word.text)) files.set(normalPath(word.text), secret);
    if (end.to !== 'variable' || end.variable === undefined) continue;
    if (isTraced(command, script, parsed)) hit(command, 'trace', secret, `$${end.variable}`);
    for (const echo of echoesOf(end.variable, index, parsed))
      hit(echo.command, 'variable', secret, `$${end.variable}`, echo.changedBy);
  }
  return found;
}

/** Whether {@link fetchedPrints} can find anything in a script that is given no files. */
export function mayFetch(text: Text): boolean {
  return mayHaveWord(text, aws) && mayHaveWord(text, secretOperations);
}

const aws = ['aws'];

/** `cat secrets.json` and its like. */
function printedFile(
  command: ShellCommand,
  files: ReadonlyMap<string, Fetched>,
): { path: string; secret: Fetched } | undefined {
  const { program, args } = invoked(command);
  if (files.size === 0 || !/^(?:cat|jq|yq|head|tail|less|more|base64)$/.test(program))
    return undefined;
  for (const word of args) {
    const path = normalPath(word.text);
    const secret = files.get(path);
    if (secret) return { path, secret };
  }
  return undefined;
}

/** `echo "$VALUE"` behind the assignment, as long as nothing masks it. */
function echoesOf(
  variable: string,
  from: number,
  parsed: ShellScript,
): { command: ShellCommand; changedBy?: string }[] {
  const found: { command: ShellCommand; changedBy?: string }[] = [];
  const after = parsed.commands[from]?.end ?? 0;
  // The next assignment gives the variable another value, which is looked at on its own.
  const next = parsed.assignments.find((one) => one.name === variable && one.start > after);
  for (let index = from + 1; index < parsed.commands.length; index += 1) {
    const command = parsed.commands[index];
    if (!command || command.start >= (next?.start ?? Infinity)) break;
    const uses = readsOf(parsed).byCommand(index);
    if (!uses.some((use) => use.name === variable && !isTest(use.operator))) continue;
    if (!/^(?:echo|printf)$/.test(invoked(command).program)) continue;
    if (asksForMask(command)) break;
    const shows = printed(command, parsed);
    const changedBy = shows?.changedBy;
    if (shows) found.push({ command, ...(changedBy === undefined ? {} : { changedBy }) });
  }
  return found;
}

/** `${#A}` and `${A:+set}` give something about the value, not the value. */
function isTest(operator: string | undefined): boolean {
  return operator !== undefined && /^(?:length|indirect|:?\+)$/.test(operator);
}

/** Whether `set -x` is on where a command stands. */
function isTraced(command: ShellCommand, script: StepScript, parsed: ShellScript): boolean {
  let on = /(?:^|\s)-[a-z]*x[a-z]*(?:\s|$)/.test(shellOf(script.step).template ?? '');
  for (const one of parsed.commands) {
    if (one.start >= command.start) break;
    if (one.name?.text !== 'set') continue;
    for (const [at, word] of one.args.entries()) {
      const named = /^[-+]o$/.test(word.text) && one.args[at + 1]?.text === 'xtrace';
      if (named || /^[-+][a-wyz]*x[a-z]*$/.test(word.text)) on = word.text.startsWith('-');
    }
  }
  return on;
}

/** Secrets that GitHub stores, printed by `echo` or with the whole environment. */
export function storedPrints(
  step: Step,
  parsed: ShellScript,
  repository: Repository,
): SecretPrint[] {
  const frames = framesOf(step, repository);
  return parsed.commands.flatMap((command): SecretPrint[] => {
    const { program, args } = invoked(command);
    const everything = (program === 'env' || program === 'printenv') && args.length === 0;
    if (!everything && program !== 'echo' && program !== 'printf') return [];
    const words = everything ? [] : args.flatMap(givingWords);
    const values = frames.flatMap((frame) =>
      words
        .filter((word) =>
          word.parts.some((part) => partMayHoldSecret(part, { script: parsed, frame, repository })),
        )
        .flatMap((word) => wordValues(word, { script: parsed, frame, repository })),
    );
    const names = everything ? environmentSecrets(step) : secretsIn(values).filter(isStored);
    const shows = names.length > 0 ? printed(command, parsed) : undefined;
    if (!shows || asksForMask(command)) return [];
    const { changedBy } = shows;
    const how = everything ? 'environment' : 'stored';
    return [{ command, how, program, what: shown(names), by: '', changedBy }];
  });
}

/** Whether {@link storedPrints} can find anything in a script; to say so its syntax is not read. */
export function mayPrintStored(script: StepScript, repository: Repository): boolean {
  const { step, text } = script;
  if (mayHaveWord(text, ['env', 'printenv']) && environmentSecrets(step).length > 0) return true;
  return (
    mayHaveWord(text, ['echo', 'printf']) &&
    scriptMayHoldSecret(script, framesOf(step, repository), repository)
  );
}

/** A secret to keep that GitHub stores; the run's own token ends with the job. */
function isStored(name: string): boolean {
  return isSensitive(name) && !isRunToken(name);
}

/** The expressions and variables of a word, each as a word of its own. */
function givingWords(word: ShellWord): ShellWord[] {
  return word.parts
    .filter(
      (part) => part.kind === 'expression' || (part.kind === 'variable' && !isTest(part.operator)),
    )
    .map((part) => ({ ...word, parts: [part], literal: false }));
}

function shown(names: readonly string[]): string {
  return names.map((name) => (name.endsWith(']') ? name : `secrets.${name}`)).join(', ');
}

function environmentSecrets(step: Step): string[] {
  const job = step.owner.kind === 'job' ? step.owner : undefined;
  const entries = [step.env, job?.env, job?.workflow.env].flatMap((block) => block?.items ?? []);
  const names = entries.flatMap((entry) =>
    [...(entry.value?.value ?? '').matchAll(/\$\{\{\s*secrets\.(\w+)\s*\}\}/g)].map(
      (match) => match[1] ?? '',
    ),
  );
  return [...new Set(names)].filter(isStored);
}
