import { framesOf } from '../../credentials/origin.ts';
import type { Confidence, Severity } from '../../finding/severity.ts';
import type { ShellScript } from '../../script/shell.ts';
import { awsOption } from '../../steps/aws-cli.ts';
import { invoked } from '../../steps/invoked.ts';
import { filePath, kmsCalls, normalPath, type KmsCall } from '../../steps/kms.ts';
import { fixedText, showValue, wordValues } from '../../steps/value.ts';
import { fileOf, type Step } from '../../workflow/model.ts';
import { defineRule, type Rule, type RuleContext } from '../rule.ts';

type Data = {
  file: string;
  /** In bytes; null when the file is not in the repository. */
  size: number | null;
  limit: number;
  /** What the script makes the file with, e.g. `tar`. */
  madeBy: string | null;
};

/** Plaintext limits in bytes of RSA keys of 4,096 bits, the largest there are. */
const limits: Readonly<Record<string, number>> = { RSAES_OAEP_SHA_256: 446, RSAES_OAEP_SHA_1: 470 };

/** Files that programs fill with a whole tree or image. */
const archive =
  /\.(?:tar|tgz|tbz2?|txz|gz|bz2|xz|zst|zip|7z|rar|jar|war|ear|whl|nupkg|deb|rpm|apk|aab|ipa|dmg|iso|img|vsix|tar\.[a-z0-9]+)$/i;

/** Files that hold one key or one secret. */
const small =
  /(?:key|secret|password|passphrase|passwd|token|credential|dek|nonce|iv)[^/]*$|\.(?:pem|key|txt|env|b64|sha256|md5)$|(?:^|\/)\.env[^/]*$/i;

const archivers = /^(?:tar|zip|gzip|pigz|bzip2|xz|zstd|7z|7za|jar)$/;

/**
 * `aws kms encrypt` of a file. Encrypt takes at most 4,096 bytes for a symmetric key and less for
 * RSA, so an archive is refused with a ValidationException; KMS is for the data key of an envelope.
 * Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html
 */
export const rule: Rule = defineRule<Data>({
  id: 'kms-encrypt-oversize',
  title: 'aws kms encrypt of a file that is too large for it',
  severity: 'high',
  confidence: 'medium',
  check(context, report) {
    for (const step of context.repository.steps()) {
      const script = context.scripts.of(step);
      if (!script?.text.value.includes('kms')) continue;
      const parsed = script.parsed();
      if (!parsed) continue;
      for (const call of kmsCalls(parsed).filter((one) => one.operation === 'encrypt')) {
        const found = judge(call, step, parsed, context);
        const word = call.plaintext?.word;
        if (!found || !word) continue;
        const { start } = call.call.command.args.find((one) => one.text === '--plaintext') ?? word;
        report({
          at: {
            file: fileOf(step),
            range: script.range(start, word.end),
            label: found.data.size === null ? 'a file of unknown size' : `${found.data.size} bytes`,
          },
          ...found,
          subject: { step, detail: call },
        });
      }
    }
  },
  message({ file, size, limit, madeBy }) {
    const takes = `\`aws kms encrypt\` takes at most ${count(limit)} bytes`;
    if (size !== null) return `${takes}, and "${file}" has ${count(size)}: the call fails`;
    const made = madeBy === null ? '' : `, made by "${madeBy}",`;
    return `${takes}, and "${file}"${made} is a file of any size: the call fails as soon as it is larger`;
  },
  help: () =>
    'encrypt the file with a data key, and only that key with KMS: `sallyport seal`, or `aws kms generate-data-key` with `openssl enc`',
});

function judge(
  call: KmsCall,
  step: Step,
  script: ShellScript,
  context: RuleContext,
): { data: Data; severity: Severity; confidence: Confidence } | undefined {
  const word = call.plaintext?.word;
  if (!word) return undefined;
  const limit = limits[awsOption(call.call, 'encryption-algorithm')?.text ?? ''] ?? 4096;
  const values = framesOf(step, context.repository).flatMap((frame) =>
    wordValues(word, { script, frame, repository: context.repository }),
  );
  const [value = []] = values;
  const file = filePath(showValue(value));
  const path = fixedText(value);
  const size = path === undefined ? undefined : sizeOf(filePath(path), step, context);
  const madeBy = makerOf(file, script) ?? null;
  const data: Data = { file, size: size ?? null, limit, madeBy };
  if (size !== undefined)
    return size > limit ? { data, severity: 'high', confidence: 'high' } : undefined;
  if (archive.test(file) || (madeBy !== null && archivers.test(madeBy)))
    return { data, severity: 'high', confidence: 'medium' };
  if (small.test(file) || madeBy !== null || file.startsWith('/dev/')) return undefined;
  return { data, severity: 'low', confidence: 'low' };
}

function sizeOf(path: string, step: Step, { repository }: RuleContext): number | undefined {
  const folder = step.workingDirectory?.value ?? '';
  return (
    repository.input.sizes?.get(path) ??
    repository.input.sizes?.get(normalPath(`${normalPath(folder)}/${path}`))
  );
}

/** The program of the same script that writes a file. */
function makerOf(file: string, script: ShellScript): string | undefined {
  for (const command of script.commands) {
    const { program, args } = invoked(command);
    const written = command.redirects.some(
      (redirect) =>
        redirect.operator.startsWith('>') && normalPath(redirect.target?.text ?? '') === file,
    );
    const option = args.findIndex((word) =>
      /^(?:-[a-z]*f|-o|-out|--file|--output)$/.test(word.text),
    );
    const named = archivers.test(program) && args.some((word) => normalPath(word.text) === file);
    if (written || named || (option !== -1 && normalPath(args[option + 1]?.text ?? '') === file))
      return program;
  }
  return undefined;
}

function count(bytes: number): string {
  return String(bytes).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}
