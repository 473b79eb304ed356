import { effectiveCommand } from '../script/effective-command.ts';
import { packageRun } from '../script/package-run.ts';
import type { ShellCommand } from '../script/shell.ts';

/** More programs that start another one behind some words: `hatch run pytest`, `dotenv -- cdk`. */
const launchers: Readonly<Record<string, RegExp | undefined>> = {
  hatch: /^run$/,
  rye: /^run$/,
  mise: /^exec$/,
  retry: undefined,
  parallel: undefined,
  'cross-env': undefined,
  dotenv: undefined,
};

/**
 * The words of the program that a command runs in the end, the program first and without its folder
 * and version: `sudo npx aws-cdk@2 deploy` is `cdk deploy`. Empty for a command without a program.
 */
export function commandWords(command: ShellCommand): readonly string[] {
  let words = known.get(command);
  if (!words) {
    words = read(command);
    known.set(command, words);
  }
  return words;
}

const known = new WeakMap<ShellCommand, readonly string[]>();

function read(command: ShellCommand): readonly string[] {
  let words = startWords(command);
  for (let depth = 0; depth < 3; depth += 1) {
    const next = behindLauncher(words);
    if (!next) break;
    words = next;
  }
  const [name = ''] = words;
  if (name === '') return [];
  if (name.includes('@') || Object.hasOwn(otherNames, name)) words[0] = bare(name);
  return words;
}

function startWords(command: ShellCommand): string[] {
  const { name, word, args } = effectiveCommand(command);
  const run = name !== undefined && runners.has(name) ? packageRun(command) : undefined;
  // `yarn lint` may be a script of the package as well as a program: that is decided later.
  if (run && !/^(?:yarn|yarn run|bun run)$/.test(run.runner)) {
    return [run.name, ...run.args.map((one) => one.text)];
  }
  const path = word?.text ?? '';
  // A script of the repository keeps its folder: its name is all that is known of it.
  const script = path.includes('/') && /\/[^/]*\.[a-z]+$/.test(path) ? path : (name ?? path);
  const words = [script];
  for (const one of args) words.push(one.text);
  return words;
}

/** The programs that {@link packageRun} knows, so that it is asked only for them. */
const runners = new Set(
  'bun bundle bunx npm npx pdm pipenv pipx pnpm poetry uv uvx yarn'.split(' '),
);

function behindLauncher(words: readonly string[]): string[] | undefined {
  const [program = ''] = words;
  const isPython = program.startsWith('python');
  if (!isPython && !Object.hasOwn(launchers, program)) return undefined;
  const args = words.slice(1);
  if (isPython && /^python[\d.]*$/.test(program) && args[0] === '-m') {
    return /^(?:build|unittest)$/.test(args[1] ?? '') ? undefined : args.slice(1);
  }
  if (!Object.hasOwn(launchers, program)) return undefined;
  const verb = launchers[program];
  const first = args.findIndex((word) => verb === undefined || verb.test(word));
  const from = verb === undefined ? args.indexOf('--') + 1 : first + 1;
  const at = args.findIndex(
    (word, index) => index >= from && !word.startsWith('-') && !word.includes('='),
  );
  return first === -1 || at === -1 ? undefined : args.slice(at);
}

/** Programs under other names, each with the one that it is known by here. */
export const otherNames: Readonly<Record<string, string>> = {
  'aws-cdk': 'cdk',
  cdklocal: 'cdk',
  tflocal: 'terraform',
  opentofu: 'tofu',
};

function bare(name: string): string {
  const plain = /^(@[^@]+|[^@]+)(?:@.*)?$/.exec(name)?.[1] ?? name;
  return Object.hasOwn(otherNames, plain) ? (otherNames[plain] ?? plain) : plain;
}

/** The first words of a command without its options and their values. */
export function plainWords(program: string, args: readonly string[]): string[] {
  const found = [program];
  for (let at = 0; at < args.length && found.length < 6; at += 1) {
    const word = args[at] ?? '';
    if (!word.startsWith('-')) found.push(word);
    else if (takesValue(program, word)) at += 1;
  }
  return found;
}

/** Options in front of subcommands whose value is the next word. */
const valued: Readonly<Record<string, RegExp>> = {
  aws: /^--(?:region|profile|output|query|endpoint-url|cli-[\w-]+|color|ca-bundle|acl|exclude|include|cache-control|content-[a-z]+|storage-class|sse-kms-key-id|metadata|metadata-directive|expires|grants|source-region)$/,
  cdk: /^(?:-a|--app|-c|--context|--profile|-o|--output|--toolkit-stack-name|--role-arn|-r)$/,
  docker: /^(?:-H|--host|-c|--context|--config|-f|--file|-p|--project-name|--profile)$/,
  helm: /^(?:-n|--namespace|--kube-context|--kubeconfig)$/,
  kubectl: /^(?:-n|--namespace|--context|--kubeconfig|--cluster)$/,
  npm: /^(?:--prefix|-w|--workspace|-C|--loglevel)$/,
  pnpm: /^(?:-C|--dir|--filter|-F)$/,
  yarn: /^(?:--cwd)$/,
  make: /^(?:-C|-f|--directory|--file|-j)$/,
  cargo: /^(?:--manifest-path|-p|--package)$/,
  trivy: /^(?:--cache-dir|-c|--config)$/,
  snyk: /^--org$/,
};

function takesValue(program: string, option: string): boolean {
  return Object.hasOwn(valued, program) && valued[program]?.test(option) === true;
}
