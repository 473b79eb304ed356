import type { ShellCommand, ShellScript, ShellWord } from '../script/shell.ts';
import { invoked } from './invoked.ts';

/** A call of the AWS command line: `aws SERVICE OPERATION --option value`. */
export interface AwsCall {
  readonly command: ShellCommand;
  readonly service: string;
  readonly operation: string;
  /** The words behind the operation that belong to no option, e.g. the two paths of `s3 cp`. */
  readonly operands: readonly ShellWord[];
  /** Options by name without the dashes; an option without a value has an empty list. */
  readonly options: ReadonlyMap<string, readonly ShellWord[]>;
}

/** Global options that take no value. Source: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-options.html */
const switches = new Set([
  'debug',
  'no-verify-ssl',
  'no-paginate',
  'no-sign-request',
  'no-cli-pager',
  'cli-auto-prompt',
  'no-cli-auto-prompt',
  'with-decryption',
  'no-with-decryption',
  'recursive',
  'quiet',
]);

/** Every call of the AWS command line in a script, in order. */
export function awsCalls(script: ShellScript): AwsCall[] {
  if (!script.source.includes('aws')) return [];
  return script.commands.flatMap((command) => awsCall(command) ?? []);
}

/** The call that a command is; undefined when it is none. */
export function awsCall(command: ShellCommand): AwsCall | undefined {
  const { program, args } = invoked(command);
  if (program !== 'aws') return undefined;
  const options = new Map<string, readonly ShellWord[]>();
  const plain: ShellWord[] = [];
  let open: string | undefined;
  for (const word of args) {
    const option = /^--([a-z][a-z0-9-]*)(=)?/.exec(word.text);
    if (option?.[1] !== undefined) {
      const glued = option[2] === '=' ? [valueBehindEquals(word, option[0].length)] : [];
      options.set(option[1], [...(options.get(option[1]) ?? []), ...glued]);
      open = glued.length > 0 || switches.has(option[1]) ? undefined : option[1];
    } else if (open !== undefined && !(plain.length < 2 && (options.get(open)?.length ?? 0) > 0)) {
      // Before the operation an option takes one value; behind it, as many as there are.
      options.set(open, [...(options.get(open) ?? []), word]);
    } else {
      plain.push(word);
      open = undefined;
    }
  }
  const [service, operation, ...operands] = plain;
  if (!service || !operation) return undefined;
  return { command, service: service.text, operation: operation.text, operands, options };
}

/** The first value of an option. */
export function awsOption(call: AwsCall, name: string): ShellWord | undefined {
  return call.options.get(name)?.[0];
}

/** `--name=value` as the word of its value; parts that reach over the sign are cut. */
function valueBehindEquals(word: ShellWord, length: number): ShellWord {
  let skip = length;
  const parts: ShellWord['parts'][number][] = [];
  for (const part of word.parts) {
    if (part.kind !== 'text') {
      parts.push(part);
      continue;
    }
    const cut = Math.min(skip, part.text.length);
    skip -= cut;
    if (cut < part.text.length)
      parts.push({
        ...part,
        text: part.text.slice(cut),
        start: Math.min(part.end, part.start + cut),
      });
  }
  return { ...word, text: word.text.slice(length), parts, start: parts[0]?.start ?? word.end };
}
