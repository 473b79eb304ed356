import type { ShellCommand, ShellScript } from '../script/shell.ts';
import type { Range } from '../text/range.ts';
import type { Step } from '../workflow/model.ts';
import type { StepScript } from '../workflow/scripts.ts';
import { startsProcess } from './exposure.ts';
import { invoked } from './invoked.ts';
import { stdoutOf } from './stdout.ts';

/** Words that make a file or a step one of evidence. */
const evidence =
  /(?:^|[^a-z])(?:evidence|receipts?|attestations?|proofs?|compliance|provenance|audit-?trail|security[_-]checks?|injection[_-]checks|gate[_-]?results?|verification|certification|closure|snapshot|verdicts?)(?:$|[^a-z])/i;

/** Members whose value is a judgement. */
const verdictKey =
  /^(?:\w*_)?(?:verdict|passed|pass|overall_pass|result|outcome|decision|status|compliant|approved|verified|validated|rejected|present|enforced|signed|scanned|secure|ok|success|all_checks_passed)$/i;

/** Values that say that all is well. */
const good =
  /^(?:pass|passed|ok|success|successful|succeeded|true|approved|compliant|verified|validated|green|clean|secure|signed)$/i;

/** Programs that find nothing out. */
const idle =
  /^(?:mkdir|date|cat|cp|mv|rm|ls|touch|tee|jq|git|sha256sum|shasum|python3?|node|sed|tr|cut|head|hostname|uname)$/;

/** With `set -e` a program that fails keeps the file from being written: then it decides after all. */
function checksBefore(found: Range, script: StepScript): boolean {
  const commands = script.parsed()?.commands ?? [];
  return commands.some(
    (command) =>
      command.end <= found.start && startsProcess(command) && !idle.test(invoked(command).program),
  );
}

/** Verdicts that a script writes as constants into one file. */
export interface Assertion extends Range {
  /** As they are written: `"verdict": "PASS"`. */
  readonly claims: string[];
  /** The file's name; empty when it cannot be seen. */
  readonly file: string;
  /** Whether a program ran before that may have ended the step, and so decides after all. */
  readonly checked: boolean;
}

/** Pieces of text that a script writes, each with the file it goes to. */
interface Written extends Range {
  readonly text: string;
  /** As it is written; empty when it cannot be seen. */
  readonly path: string;
}

/** The verdicts that a step writes into evidence without anything that decides them. */
export function assertionsOf(step: Step, script: StepScript): Assertion[] {
  const whole = script.text.value;
  if (
    !/verdict|pass|result|status|verified|rejected|present|approved|compliant|success/i.test(whole)
  )
    return [];
  const about = `${step.name?.value ?? ''} ${step.id?.value ?? ''}`;
  if (!evidence.test(about) && !evidence.test(whole)) return [];
  const parsed = script.parsed();
  const pieces = parsed ? writtenBy(parsed) : ofLanguage(script);
  return pieces.flatMap((one) => {
    const files = one.path === '' ? filesNamedIn(one.text) : [one.path];
    if (!evidence.test(`${about} ${files.join(' ')}`)) return [];
    // Branches that write the same file decide what stands in it.
    const same = pieces
      .filter((other) => other === one || (one.path !== '' && other.path === one.path))
      .map((other) => other.text);
    const claims = claimsIn(one.text).filter((claim) => !isDecided(claim, same.join('\n')));
    const [first] = claims;
    if (!first) return [];
    const named = [...new Set(files.filter((name) => evidence.test(name)))];
    const file = one.path === '' && named.length === 1 ? (named[0] ?? '') : shortName(one.path);
    const range = offsetOf(first, one, whole);
    const written = [...new Set(claims.map((claim) => claim.written))];
    return [{ claims: written, file, ...range, checked: checksBefore(range, script) }];
  });
}

/** The files that a piece of Python speaks of. */
function filesNamedIn(text: string): string[] {
  const names = text.matchAll(/["'/]([\w.${}-]+\.(?:json|md|ya?ml|txt))["']/g);
  return [...names].map((match) => match[1] ?? '');
}

interface Claim {
  readonly key: string;
  readonly value: string;
  readonly written: string;
  readonly index: number;
}

/** `"verdict": "PASS"` with nothing behind it that makes it depend on something. */
function claimsIn(text: string): Claim[] {
  const members =
    /["']([A-Za-z]\w{1,60})["']\s*:\s*(?:["']([A-Za-z]{2,12})["']|(true|True)\b)(?=\s*(?:[,}\n]|$))/g;
  // ATTACKER: each claim is looked for in the whole script again.
  return [...text.matchAll(members)].slice(0, 200).flatMap((match) => {
    const [written, key = '', quoted, bare] = match;
    const value = quoted ?? bare ?? '';
    return verdictKey.test(key) && good.test(value)
      ? [{ key, value, written: written.trim(), index: match.index }]
      : [];
  });
}

/** Whether the script gives the member another value somewhere: the opposite, or what it saw. */
function isDecided({ key }: Claim, script: string): boolean {
  // Keys are made of letters, digits and underscores only.
  const assigned = new RegExp(`["']${key}["']\\]\\s*=[^=]`);
  const members = new RegExp(
    `["']${key}["']\\s*:\\s*(?:["']([^"'\\n]*)["']|(\\w+))?([^,}\\n]*)`,
    'g',
  );
  if (assigned.test(script)) return true;
  return [...script.matchAll(members)].some(
    ([, quoted, bare, rest = '']) => !good.test(quoted ?? bare ?? '') || rest.trim() !== '',
  );
}

function offsetOf(claim: Claim, written: Written, script: string): Range {
  const at = script.indexOf(claim.written, written.start);
  return at === -1 ? written : { start: at, end: at + claim.written.length };
}

/** A Python script is one piece; other languages are not read. */
function ofLanguage({ shell, text }: StepScript): Written[] {
  if (shell !== 'python') return [];
  return [{ text: text.value, path: '', start: 0, end: text.value.length }];
}

function writtenBy(parsed: ShellScript): Written[] {
  const found: Written[] = [];
  for (const heredoc of parsed.heredocs) {
    const command = heredoc.command === undefined ? undefined : parsed.commands[heredoc.command];
    if (!command) continue;
    const { program } = invoked(command);
    const files = stdoutOf(command, parsed).files.map((word) => word.text);
    if (files.length === 0 && !/^(?:python3?|node|ruby)$/.test(program)) continue;
    found.push({
      text: heredoc.text,
      path: files[0] ?? '',
      start: heredoc.start,
      end: heredoc.end,
    });
  }
  for (const command of parsed.commands) {
    const { program, args } = invoked(command);
    if (!/^(?:echo|printf)$/.test(program) || isConditional(command, parsed)) continue;
    const [file] = stdoutOf(command, parsed).files;
    if (file)
      found.push({
        text: args.map((word) => word.text).join(' '),
        path: file.text,
        start: command.start,
        end: command.end,
      });
  }
  return found;
}

/** `test && echo PASS > file` writes what the test found. */
function isConditional(command: ShellCommand, parsed: ShellScript): boolean {
  const { context, start } = command;
  if (context.handles !== undefined || context.condition) return true;
  return parsed.commands.some(
    (one) => one.context.guard && /^\s*&&\s*$/.test(parsed.source.slice(one.end, start)),
  );
}

function shortName(path: string): string {
  return path.split('/').at(-1) ?? path;
}
