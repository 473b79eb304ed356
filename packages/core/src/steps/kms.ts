import type { ShellCommand, ShellScript, ShellWord } from '../script/shell.ts';
import { awsCalls, awsOption, type AwsCall } from './aws-cli.ts';
import { invoked } from './invoked.ts';
import { readsOf } from './reads.ts';
import { stdoutOf } from './stdout.ts';

/**
 * How bytes stand in a file: as they are, as the base64 text that the AWS command line prints, or
 * inside its JSON answer.
 */
export type Form = 'binary' | 'base64' | 'json';

/** A file that a call writes its result into. */
interface KmsOutput {
  readonly file: ShellWord;
  readonly form: Form;
  /** The member of the answer: `CiphertextBlob`, `Plaintext` ...; undefined for the whole answer. */
  readonly member?: string;
}

/** A value that a call reads from a file: `fileb://` gives the bytes, `file://` gives text. */
interface KmsInput {
  readonly scheme: 'fileb' | 'file';
  readonly word: ShellWord;
}

/** One `aws kms` call with the files it reads and writes. */
export interface KmsCall {
  readonly operation: string;
  readonly call: AwsCall;
  readonly keyId?: ShellWord;
  /** What is encrypted, when it comes from a file. */
  readonly plaintext?: KmsInput;
  /** What is decrypted, when it comes from a file. */
  readonly ciphertext?: KmsInput;
  readonly outputs: readonly KmsOutput[];
}

/** Every `aws kms` call of a script. */
export function kmsCalls(script: ShellScript): KmsCall[] {
  if (!script.source.includes('kms')) return [];
  return awsCalls(script)
    .filter((call) => call.service === 'kms')
    .map((call) => {
      const keyId = awsOption(call, 'key-id');
      const plaintext = inputOf(awsOption(call, 'plaintext'));
      const ciphertext = inputOf(awsOption(call, 'ciphertext-blob'));
      return {
        operation: call.operation,
        call,
        ...(keyId ? { keyId } : {}),
        ...(plaintext ? { plaintext } : {}),
        ...(ciphertext ? { ciphertext } : {}),
        outputs: outputsOf(call, script),
      };
    });
}

/** The path behind `fileb://` or `file://` in a word's text. */
export function filePath(text: string): string {
  return normalPath(text.replace(/^fileb?:\/\//, ''));
}

/** `./a//b` -> `a/b`, so that two ways to write a path compare equal. */
export function normalPath(path: string): string {
  return path
    .replace(/^(?:\.\/)+/, '')
    .replaceAll(/\/{2,}/g, '/')
    .replace(/\/$/, '');
}

/** Whether a command turns base64 text into bytes. */
export function decodesBase64(command: ShellCommand): boolean {
  const { program, args } = invoked(command);
  const words = args.map((word) => word.text);
  if (/^(?:base64|gbase64)$/.test(program))
    return words.some((word) => /^(?:-[a-z]*[dD][a-z]*|--decode)$/.test(word));
  if (program !== 'openssl') return false;
  const decodes = words.includes('-d') || words.includes('-D');
  return decodes && (words[0] === 'base64' || words.includes('-base64') || words.includes('-a'));
}

function inputOf(word: ShellWord | undefined): KmsInput | undefined {
  if (word?.text.startsWith('fileb://')) return { scheme: 'fileb', word };
  return word?.text.startsWith('file://') ? { scheme: 'file', word } : undefined;
}

function outputsOf(call: AwsCall, script: ShellScript): KmsOutput[] {
  const member = /^(CiphertextBlob|Plaintext|CiphertextForRecipient|Signature)$/.exec(
    awsOption(call, 'query')?.text ?? '',
  )?.[1];
  const text = awsOption(call, 'output')?.text === 'text';
  const form: Form = text && member !== undefined ? 'base64' : 'json';
  const end = stdoutOf(call.command, script);
  const printed = [{ through: end.through, files: end.files }];
  if (end.variable !== undefined) printed.push(...printsOf(end.variable, script));
  return printed.flatMap(({ through, files }) => {
    const raw = through.some((one) => /^jq$/.test(invoked(one).program)) ? 'base64' : form;
    const decoded: Form = through.some(decodesBase64) ? 'binary' : raw;
    return files.map((file): KmsOutput => ({
      file,
      form: decoded,
      ...(member === undefined ? {} : { member }),
    }));
  });
}

/** `echo "$BLOB" | base64 -d > file`, where a variable holds what the call printed. */
function printsOf(
  variable: string,
  script: ShellScript,
): { through: readonly ShellCommand[]; files: readonly ShellWord[] }[] {
  return script.commands.flatMap((command, index) => {
    const reads = readsOf(script)
      .byCommand(index)
      .some((use) => use.name === variable);
    const { program } = invoked(command);
    const prints =
      /^(?:echo|printf|cat)$/.test(program) ||
      command.redirects.some((redirect) => redirect.operator === '<<<');
    if (!reads || !prints) return [];
    const { through, files } = stdoutOf(command, script);
    return files.length > 0 ? [{ through: [command, ...through], files }] : [];
  });
}
