import { artifactsOf } from '../../steps/artifacts.ts';
import {
  blobsRead,
  blobsWritten,
  type BlobUse,
  type ReadBlob,
  type WrittenBlob,
} from '../../steps/blob-files.ts';
import { invoked } from '../../steps/invoked.ts';
import { decodesBase64, type Form } from '../../steps/kms.ts';
import { runningSteps, type RunningStep } from '../../steps/running.ts';
import { fileOf, type Job } from '../../workflow/model.ts';
import { defineRule, type Place, type Rule, type RuleContext } from '../rule.ts';

type Data = {
  file: string;
  /** The path under which it was written. */
  written: string;
  /** How the bytes stand in the file. */
  form: Form;
  /** What reads it: `fileb://`, `file://` or a program. */
  reader: string;
};

/**
 * Base64 text given to something that takes bytes, or the other way round. The AWS command line
 * prints blobs as base64; `fileb://` reads a file's bytes as they are, `file://` takes its text for
 * base64. KMS answers the wrong one with InvalidCiphertextException.
 * Source: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-types.html#parameter-type-blob
 */
export const rule: Rule = defineRule<Data>({
  id: 'ciphertext-encoding-mixup',
  title: 'Base64 text and bytes mixed up around aws kms',
  severity: 'high',
  confidence: 'high',
  check(context, report) {
    const artifacts = artifactsOf(context.repository);
    const seen = new Set<string>();
    for (const job of context.repository.workflows.flatMap((workflow) => workflow.jobs)) {
      const written = runningSteps(job, context.repository).flatMap((running) =>
        blobsWritten(running, context.scripts),
      );
      if (written.length === 0) continue;
      const consumers = artifacts.uploads
        .filter((upload) => upload.job === job)
        .flatMap((upload) => artifacts.downloadsOf(upload));
      const jobs = [job, ...new Set(consumers.map((download) => download.job))];
      const steps = jobs.flatMap((one) => [...runningSteps(one, context.repository)]);
      for (const use of steps.flatMap((running) => blobsRead(running, context.scripts))) {
        const from = written.findLast((one) => sameFile(one, use, job));
        if (!from || !clashes(from, use) || convertedBetween(from, steps, context)) continue;
        const at: Place = {
          file: fileOf(use.step),
          range: use.script.range(use.word.start, use.word.end),
          label: `takes ${wanted(use)}`,
        };
        const key = `${at.file.path}:${at.range.start}`;
        if (seen.has(key)) continue;
        seen.add(key);
        report({
          at,
          related: [
            {
              file: fileOf(from.step),
              range: from.script.range(from.word.start, from.word.end),
              label: `gets ${forms[from.form]}`,
            },
          ],
          data: { file: use.path, written: from.path, form: from.form, reader: use.reader },
          subject: { step: use.step, detail: { from, use } },
        });
      }
    }
  },
  message: ({ file, form, reader }) =>
    `"${file}" holds ${forms[form]}, but "${reader}" takes ${reader === 'file://' ? 'base64 text' : 'bytes'}, so it fails`,
  help({ file, written, form, reader }) {
    if (reader === 'file://') return `pass the bytes with \`fileb://${file}\``;
    const select = form === 'json' ? '--query CiphertextBlob --output text ' : '... ';
    return `decode what the AWS command line prints before it is written: \`${select}| base64 --decode > ${written}\``;
  },
});

const forms: Record<Form, string> = {
  binary: 'bytes',
  base64: 'base64 text',
  json: 'the JSON answer of the call',
};

function wanted(use: ReadBlob): string {
  return use.reader === 'file://' ? 'base64 text' : 'bytes';
}

/** The same path in one job; in another job only the name counts, because downloads choose the folder. */
function sameFile(from: WrittenBlob, use: BlobUse, job: Job): boolean {
  if (from.path === use.path) return true;
  const elsewhere = use.step.owner.kind === 'job' && use.step.owner !== job;
  return elsewhere && basename(from.path) === basename(use.path);
}

function basename(path: string): string {
  return path.split('/').at(-1) ?? path;
}

function clashes(from: WrittenBlob, use: ReadBlob): boolean {
  if (use.reader === 'file://') return from.form === 'binary' && from.member !== 'Plaintext';
  if (use.reader === 'fileb://') return from.form !== 'binary' && from.member !== 'Plaintext';
  // Only what was decrypted is unpacked; a ciphertext handed to tar is another fault.
  return from.form !== 'binary' && from.member === 'Plaintext';
}

/** Whether some command rewrites the file from its own content: `base64 -d x > y && mv y x`. */
function convertedBetween(
  from: WrittenBlob,
  steps: readonly RunningStep[],
  { scripts }: RuleContext,
): boolean {
  const name = basename(from.path);
  return steps.some(({ step }) => {
    const commands = scripts.of(step)?.parsed()?.commands ?? [];
    return commands.some((command) => {
      const { program, args } = invoked(command);
      const target =
        program === 'mv' || program === 'cp' || program === 'sponge'
          ? args.at(-1)?.text
          : undefined;
      if (target !== undefined && basename(target) === name) return true;
      const redirected = command.redirects.some(
        (one) => one.operator.startsWith('>') && basename(one.target?.text ?? '') === name,
      );
      return (
        decodesBase64(command) &&
        redirected &&
        !args.every((word) => word === from.word) &&
        args.some((word) => !word.text.startsWith('-'))
      );
    });
  });
}
