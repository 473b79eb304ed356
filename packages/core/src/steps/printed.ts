import type { ShellCommand, ShellScript } from '../script/shell.ts';
import { invoked } from './invoked.ts';
import { stdoutOf } from './stdout.ts';

/** How something reaches the log. */
export interface Printed {
  /** The program on the way that changes it so that masking no longer finds it. */
  readonly changedBy: string | undefined;
}

/** Programs that pass on what they read; all others are taken to consume it. */
const passesOn =
  /^(?:jq|yq|cat|tee|[ef]?grep|sed|awk|tr|cut|head|tail|sort|uniq|column|base64|fold|rev|xxd|od|hexdump|less|more|python3?|xargs|echo)$/;

/** Programs behind which masking no longer finds the value. */
const changes = /^(?:base64|rev|xxd|od|hexdump|fold)$/;

/** Whether what a command prints reaches the log: directly, through filters, or as a word of `echo`. */
export function printed(
  command: ShellCommand,
  script: ShellScript,
  depth = 0,
): Printed | undefined {
  const end = stdoutOf(command, script);
  const programs = end.through.map((one) => invoked(one).program);
  if (programs.some((program) => !passesOn.test(program))) return undefined;
  if (end.through.some((one) => isQuiet(one) || selectsHarmless(one))) return undefined;
  if (end.to === 'log') return { changedBy: programs.find((program) => changes.test(program)) };
  const { argumentOf } = end;
  if (end.to !== 'argument' || !argumentOf || depth > 3) return undefined;
  if (!/^(?:echo|printf)$/.test(invoked(argumentOf).program) || asksForMask(argumentOf))
    return undefined;
  return printed(argumentOf, script, depth + 1);
}

/** Whether a command is `echo "::add-mask::..."`: the runner takes that line off the log. */
export function asksForMask(command: ShellCommand): boolean {
  return command.args.some((word) => word.text.includes('::add-mask::'));
}

/** `grep -q` and `grep -c` print nothing of what they read. */
function isQuiet(command: ShellCommand): boolean {
  const { program, args } = invoked(command);
  return (
    /^[ef]?grep$/.test(program) &&
    args.some((word) => /^(?:-[a-zA-Z]*[qc][a-zA-Z]*|--quiet|--silent|--count)$/.test(word.text))
  );
}

/** `jq -r .Credentials.AccessKeyId`: the last member that a filter names is none to hide. */
function selectsHarmless(command: ShellCommand): boolean {
  const { program, args } = invoked(command);
  if (program !== 'jq' && program !== 'yq') return false;
  const filter = args.find((word) => !word.text.startsWith('-'))?.text ?? '';
  const last = [...filter.matchAll(/\.([A-Za-z_]\w*)/g)].at(-1)?.[1] ?? '';
  return /(?:Id|ID|Arn|ARN|Name|Version|Expiration|Date|Type|Region|[uU]ser|[uU]sername|[hH]ost|[pP]ort|dbname|engine|length|keys)$/.test(
    last,
  );
}
