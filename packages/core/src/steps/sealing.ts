import type { ShellCommand, ShellScript, ShellWord } from '../script/shell.ts';
import { inputOf } from '../workflow/model.ts';
import type { Scripts } from '../workflow/scripts.ts';
import { invoked } from './invoked.ts';
import { kmsCalls, normalPath } from './kms.ts';
import type { RunningStep } from './running.ts';
import { stdoutOf } from './stdout.ts';

/** A step that encrypts (`seal`) or decrypts (`open`) something. */
export interface Sealing {
  readonly kind: 'seal' | 'open';
  /** As people call it: `aws kms encrypt`, `openssl enc`. */
  readonly tool: string;
  readonly running: RunningStep;
  readonly command?: ShellCommand;
  /** The files it writes, as they are written; empty when that cannot be seen. */
  readonly files: readonly string[];
  /** Only a name says so: `./encrypt.sh`, `npm run seal`. */
  readonly byName?: true;
}

/** What a script says that encrypts or decrypts; others are not parsed for it. */
const telling =
  /kms|crypt|cipher|seal|openssl|gpg|\bage\b|sops|7z|zip|vault|AESGCM|Fernet|CmsMessage|EncryptionSDK/i;

const known = new WeakMap<RunningStep, readonly Sealing[]>();

/** What a step encrypts and decrypts; worked out once. */
export function sealingsOf(running: RunningStep, scripts: Scripts): readonly Sealing[] {
  let sealings = known.get(running);
  if (!sealings) {
    sealings = read(running, scripts);
    known.set(running, sealings);
  }
  return sealings;
}

function read(running: RunningStep, scripts: Scripts): Sealing[] {
  const { step } = running;
  if (step.uses) return byAction(running);
  const script = scripts.of(step);
  if (!script) return [];
  if (!telling.test(script.text.value)) return [];
  const parsed = script.parsed();
  // Other languages are not read: a word decides, because all it can do is keep us silent.
  if (!parsed) return byWords(script.text.value, running);
  const found = kmsCalls(parsed).flatMap((call): Sealing[] => {
    const seals =
      call.operation === 'encrypt' ||
      call.operation.startsWith('generate-data-key') ||
      call.operation === 're-encrypt';
    if (!seals && call.operation !== 'decrypt') return [];
    const files =
      call.operation === 'encrypt'
        ? call.outputs.map((output) => normalPath(output.file.text))
        : [];
    return [
      {
        kind: seals ? 'seal' : 'open',
        tool: `aws kms ${call.operation}`,
        running,
        command: call.call.command,
        files,
      },
    ];
  });
  for (const command of parsed.commands) {
    const tool = toolOf(command);
    if (tool)
      found.push({
        ...tool,
        running,
        command,
        files: tool.kind === 'seal' ? filesOf(command, parsed) : [],
      });
  }
  for (const heredoc of parsed.heredocs) found.push(...byWords(heredoc.text, running));
  return found;
}

function byAction(running: RunningStep): Sealing[] {
  const uses = running.step.uses?.value ?? '';
  const words = running.step.with.items.map((item) => item.value?.value.trim() ?? '');
  if (/(?:^|\/)sallyport(?:[@/]|$)/i.test(uses)) {
    if (words.some((word) => /^seal\b/.test(word)))
      return [{ kind: 'seal', tool: 'sallyport seal', running, files: [] }];
    if (words.some((word) => /^open\b/.test(word)))
      return [{ kind: 'open', tool: 'sallyport open', running, files: [] }];
  }
  const name = `${uses} ${inputOf(running.step, 'mode')?.value ?? ''} ${inputOf(running.step, 'operation')?.value ?? ''}`;
  return named(name, running);
}

/** Calls of libraries in scripts of other languages and in heredocs. */
function byWords(text: string, running: RunningStep): Sealing[] {
  const found: Sealing[] = [];
  const seals =
    /\b(?:kms\w*\.(?:encrypt|generate_data_key)|EncryptCommand|GenerateDataKeyCommand|createCipheriv|AESGCM|Fernet|EncryptionSDKClient)\b|Protect-CmsMessage/;
  const opens =
    /\b(?:kms\w*\.decrypt|DecryptCommand|createDecipheriv|AESGCM|Fernet|EncryptionSDKClient)\b|Unprotect-CmsMessage/;
  if (seals.test(text))
    found.push({ kind: 'seal', tool: 'a library', running, files: [], byName: true });
  if (opens.test(text))
    found.push({ kind: 'open', tool: 'a library', running, files: [], byName: true });
  return found;
}

function toolOf(command: ShellCommand): Pick<Sealing, 'kind' | 'tool' | 'byName'> | undefined {
  const { program, args } = invoked(command);
  const words = args.map((word) => word.text);
  const has = (...wanted: string[]): boolean => words.some((word) => wanted.includes(word));
  const [first = ''] = words;
  switch (program) {
    case 'openssl':
      return openssl(words);
    case 'gpg':
    case 'gpg2': {
      if (words.some((word) => word === '--decrypt' || /^-[a-zA-Z]*d[a-zA-Z]*$/.test(word)))
        return either('gpg', true);
      const seals = words.some(
        (word) =>
          word === '--symmetric' || word === '--encrypt' || /^-[a-zA-Z]*[ce][a-zA-Z]*$/.test(word),
      );
      return seals ? either('gpg', false) : undefined;
    }
    case 'age':
    case 'rage':
      return either(program, has('-d', '--decrypt'));
    case 'sops':
      if (has('-d', '--decrypt') || /^(?:decrypt|exec-env|exec-file)$/.test(first))
        return either('sops', true);
      return has('-e', '--encrypt') || first === 'encrypt' ? either('sops', false) : undefined;
    case 'sallyport':
      return first === 'seal' || first === 'open'
        ? either(`sallyport ${first}`, first === 'open')
        : undefined;
    case '7z':
    case '7za':
    case '7zz':
      return words.some((word) => /^-p.+/.test(word))
        ? either(program, first === 'x' || first === 'e')
        : undefined;
    case 'zip':
      return has('-e', '-P', '--encrypt', '--password') ? either('zip', false) : undefined;
    case 'unzip':
      return has('-P') ? either('unzip', true) : undefined;
    case 'ansible-vault':
      return /^(?:en|de)crypt/.test(first)
        ? either('ansible-vault', first.startsWith('de'))
        : undefined;
    case 'aws-encryption-cli':
      return either('aws-encryption-cli', has('-d', '--decrypt'));
    case 'git-crypt':
      return first === 'unlock' ? either('git-crypt', true) : undefined;
    default:
      return byTaskName(program, words);
  }
}

function either(tool: string, opens: boolean): Pick<Sealing, 'kind' | 'tool'> {
  return { kind: opens ? 'open' : 'seal', tool };
}

/** `openssl enc -base64` encodes only: a cipher must be named. */
function openssl(words: readonly string[]): Pick<Sealing, 'kind' | 'tool'> | undefined {
  const [first = ''] = words;
  const opens = words.includes('-d') || words.includes('-decrypt');
  const cipher = /^-?(?:aes|aria|camellia|chacha|des|sm4|bf|cast)/i;
  if (first === 'enc' && words.some((word) => word.startsWith('-') && cipher.test(word)))
    return { kind: opens ? 'open' : 'seal', tool: 'openssl enc' };
  if (cipher.test(first)) return { kind: opens ? 'open' : 'seal', tool: `openssl ${first}` };
  if (!/^(?:smime|cms|rsautl|pkeyutl)$/.test(first)) return undefined;
  if (opens) return { kind: 'open', tool: `openssl ${first}` };
  return words.includes('-encrypt') ? { kind: 'seal', tool: `openssl ${first}` } : undefined;
}

function byTaskName(
  program: string,
  words: readonly string[],
): Pick<Sealing, 'kind' | 'tool' | 'byName'> | undefined {
  const runner =
    /^(?:npm|pnpm|yarn|bun|make|just|task|bash|sh|python3?|node|source|\.|poetry|uv)$/.test(
      program,
    );
  const name = runner ? words.slice(0, 3).join(' ') : program;
  const [found] = named(name, undefined);
  return found ? { kind: found.kind, tool: found.tool, byName: true } : undefined;
}

function named(name: string, running: RunningStep): Sealing[];
function named(
  name: string,
  running: undefined,
): Pick<Sealing, 'kind' | 'tool' | 'files' | 'byName'>[];
function named(
  name: string,
  running: RunningStep | undefined,
): Pick<Sealing, 'kind' | 'tool' | 'files' | 'byName'>[] {
  const base = {
    tool: name.trim(),
    files: [],
    byName: true as const,
    ...(running ? { running } : {}),
  };
  if (/(?:^|[^a-z])(?:decrypt|unseal|decipher)/i.test(name)) return [{ ...base, kind: 'open' }];
  return /(?:^|[^a-z])(?:encrypt|seal|encipher)/i.test(name) ? [{ ...base, kind: 'seal' }] : [];
}

/** The files that an encrypting command writes. */
function filesOf(command: ShellCommand, script: ShellScript): string[] {
  const { program, args } = invoked(command);
  const out = args.findIndex((word) => /^(?:-o|-out|--output)$/.test(word.text));
  const files: ShellWord[] = [...stdoutOf(command, script).files];
  const target = out === -1 ? undefined : args[out + 1];
  if (target) files.push(target);
  const glued = args.flatMap((word) => /^--output=(.+)$/.exec(word.text)?.[1] ?? []);
  if (files.length === 0 && glued.length === 0 && /^gpg2?$/.test(program)) {
    // Without --output gpg writes beside its input.
    const input = args.at(-1)?.text;
    if (input !== undefined && !input.startsWith('-'))
      return [`${normalPath(input)}.gpg`, `${normalPath(input)}.asc`];
  }
  return [...files.map((word) => word.text), ...glued]
    .filter((file) => file !== '-')
    .map(normalPath);
}
