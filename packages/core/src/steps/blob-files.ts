import type { ShellScript, ShellWord } from '../script/shell.ts';
import type { Step } from '../workflow/model.ts';
import type { Scripts, StepScript } from '../workflow/scripts.ts';
import { awsOption } from './aws-cli.ts';
import { invoked } from './invoked.ts';
import { filePath, kmsCalls, normalPath, type Form, type KmsCall } from './kms.ts';
import type { RunningStep } from './running.ts';

/** A place where a file gets its content, or where it is read. */
export interface BlobUse {
  readonly step: Step;
  readonly script: StepScript;
  readonly word: ShellWord;
  readonly path: string;
}

/** A file that an `aws kms` call writes. */
export interface WrittenBlob extends BlobUse {
  /** How the bytes stand in it. */
  readonly form: Form;
  /** The member of the answer: `CiphertextBlob` or `Plaintext`. */
  readonly member: string;
}

/** A file that is read, and what reads it: `fileb://`, `file://` or a program. */
export interface ReadBlob extends BlobUse {
  readonly reader: string;
}

/** Programs that take the bytes as they are and refuse base64 text. */
const takesBytes = /^(?:tar|unzip|gunzip|gzip|zstd|xz|bunzip2|7z|7za)$/;

/** The files into which a step's `aws kms` calls write a blob. */
export function blobsWritten({ step }: RunningStep, scripts: Scripts): WrittenBlob[] {
  const script = scripts.of(step);
  if (!script?.text.value.includes('kms')) return [];
  const parsed = script.parsed();
  if (!parsed) return [];
  return kmsCalls(parsed).flatMap((call) =>
    call.outputs
      // The whole answer of a data key call is taken apart later; it is nothing by itself.
      .filter((output) => output.form !== 'json' || call.operation === 'encrypt')
      .filter((output) => !/^\$|^\/dev\//.test(output.file.text))
      .map((output) => ({
        step,
        script,
        word: output.file,
        path: normalPath(output.file.text),
        form: output.form,
        member: output.member ?? (call.operation === 'decrypt' ? 'Plaintext' : 'CiphertextBlob'),
      })),
  );
}

/** The files that a step hands to `aws kms decrypt`, or unpacks. */
export function blobsRead({ step }: RunningStep, scripts: Scripts): ReadBlob[] {
  const script = scripts.of(step);
  const parsed = script?.parsed();
  if (!script || !parsed) return [];
  const blobs = kmsCalls(parsed).flatMap((call) => {
    const input = call.ciphertext;
    if (!input || raw(call)) return [];
    return [
      {
        step,
        script,
        word: input.word,
        path: filePath(input.word.text),
        reader: `${input.scheme}://`,
      },
    ];
  });
  return [...blobs, ...unpacks(step, script, parsed)];
}

/** `--cli-binary-format raw-in-base64-out` makes `file://` take bytes. */
function raw(call: KmsCall): boolean {
  return awsOption(call.call, 'cli-binary-format')?.text === 'raw-in-base64-out';
}

function unpacks(step: Step, script: StepScript, parsed: ShellScript): ReadBlob[] {
  return parsed.commands.flatMap((command) => {
    const { program, args } = invoked(command);
    if (!takesBytes.test(program)) return [];
    return args
      .filter((word) => !word.text.startsWith('-') && /\./.test(word.text))
      .map((word) => ({ step, script, word, path: normalPath(word.text), reader: program }));
  });
}
