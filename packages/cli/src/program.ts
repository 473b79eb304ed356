import { Argument, Command, CommanderError, Option } from 'commander';

import type { AuditCommandOptions } from './commands/audit.ts';
import type { EvaluateCommandOptions } from './commands/evaluate.ts';
import type { FixCommandOptions } from './commands/fix.ts';
import type { SnapshotCommandOptions } from './commands/snapshot.ts';
import { formatHelp, withExamples } from './help.ts';
import {
  collect,
  parseSize,
  withCommonOptions,
  withReportOptions,
  type CommonOptions,
} from './options.ts';
import type { ProveCommandOptions } from './prove/options.ts';
import { asSallyportError, renderError } from './render/error.ts';
import { colorModes } from './terminal/color.ts';
import { processTerminal, type Terminal } from './terminal/terminal.ts';
import { usageError } from './usage.ts';
import { version } from './version.ts';

/** Runs one command line (without the node and script words) and gives the exit code of the contract. */
export async function runProgram(
  argv: readonly string[],
  terminal: Terminal = processTerminal(),
): Promise<number> {
  let code = 0;
  const program = createProgram(terminal, (exitCode) => {
    code = exitCode;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (error instanceof CommanderError && error.code === 'commander.help') {
      // Without a command there is nothing to do, and that is no success.
      terminal.stderr.write(program.helpInformation());
      return 2;
    }
    const ours =
      error instanceof CommanderError ? usageError(error, program) : asSallyportError(error);
    terminal.stderr.write(renderError(ours, { ...early(argv), terminal }));
    return ours.exitCode;
  }
}

/** The commands with their options: parser, help and reference are all made from this. */
export function createProgram(terminal: Terminal, exit: (code: number) => void): Command {
  const program = new Command('sallyport')
    .description(
      'The door between GitHub Actions and AWS: who gets in, and what they may do there.',
    )
    .usage('<command> [options]')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .exitOverride()
    .configureHelp({ formatHelp: (command) => formatHelp(command) })
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      // Errors are printed once, by runProgram.
      writeErr: () => undefined,
    });
  withExamples(program, [
    ['sallyport audit', 'examine the current repository'],
    ['sallyport fix --diff', 'what would be rewritten'],
    ['sallyport prove --iam prod.json', 'which job will be refused, and who else would get in'],
    ['sallyport explain static-aws-credentials', 'what a finding means, and its cure'],
  ]);
  for (const command of [
    auditCommand(terminal, exit),
    fixCommand(terminal, exit),
    proveCommand(terminal, exit),
    snapshotCommand(terminal, exit),
    evaluateCommand(terminal, exit),
    explainCommand(terminal, exit),
  ]) {
    program.addCommand(command.copyInheritedSettings(program));
  }
  return program;
}

function auditCommand(terminal: Terminal, exit: (code: number) => void): Command {
  const command = new Command('audit')
    .description('Find every unsafe path from workflows to AWS.')
    .addArgument(
      new Argument(
        '[paths...]',
        'repositories, folders of repositories, files, or - for stdin (default: the current repository)',
      ),
    );
  withReportOptions(command)
    .option('--rule <id>', 'run only this rule (repeatable)', collect, [])
    .option('--baseline <file>', 'hide the findings that this file knows, and count them')
    .option('--write-baseline <file>', 'write all findings to a baseline and end with 0')
    .option('--max-file-size <size>', 'refuse larger files, e.g. 512k (default: 4m)', parseSize)
    .option('--stdin-filename <path>', 'where the file on stdin would stand')
    .option('--no-git', 'ask git nothing');
  withExamples(withCommonOptions(command), [
    ['sallyport audit', 'the current repository'],
    ['sallyport audit ../shop ../infra', 'several, or folders of many'],
    ['sallyport audit --format sarif -o sallyport.sarif', 'for code scanning'],
    ['sallyport audit - < deploy.yml', 'one file on stdin'],
  ]);
  return command.action(async (paths: string[], options: AuditCommandOptions) => {
    const { runAudit } = await import('./commands/audit.ts');
    exit(await runAudit(paths, options, terminal));
  });
}

function fixCommand(terminal: Terminal, exit: (code: number) => void): Command {
  const command = new Command('fix')
    .description(
      'Rewrite workflows from long-lived keys to OIDC, and mend what else can be mended.',
    )
    .addArgument(new Argument('[paths...]', 'as for audit'))
    .option('--diff', 'print a unified diff and change nothing', false)
    .option('--unsafe-fixes', 'also make fixes that change what the workflow does', false)
    .option('--allow-dirty', 'write although git has changes that are not committed', false);
  withReportOptions(command, ['text', 'json', 'markdown'])
    .option('--rule <id>', 'fix only this rule (repeatable)', collect, [])
    .option('--max-file-size <size>', 'refuse larger files, e.g. 512k (default: 4m)', parseSize);
  withExamples(withCommonOptions(command), [
    ['sallyport fix --diff', 'see what would change'],
    ['sallyport fix', 'rewrite the current repository'],
    ['sallyport fix --rule static-aws-credentials', 'only one kind of finding'],
    ['sallyport fix --format markdown -o checklist.md', 'rewrite, and keep the checklist'],
  ]);
  return command.action(async (paths: string[], options: FixCommandOptions) => {
    const { runFix } = await import('./commands/fix.ts');
    exit(await runFix(paths, options, terminal));
  });
}

function proveCommand(terminal: Terminal, exit: (code: number) => void): Command {
  const command = new Command('prove')
    .description(
      'Prove before a push which job gets its role, which is refused and why, and who else a role lets in.',
    )
    .addArgument(new Argument('[repository]', 'its folder (default: the current repository)'))
    .option(
      '--iam <file>',
      'snapshot, output of aws iam get-account-authorization-details, template, or a folder of these (repeatable; default: the policy files of the repository)',
      collect,
      [],
    )
    .option('--repository <owner/name>', 'what GitHub calls it (default: the git remote)')
    .addOption(
      new Option('--subject-format <format>', 'how subjects are written').choices([
        'classic',
        'immutable',
        'both',
      ]),
    )
    .option(
      '--default-branch <name>',
      'the branch of dispatches and schedules (default: as git says)',
    )
    .option(
      '--ref <ref>',
      'only runs of this branch, or of refs/tags/NAME (repeatable; default: every ref that starts a run)',
      collect,
      [],
    )
    .option(
      '--var <name=value>',
      'a configuration variable that decides a role (repeatable)',
      collect,
      [],
    )
    .option(
      '--input <name=value>',
      'a value of a dispatch input to prove (repeatable)',
      collect,
      [],
    )
    .option('--secret <name=arn>', 'the role ARN that a secret holds (repeatable)', collect, [])
    .option('--assume-provider', 'take OIDC providers that no file shows for given', false)
    .option('--strict', 'decide nothing by what is taken for granted', false)
    .option(
      '--github',
      'ask GitHub for the format of subjects (GITHUB_TOKEN in the environment)',
      false,
    )
    .option('--explain <case>', 'everything of one case, by its name or number')
    .option('--no-git', 'ask git nothing')
    .addOption(
      new Option('-f, --format <format>', 'report')
        .choices(['text', 'json', 'sarif', 'markdown'])
        .default('text'),
    )
    .option('-o, --output <file>', 'write the report to a file')
    .option(
      '-c, --config <file>',
      "configuration instead of the repository's .github/sallyport.yml",
    );
  withExamples(withCommonOptions(command), [
    ['sallyport prove', 'against the roles of the templates in the repository'],
    ['sallyport prove --iam prod.json --iam dev.json', 'against accounts as they are'],
    ['sallyport prove --explain release.yml/deploy@push', 'one case, condition by condition'],
    ['sallyport prove --ref release/2.1', 'only what a run of this branch would get'],
    ['sallyport prove --subject-format both', 'what breaks when subjects become immutable'],
  ]);
  return command.action(async (path: string | undefined, options: ProveCommandOptions) => {
    const { runProve } = await import('./commands/prove.ts');
    exit(await runProve(path, options, terminal));
  });
}

function snapshotCommand(terminal: Terminal, exit: (code: number) => void): Command {
  const command = new Command('snapshot')
    .description(
      'Read roles, policies and OIDC providers of an AWS account into a file; changes nothing.',
    )
    .option('--profile <name>', 'profile of the AWS configuration to ask with')
    .option(
      '--region <region>',
      'region to ask in; decides the partition (aws, aws-cn, aws-us-gov)',
    )
    .option(
      '--issuer <url>',
      'only roles that could trust this issuer (repeatable; default: https://token.actions.githubusercontent.com)',
      collect,
      [],
    )
    .option('--all-roles', 'every role of the account', false)
    .option('-o, --output <file>', 'write the snapshot to a file that only you can read');
  withExamples(withCommonOptions(command), [
    ['sallyport snapshot -o prod.json', 'the roles that trust GitHub'],
    ['sallyport snapshot --all-roles -o all.json', 'every role'],
    ['sallyport snapshot --issuer https://ghe.acme.example', "another issuer's"],
  ]);
  return command.action(async (options: SnapshotCommandOptions) => {
    const { runSnapshot } = await import('./commands/snapshot.ts');
    exit(await runSnapshot(options, terminal));
  });
}

function evaluateCommand(terminal: Terminal, exit: (code: number) => void): Command {
  const command = new Command('evaluate')
    .description(
      'Would these policies accept this token, or allow this action: the verdict, and how it came about.',
    )
    .option(
      '--policy <file>',
      'a policy as JSON; its kind is read from it (repeatable)',
      collect,
      [],
    )
    .option('--claims <file>', "a token's claims as a JSON object: asks a trust policy")
    .option('--token-stdin', 'the same with a token on standard input; it is never printed', false)
    .option('--jwks <file>', 'keys to check the signature of the token with')
    .option('--provider <arn>', "the token's identity provider in IAM (default: the policy's)")
    .option('--role <arn>', 'the role whose trust policy is asked')
    .option('--session-name <name>', 'the name of the session that is asked for')
    .option('--action <name>', 'an action such as s3:GetObject, instead of a token')
    .option('--resource <arn>', 'what the action is done to (default: *)')
    .option('--resource-account <id>', 'whose it is, where the ARN does not tell')
    .option('--principal <arn>', 'who asks: a role, user, session, account, service or provider')
    .option('--context <key=value>', 'a condition key of the request (repeatable)', collect, [])
    .option(
      '--absent <key>',
      'a condition key that the request does not have (repeatable)',
      collect,
      [],
    )
    .option('--complete', 'every condition key that is not given is absent', false)
    .option('--boundary <file>', 'the permissions boundary of the principal')
    .option('--session-policy <file>', 'a policy of the session (repeatable)', collect, [])
    .option(
      '--scp <file>',
      'a service control policy, one for each level (repeatable)',
      collect,
      [],
    )
    .option(
      '--rcp <file>',
      'a resource control policy, one for each level (repeatable)',
      collect,
      [],
    )
    .option('-c, --config <file>', 'configuration with the quotas of the account')
    .addOption(
      new Option('-f, --format <format>', 'report').choices(['text', 'json']).default('text'),
    )
    .option('-o, --output <file>', 'write the report to a file');
  withExamples(withCommonOptions(command), [
    [
      'sallyport evaluate --policy trust.json --claims claims.json',
      'a token at the door of a role',
    ],
    [
      'sallyport evaluate --policy deploy.json --action ecr:PutImage --resource arn:aws:ecr:eu-west-2:111111111111:repository/shop',
      'an action',
    ],
    [
      'sallyport evaluate --policy deploy.json --action s3:GetObject --resource arn:aws:s3:::acme/x --context aws:SourceIp=192.0.2.7',
      'with what is known of the request',
    ],
  ]);
  return command.action(async (options: EvaluateCommandOptions) => {
    const { runEvaluate } = await import('./commands/evaluate.ts');
    exit(await runEvaluate(options, terminal));
  });
}

function explainCommand(terminal: Terminal, exit: (code: number) => void): Command {
  const command = new Command('explain')
    .description('Print the page of a rule or an error code; without one, the list of them.')
    .addArgument(
      new Argument(
        '[topic]',
        'a rule such as static-aws-credentials, or a code such as CONFIG_INVALID',
      ),
    );
  withExamples(withCommonOptions(command), [
    ['sallyport explain static-aws-credentials', 'a rule'],
    ['sallyport explain CONFIG_INVALID', 'an error'],
    ['sallyport explain', 'all there are'],
  ]);
  return command.action(async (topic: string | undefined, options: CommonOptions) => {
    const { runExplain } = await import('./commands/explain.ts');
    exit(runExplain(topic, options, terminal));
  });
}

/** Options that errors need although the command line could not be parsed. */
function early(argv: readonly string[]): Pick<CommonOptions, 'color' | 'verbose'> {
  const after = argv[argv.indexOf('--color') + 1];
  const wanted =
    argv.findLast((word) => word.startsWith('--color='))?.slice('--color='.length) ??
    (argv.includes('--color') ? after : undefined);
  return {
    color: colorModes.find((mode) => mode === wanted) ?? 'auto',
    verbose: argv.includes('--verbose') || argv.includes('-v'),
  };
}
