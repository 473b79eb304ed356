import { storeAnswer, type CompiledPolicy } from '@sallyport/core';

import { askAction, askTrust, type Answer } from '../evaluate/ask.ts';
import { claimsOf } from '../evaluate/claims.ts';
import { readObject } from '../evaluate/input.ts';
import { readQuotas } from '../evaluate/quotas.ts';
import type { EvaluateReport, PolicyProblemLine } from '../evaluate/report.ts';
import { readToken, type ReadToken } from '../evaluate/token.ts';
import { wrongUsage } from '../evaluate/usage.ts';
import type { CommonOptions } from '../options.ts';
import { styleFor, wantsColor } from '../terminal/color.ts';
import { Output } from '../terminal/output.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What `sallyport evaluate` can be told. */
export interface EvaluateCommandOptions extends CommonOptions {
  readonly policy: readonly string[];
  readonly claims?: string;
  readonly tokenStdin: boolean;
  readonly jwks?: string;
  readonly provider?: string;
  readonly role?: string;
  readonly sessionName?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly resourceAccount?: string;
  readonly principal?: string;
  readonly context: readonly string[];
  readonly absent: readonly string[];
  readonly complete: boolean;
  readonly boundary?: string;
  readonly sessionPolicy: readonly string[];
  readonly scp: readonly string[];
  readonly rcp: readonly string[];
  readonly config?: string;
  readonly format: 'text' | 'json';
  readonly output?: string;
}

const exitCodes = { allowed: 0, denied: 1, undecided: 4 } as const;

/** Asks policies one question and gives the exit code of the verdict. */
export async function runEvaluate(
  options: EvaluateCommandOptions,
  terminal: Terminal,
): Promise<number> {
  checkOptions(options);
  const quotas = readQuotas(terminal.cwd, options.config);
  const token = options.tokenStdin ? await readToken(terminal, options.jwks) : undefined;
  const answer = ask(options, token, terminal.cwd);
  const decision = token?.signature === 'refused' ? refused(answer, token) : answer.decision;
  const report: EvaluateReport = {
    ...answer,
    decision,
    ...(token ? { token } : {}),
    stored: storeAnswer(answer.policies, quotas),
    problems: answer.policies.flatMap(problemLines),
    exitCode: exitCodes[decision.verdict],
  };
  await print(report, options, terminal, token?.hide ?? ((text) => text));
  return report.exitCode;
}

function ask(options: EvaluateCommandOptions, token: ReadToken | undefined, cwd: string): Answer {
  if (token) return askTrust(options, token.claims, cwd);
  if (options.action !== undefined) return askAction(options, options.action, cwd);
  const path = options.claims ?? '';
  const cure =
    'write one object with a member for each claim, such as {"aud": "...", "sub": "..."}';
  return askTrust(options, claimsOf(readObject(cwd, path, cure), path), cwd);
}

/** A token that is not signed by the issuer's key gets nowhere, whatever it says. */
function refused({ decision }: Answer, { problem = '' }: ReadToken): Answer['decision'] {
  const why = `the token is refused before any policy is asked: ${problem}`;
  const { trace, assumptions } = decision;
  return { verdict: 'denied', cause: { kind: 'refused', why }, reason: why, trace, assumptions };
}

function checkOptions(options: EvaluateCommandOptions): void {
  if (options.policy.length === 0)
    throw wrongUsage('there is no policy to ask', 'add --policy FILE');
  const questions = [
    ...(options.claims === undefined ? [] : ['--claims']),
    ...(options.tokenStdin ? ['--token-stdin'] : []),
    ...(options.action === undefined ? [] : ['--action']),
  ];
  if (questions.length !== 1)
    throw wrongUsage(
      questions.length === 0
        ? 'there is no question'
        : `${questions.join(' and ')} are two questions`,
      'give one of --claims FILE, --token-stdin and --action NAME',
    );
  if (options.jwks !== undefined && !options.tokenStdin)
    throw wrongUsage('--jwks needs a token to check', 'pipe the token and add --token-stdin');
  const token = options.action === undefined;
  const misplaced = token
    ? {
        resource: options.resource,
        'resource-account': options.resourceAccount,
        principal: options.principal,
        boundary: options.boundary,
        'session-policy': options.sessionPolicy[0],
        scp: options.scp[0],
      }
    : { provider: options.provider, role: options.role, 'session-name': options.sessionName };
  for (const [name, value] of Object.entries(misplaced))
    if (value !== undefined)
      throw wrongUsage(
        `--${name} says nothing ${token ? 'of a token' : 'of an action'}`,
        token
          ? 'leave it out, or ask with --action'
          : 'leave it out, or ask with --claims or --token-stdin',
      );
}

function problemLines({ policy, problems }: CompiledPolicy): PolicyProblemLine[] {
  return problems.map(({ code, range, message, fatal }) => {
    const { line, column } = policy.file.lines.position(range.start);
    return { file: policy.file.path, line, column, code, message, fatal };
  });
}

async function print(
  report: EvaluateReport,
  options: EvaluateCommandOptions,
  terminal: Terminal,
  hide: (text: string) => string,
): Promise<void> {
  const output = new Output(terminal, { file: options.output });
  if (options.format === 'json') {
    const { evaluateJson } = await import('../render/evaluate/json.ts');
    output.write(hide(evaluateJson(report)));
  } else {
    const { evaluateText } = await import('../render/evaluate/text.ts');
    const isTTY = options.output === undefined && terminal.stdout.isTTY === true;
    const color =
      options.output === undefined
        ? wantsColor(options.color, terminal.env, isTTY)
        : options.color === 'always';
    output.write(hide(evaluateText(report, styleFor(color, isTTY), options.quiet)));
  }
  output.close();
}
