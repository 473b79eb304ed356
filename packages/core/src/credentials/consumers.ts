import type { ShellCommand } from '../script/shell.ts';
import type { Step } from '../workflow/model.ts';
import type { Scripts } from '../workflow/scripts.ts';
import type { Surroundings } from './classify.ts';
import type { KeyPlace } from './place.ts';

const tests = new Set([
  '[',
  '[[',
  'test',
  'echo',
  'printf',
  'exit',
  'true',
  'false',
  ':',
  'set',
  'return',
  'export',
]);

/** Whether a step's script does nothing but test, print and exit: it cannot use a key. */
export function runsOnlyTests(step: Step, names: ReadonlySet<string>, scripts: Scripts): boolean {
  const parsed = scripts.of(step)?.parsed();
  if (!parsed?.complete || parsed.commands.length === 0) return false;
  return parsed.commands.every((command) => {
    const program = command.name?.text ?? '';
    if (!tests.has(program)) return false;
    // Printing the key, or writing it down, is a use.
    return (
      /^(?:\[{1,2}|test)$/.test(program) ||
      !(mentions(command, names) || command.args.some((word) => /secrets\s*[.[]/.test(word.text)))
    );
  });
}

/** Programs that call AWS with whatever keys the environment holds. */
const awsPrograms =
  /^(?:aws|sam|cdk|terraform|terragrunt|tofu|pulumi|serverless|sls|eksctl|kubectl|helm|s3cmd|s5cmd|rclone|ecs-cli|eb|copilot|packer|boto|chalice|zappa|npm|npx|yarn|pnpm|node|python3?|pip|make|bundle|fastlane|go|cargo|gradle|mvn|ruby|rake|php|dotnet|bash|sh)$/;

/** Programs that hand a value to another machine or to a container that goes on living. */
const handsOver =
  /^(?:ssh|scp|docker|docker-compose|podman|gcloud|envsubst|flyctl|heroku|vercel|railway|wrangler|dokku|nomad|tee|cat|echo|printf|sed)$/;

/**
 * Whether the keys of a step's environment only travel on to an application: through ssh, into
 * `docker run -e`, into an `.env` file. Moving CI to OIDC does not remove such keys; the
 * application's own role does.
 */
export function usedOnlyByApplication(
  places: readonly KeyPlace[],
  { scripts }: Surroundings,
): boolean {
  const [{ step }] = places as [KeyPlace];
  if (!step) return false;
  if (step.uses) return usesRemoteShell(step);
  const parsed = scripts.of(step)?.parsed();
  if (!parsed) return false;
  const names = new Set(places.map((place) => place.name));
  if (
    parsed.commands.some((command) => awsPrograms.test(program(command)) && !isDockerRun(command))
  )
    return false;
  const users = parsed.commands.filter((command) => mentions(command, names));
  return (
    users.length > 0 &&
    users.every((command) => handsOver.test(program(command)) && isLasting(command))
  );
}

/** Actions that run a script on another machine with the variables named in `envs`. */
function usesRemoteShell(step: Step): boolean {
  return /(?:^|\/)(?:ssh-action|ssh-remote-commands|remote-ssh|ssh-deploy|ssh-command)(?:@|$)/i.test(
    step.uses?.value ?? '',
  );
}

function program(command: ShellCommand): string {
  const words = [command.name?.text ?? '', ...command.args.map((word) => word.text)].filter(
    (text) => !/^(?:sudo|env|command|-[A-Za-z])$/.test(text),
  );
  return words[0]?.split('/').at(-1) ?? '';
}

function isDockerRun(command: ShellCommand): boolean {
  return (
    /^(?:docker|podman)$/.test(program(command)) && command.args.some((word) => word.text === 'run')
  );
}

/** `docker login` and `docker build` use the key in the job itself; a `docker run` without `-d` may. */
function isLasting(command: ShellCommand): boolean {
  if (!/^(?:docker|podman)$/.test(program(command))) return true;
  const words = command.args.map((word) => word.text);
  return (
    words.includes('run') &&
    words.some((word) => /^-[a-z]*d[a-z]*$|^--detach$|^--restart/.test(word))
  );
}

function mentions(command: ShellCommand, names: ReadonlySet<string>): boolean {
  const texts = [...command.args, ...command.assignments.flatMap((one) => one.value ?? [])].map(
    (word) => word.text,
  );
  const heredocs = command.redirects.flatMap((one) => one.heredoc?.text ?? []);
  return [...texts, ...heredocs].some((text) =>
    [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].some((match) => names.has(match[1] ?? '')),
  );
}
