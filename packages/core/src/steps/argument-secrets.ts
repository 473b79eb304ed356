import type { Frame } from '../credentials/frame.ts';
import { framesOf } from '../credentials/origin.ts';
import type { ShellCommand, ShellScript, ShellWord } from '../script/shell.ts';
import type { Range } from '../text/range.ts';
import type { Text } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import type { StepScript } from '../workflow/scripts.ts';
import { templateOf } from '../workflow/template.ts';
import { exposureOf, optionOf, startsProcess, type Exposure } from './exposure.ts';
import { invoked } from './invoked.ts';
import { scriptMayHoldSecret, textMayHoldSecret, variableMayHoldSecret } from './secret-flow.ts';
import { isFetched, isRunToken, isSensitive, mayFetch, secretsIn } from './secrets.ts';
import { valuesOf, variableValues, type WordScope } from './value.ts';

/** A secret in the text of a script or in the arguments of a program; the range is in the script. */
export interface SecretArgument extends Range {
  /** The name of the stored secret; empty for one that the script fetches from AWS. */
  readonly secret: string;
  /** Pasted into the script by `${{ }}`, or expanded from a variable by the shell. */
  readonly by: 'expression' | 'variable';
  readonly written: string;
  readonly exposure: Exposure;
  readonly program: string;
  readonly option: string | null;
  /** Only asked whether it is there: `[ -n "${{ secrets.X }}" ]`. */
  readonly tested: boolean;
}

/** `${{ secrets.X }}` and what leads to it, in a script of any language. */
export function pastedSecrets(script: StepScript, repository: Repository): SecretArgument[] {
  const { step, text } = script;
  if (!text.value.includes('${{')) return [];
  return templateOf(text).flatMap((part): SecretArgument[] => {
    if (part.kind !== 'expression') return [];
    const written = text.value.slice(part.start, part.end);
    const alone: Text = { value: written, node: { ...text.node, text: written } };
    const secrets = new Set(
      framesOf(step, repository)
        .filter((frame) => textMayHoldSecret(alone, frame, repository))
        .flatMap((frame) => secretsIn(valuesOf(alone, frame, repository)))
        .map((name) => computedName(name, written)),
    );
    if (secrets.size === 0) return [];
    const parsed = script.parsed();
    if (parsed?.complete && inComment(part.start, parsed)) return [];
    const command = parsed?.commands.findLast(
      (one) => one.start <= part.start && part.end <= one.end,
    );
    const word = command?.args.find((one) => one.start <= part.start && part.end <= one.end);
    const exposure = command && word ? exposureOf(command, word) : 'argument';
    const option = (command && word && optionOf(command, word)) ?? null;
    const program = command ? invoked(command).program : '';
    // `[ -n "${{ secrets.X }}" ]` only asks whether the secret is there.
    const tested = /^(?:\[\[?|test)$/.test(program);
    const { start, end } = part;
    const by = 'expression';
    return [...secrets].map((secret) => ({
      start,
      end,
      secret,
      by,
      written,
      exposure,
      program,
      option,
      tested,
    }));
  });
}

/** `secrets[format('ACCOUNT_{0}', …)]` is at least known to be an `ACCOUNT_*`. */
function computedName(name: string, written: string): string {
  const pattern = name.endsWith(']') ? /'([A-Z][A-Z0-9_]*)\{\d\}'/.exec(written)?.[1] : undefined;
  return pattern === undefined ? name : `${pattern}*`;
}

/** Variables that hold a secret, as arguments of programs. */
export function expandedSecrets(script: StepScript, repository: Repository): SecretArgument[] {
  const { step } = script;
  const frames = framesOf(step, repository);
  // What a variable holds is given to the script, pasted into it, or fetched by it.
  if (!mayFetch(script.text.value) && !scriptMayHoldSecret(script, frames, repository)) return [];
  if (!mayHoldSecrets(script.text.value, frames)) return [];
  const parsed = script.parsed();
  if (!parsed) return [];
  const functions = new Set(parsed.functions.map((one) => one.name));
  const scopes = frames.map((frame): WordScope => ({ script: parsed, frame, repository }));
  return parsed.commands.flatMap((command) => {
    if (!startsProcess(command) || functions.has(command.name?.text ?? '')) return [];
    const found: SecretArgument[] = [];
    for (const word of command.args) {
      // ATTACKER: a command can name a variable ten thousand times; the first ones tell all.
      if (found.length >= 50) break;
      for (const name of variablesIn(word)) {
        const telling = scopes.filter((scope) => variableMayHoldSecret(name, scope));
        const values = telling.flatMap((scope) => variableValues(name, scope));
        const secrets = secretsIn(values).filter((one) => isSensitive(one) && !isRunToken(one));
        if (secrets.length === 0 && isFetched(values)) secrets.push('');
        found.push(...secrets.map((secret) => argument(command, word, `$${name}`, secret)));
      }
    }
    return found;
  });
}

/**
 * Whether a variable of the script can hold a secret at all: the script fetches or pastes one, or an
 * `env:` that reaches it is filled from something that may be one.
 */
function mayHoldSecrets(text: string, frames: readonly Frame[]): boolean {
  if (/secret|with-decryption|get-login-password|token|password|credentials/i.test(text)) {
    return true;
  }
  return frames.some((frame): boolean => {
    const blocks = [frame.step?.env, frame.job?.env, frame.job?.workflow.env];
    const own = blocks.some((block) =>
      block?.items.some(({ value }) =>
        /\$\{\{.*(?:secrets|inputs|steps|needs|env|token)\b/is.test(value?.value ?? ''),
      ),
    );
    return own || (frame.caller !== undefined && mayHoldSecrets(text, [frame.caller]));
  });
}

/** The variables whose values a word holds; `${#A}` and `${A:+set}` only say something about one. */
function variablesIn(word: ShellWord): ReadonlySet<string> {
  const names = word.parts.flatMap((part) =>
    part.kind === 'variable' && !/^(?:length|indirect|:?\+)$/.test(part.operator ?? '')
      ? part.name
      : [],
  );
  return new Set(names);
}

function argument(
  command: ShellCommand,
  word: ShellWord,
  written: string,
  secret: string,
): SecretArgument {
  const option = optionOf(command, word) ?? null;
  const before = command.args[command.args.indexOf(word) - 1];
  const start = option !== null && before?.text === option ? before.start : word.start;
  const exposure = exposureOf(command, word);
  const { program } = invoked(command);
  return {
    start,
    end: word.end,
    secret,
    by: 'variable',
    written,
    exposure,
    program,
    option,
    tested: false,
  };
}

/** Outside every command, assignment and heredoc there are only comments. */
function inComment(offset: number, parsed: ShellScript): boolean {
  const parts: readonly Range[] = [...parsed.commands, ...parsed.assignments, ...parsed.heredocs];
  if (parts.some((part) => part.start <= offset && offset < part.end)) return false;
  const line = parsed.source.slice(parsed.source.lastIndexOf('\n', offset - 1) + 1, offset);
  return /(?:^|\s)#/.test(line);
}
