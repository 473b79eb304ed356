import type { ShellCommand, ShellWord } from '../script/shell.ts';
import { invoked } from './invoked.ts';

/**
 * Where a value goes that stands on a command line, beside the list of processes:
 * - `context`: CDK context, which is written into the synthesised template;
 * - `parameter`: a CloudFormation parameter, which describe-stacks shows unless it is NoEcho;
 * - `build-arg`: an image's build argument, which stays in the image's history;
 * - `argument`: nowhere else.
 */
export type Exposure = 'context' | 'parameter' | 'build-arg' | 'argument';

/** Commands of the shell itself: their words are never in the list of processes. */
const builtins = new Set(
  (
    ': . [ [[ (( alias break builtin cd command continue declare dirs echo eval exit export false hash let ' +
    'local mapfile popd printf pushd pwd read readarray readonly return set shift shopt source test trap ' +
    'true type typeset ulimit umask unset wait'
  ).split(' '),
);

/** Whether a command starts a process of its own, as far as its name says. */
export function startsProcess(command: ShellCommand): boolean {
  const { program } = invoked(command);
  return program !== '' && !builtins.has(program);
}

/** The option that an argument of a command belongs to, e.g. `--context`; undefined for operands. */
export function optionOf(command: ShellCommand, word: ShellWord): string | undefined {
  const { program, args } = invoked(command);
  const glued = /^(--?[A-Za-z][\w-]*)=/.exec(word.text)?.[1];
  if (glued !== undefined) return glued;
  const before = args.slice(0, Math.max(0, args.indexOf(word))).map((one) => one.text);
  const option = /^--?[A-Za-z][\w-]*$/;
  // These take as many values as follow: `--parameter-overrides Stage=dev Password=$PASSWORD`.
  if (program === 'aws' || program === 'sam') return before.findLast((text) => option.test(text));
  const last = before.at(-1);
  return last !== undefined && option.test(last) ? last : undefined;
}

/** Where else an argument of a command is written. */
export function exposureOf(command: ShellCommand, word: ShellWord): Exposure {
  const { program, args } = invoked(command);
  const words = args.map((one) => one.text);
  const option = optionOf(command, word);
  if (isCdk(program, words)) {
    if (option === '--context' || option === '-c') return 'context';
    if (option === '--parameters') return 'parameter';
  }
  const parameters = words.some((one) =>
    /^--parameter(?:s|-overrides)$/.test(one.split('=')[0] ?? ''),
  );
  const stack = (program === 'aws' && words.includes('cloudformation')) || program === 'sam';
  if (stack && parameters && /^[A-Za-z]\w*=|ParameterValue=/.test(word.text)) return 'parameter';
  const image =
    /^(?:docker|podman|buildah|nerdctl)$/.test(program) &&
    words.some((one) => /^(?:build|buildx|bud)$/.test(one));
  return image && option === '--build-arg' ? 'build-arg' : 'argument';
}

/** `cdk`, and every usual way to start it: `npx` is looked through already. */
function isCdk(program: string, words: readonly string[]): boolean {
  if (/^(?:cdk|aws-cdk|cdklocal)(?:@|$)/.test(program)) return true;
  return (
    /^(?:npm|yarn|pnpm|bunx|bun|poetry|uv|pipenv)$/.test(program) &&
    words.slice(0, 4).some((word) => /^(?:aws-)?cdk(?:[@:]|$)/.test(word))
  );
}
