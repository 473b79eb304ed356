import type { ShellCommand, ShellScript, ShellWord } from '../../script/shell.ts';
import { awsCall, awsCalls, awsOption, type AwsCall } from '../../steps/aws-cli.ts';
import { invoked } from '../../steps/invoked.ts';
import { readsOf } from '../../steps/reads.ts';
import { stdoutOf } from '../../steps/stdout.ts';
import type { Range } from '../../text/range.ts';
import { fileOf } from '../../workflow/model.ts';
import { defineRule, type Rule } from '../rule.ts';

type Data = {
  /** The condition as it is written: `contains(StackName,'prod')`, `grep prod`. */
  match: string;
  word: string;
  list: string;
  /** What happens to whatever matches; null when nothing is seen to. */
  action: string | null;
};

/** Listings whose names people filter. */
const listings =
  /^(?:list|describe|get)-(?!(?:exports|imports|tags|[\w-]*versions?|[\w-]*outputs|parameters|images|managed-prefix-lists)$)|^ls$/;

/** What changes or removes what a listing found. */
const changing =
  /^(?:delete|terminate|remove|update|rollback|cancel-update|continue-update-rollback|stop|deregister|disable|detach|purge|reboot|modify|put|execute-change-set|create-change-set)\b/;

/** A JMESPath `contains(Name, 'text')` over something that is a name. */
const containsName =
  /contains\(\s*([\w.@]*(?:[Nn]ame|Identifier|Arn|ARN|Id)[\w.]*|@)\s*,\s*(?:'([^']*)'|`"?([^`"]*)"?`|\\`"?([^`"\\]*)"?\\`|"([^"]*)")\s*\)/;

/**
 * Stacks or other resources chosen by a part of their name. "prod" is in "product-api", "nonprod"
 * and "reproduction" too: what comes next then happens to all of them.
 * Source: https://jmespath.org/specification.html#contains
 */
export const rule: Rule = defineRule<Data>({
  id: 'substring-stack-match',
  title: 'Resources chosen by a part of their name',
  severity: 'low',
  confidence: 'medium',
  check({ repository, scripts }, report) {
    for (const step of repository.steps()) {
      const script = scripts.of(step);
      // Most scripts say so by a word; only those are parsed.
      const text = script?.text.value ?? '';
      if (!script || !text.includes('aws') || !/contains\(|grep/.test(text)) continue;
      const parsed = script.parsed();
      if (!parsed) continue;
      for (const { range, data } of matches(parsed)) {
        report({
          at: {
            file: fileOf(step),
            range: script.range(range.start, range.end),
            label: `any name with "${data.word}" in it`,
          },
          severity: data.action === null ? 'low' : 'high',
          ...(data.action === null ? { confidence: 'low' } : {}),
          data,
          subject: { step },
        });
      }
    }
  },
  message: ({ match, word, list, action }) =>
    `"${match}" chooses from "${list}" whatever has "${word}" anywhere in its name${examples(word)}${action === null ? '' : `, and "${action}" follows`}`,
  help: ({ list }) =>
    list.startsWith('aws cloudformation')
      ? "name the stack in full, or choose by tag: `aws cloudformation describe-stacks --query \"Stacks[?Tags[?Key=='stage' && Value=='prod']].StackName\"`"
      : 'name the resource in full, choose by tag, or use `starts_with` with the separator behind the prefix',
});

/** Names that show what else matches. */
function examples(word: string): string {
  const known: Readonly<Record<string, string>> = {
    prod: '"product-api" and "nonprod" too',
    dev: '"devops" too',
    test: '"latest" too',
    stage: '"backstage" too',
    main: '"domain" too',
  };
  const also = Object.hasOwn(known, word.toLowerCase()) ? known[word.toLowerCase()] : undefined;
  return also === undefined ? '' : ` (${also})`;
}

function matches(script: ShellScript): { range: Range; data: Data }[] {
  return awsCalls(script).flatMap((call) => {
    // `s3 ls s3://bucket/` lists objects, whose names nobody expects to be whole.
    if (!listings.test(call.operation) || call.operands.length > 0) return [];
    const found = byQuery(call) ?? byFilter(call, script);
    if (!found) return [];
    const list = `aws ${call.service} ${call.operation}`;
    const action = actionAfter(call.command, script) ?? null;
    return [{ range: found.range, data: { match: found.match, word: found.word, list, action } }];
  });
}

interface Match {
  readonly match: string;
  readonly word: string;
  readonly range: Range;
}

function byQuery(call: AwsCall): Match | undefined {
  const query = awsOption(call, 'query');
  const found = containsName.exec(query?.text ?? '');
  const word = found?.slice(2).find((one) => one !== undefined);
  return query && found && word !== undefined && word !== ''
    ? { match: found[0], word, range: query }
    : undefined;
}

/** `| grep prod` over a listing of names; `^prod-` and `-prod$` are no substrings. */
function byFilter(call: AwsCall, script: ShellScript): Match | undefined {
  if (!/[Nn]ame|Identifier/.test(awsOption(call, 'query')?.text ?? '') && call.operation !== 'ls')
    return undefined;
  for (const command of stdoutOf(call.command, script).through) {
    const { program, args } = invoked(command);
    if (!/^[ef]?grep$/.test(program)) continue;
    const options = args
      .filter((word) => word.text.startsWith('-'))
      .map((word) => word.text)
      .join(' ');
    if (/(?:^|\s)-[a-zA-Z]*[wxvqc]|--(?:word|line)-regexp|--invert|--quiet|--count/.test(options))
      return undefined;
    const pattern = args.find((word) => !word.text.startsWith('-'));
    return pattern && isSubstring(pattern)
      ? { match: `${program} ${pattern.text}`, word: pattern.text, range: command }
      : undefined;
  }
  return undefined;
}

function isSubstring(pattern: ShellWord): boolean {
  return /^[\w-]+$/.test(pattern.text);
}

/** What the script does with the names: through a variable, a loop, xargs or a later command. */
function actionAfter(command: ShellCommand, script: ShellScript): string | undefined {
  const end = stdoutOf(command, script);
  for (const later of end.through) {
    const { program, args } = invoked(later);
    const words = args.map((word) => word.text);
    const at = program === 'xargs' ? words.indexOf('aws') : -1;
    if (at !== -1 && words.slice(at).some((word) => changing.test(word)))
      return words.slice(at, at + 3).join(' ');
  }
  const filled = end.variable === undefined ? undefined : filledFrom(end.variable, script);
  for (const [index, later] of script.commands.entries()) {
    if (later.start <= command.end) continue;
    const action = nameOf(later);
    if (action === undefined) continue;
    if (
      !filled ||
      readsOf(script)
        .byCommand(index)
        .some((use) => filled.has(use.name))
    )
      return action;
  }
  return undefined;
}

function nameOf(command: ShellCommand): string | undefined {
  const call = awsCall(command);
  if (call && changing.test(call.operation)) return `aws ${call.service} ${call.operation}`;
  if (call?.service === 's3' && /^(?:rb|rm)$/.test(call.operation))
    return `aws s3 ${call.operation}`;
  const { program, args } = invoked(command);
  if (
    /^(?:cdk|sam|serverless|sls)$/.test(program) &&
    /^(?:destroy|delete|remove|rollback|deploy)$/.test(args[0]?.text ?? '')
  )
    return `${program} ${args[0]?.text ?? ''}`;
  return undefined;
}

/** The variable, and those that loops and assignments fill from it. */
function filledFrom(variable: string, script: ShellScript): ReadonlySet<string> {
  const names = new Set([variable]);
  for (const one of script.assignments) {
    const reads = [...readsOf(script).byAssignment(one)].some((name) => names.has(name));
    if (reads || one.origin === 'for' || one.origin === 'input') names.add(one.name);
  }
  return names;
}
