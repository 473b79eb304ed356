import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Case, EnvironmentChoice, NameSet, RoleChoice } from '../src/cases/case.ts';
import { enumerateCases, type CaseOptions, type Enumeration } from '../src/cases/enumerate.ts';
import { Credentials } from '../src/credentials/credentials.ts';
import type { Range } from '../src/text/range.ts';
import { sourceFile, type SourceFile } from '../src/text/source.ts';
import { Repository } from '../src/workflow/repository.ts';
import { Scripts } from '../src/workflow/scripts.ts';

const folder = fileURLToPath(new URL('../../../corpus/cases', import.meta.url));

/** What decides cases besides the files, as plain data. */
export interface CaseFacts {
  readonly vars?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, readonly string[]>>;
  readonly environments?: readonly string[];
  readonly repositoryName?: string;
  readonly defaultBranch?: string;
  readonly actor?: string;
}

/** The repositories of the corpus, by name. */
export function caseCorpus(): string[] {
  return readdirSync(folder).toSorted();
}

/** One repository of the corpus, and the golden listing beside its files. */
export function readCase(name: string): {
  readonly files: Readonly<Record<string, string>>;
  readonly facts: CaseFacts;
  readonly golden: string;
} {
  const root = join(folder, name);
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const facts = join(root, 'facts.json');
  return {
    files: Object.fromEntries(
      paths.map((path) => [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
    ),
    facts: existsSync(facts) ? (JSON.parse(readFileSync(facts, 'utf8')) as CaseFacts) : {},
    golden: join(root, 'cases.out'),
  };
}

/** Enumerates files given as path -> text; a lone string is one workflow. */
export function enumerate(
  files: string | Readonly<Record<string, string>>,
  facts: CaseFacts = {},
): Enumeration {
  const named = typeof files === 'string' ? { '.github/workflows/test.yml': files } : files;
  const repository = new Repository({
    name: 'acme/shop',
    prefix: '',
    files: Object.entries(named).map(([path, text]) => sourceFile(path, text)),
  });
  const { vars, secrets, inputs, ...plain } = facts;
  const options: CaseOptions = {
    credentials: new Credentials(repository, new Scripts()),
    ...plain,
    ...(vars ? { vars: new Map(Object.entries(vars)) } : {}),
    ...(secrets ? { secrets: new Map(Object.entries(secrets)) } : {}),
    ...(inputs ? { inputs: new Map(Object.entries(inputs)) } : {}),
  };
  return enumerateCases(repository, options);
}

/** An enumeration as people read it: one paragraph a case; what is as usual is left out. */
export function listing(found: Enumeration): string {
  const parts = [
    ...found.cases.map((one) => caseText(one)),
    ...found.unreached.map(
      (one) => `unreached (${one.extent}) ${one.event} at ${place(one.at)}: ${one.reason}`,
    ),
    ...found.idle.map(
      (one) => `idle ${way(one.callers, one.job.id)} at ${place(one.at)}: ${one.reason}`,
    ),
    ...found.deadArms.map((one) => `dead arm of ${one.job.id} at ${place(one.at)}: ${one.reason}`),
    ...found.notOidc.map(
      (one) => `not OIDC ${way(one.callers, one.job.id)} at ${place(one.at)}: ${one.reason}`,
    ),
    ...found.unfollowed.map(
      (one) => `unfollowed ${way(one.callers, one.job.id)} at ${place(one.at)}: ${one.reason}`,
    ),
    ...found.unusedEnvironments.map((name) => `unused environment ${name}`),
    ...found.truncated.map((one) => `truncated ${one.workflow.file.path}: ${one.reason}`),
  ];
  return `${parts.join('\n')}\n`;
}

function caseText(one: Case): string {
  const { run, environment, role, token, audience, sessionName, duration, source } = one;
  const file = one.workflow.file.path.replace(/^.*\//, '');
  const lines = [
    `case ${file} ${run.event} ${run.refs.map((ref) => show(ref)).join(' + ')} -> ${way(one.callers, one.job.id)}`,
  ];
  if (run.condition !== '') lines.push(`  when ${run.condition}`);
  const inputs = Array.from(run.inputs, ([name, value]) => `${name}=${JSON.stringify(value)}`);
  if (inputs.length > 0) lines.push(`  inputs ${inputs.join(' ')}`);
  if (one.runs !== true) lines.push(`  runs ${one.runs}`);
  if (environment.kind !== 'none') lines.push(`  environment ${showEnvironment(environment)}`);
  lines.push(`  role ${showRole(role)}`);
  if (token.verdict !== 'granted') lines.push(`  token ${token.verdict}: ${token.reason}`);
  if (show(audience) !== 'sts.amazonaws.com') lines.push(`  audience ${show(audience)}`);
  if (show(sessionName) !== 'GitHubActions') lines.push(`  session ${show(sessionName)}`);
  if (duration !== undefined) lines.push(`  duration ${duration}`);
  if (one.credential.method === 'chained') {
    lines.push(`  source ${source ? showRole(source.role) : (one.sourceBesides ?? 'none')}`);
  }
  for (const assumption of one.assumptions) lines.push(`  assuming ${assumption}`);
  return lines.join('\n');
}

function show(names: NameSet): string {
  if (names.kind === 'exact') return names.value === '' ? '""' : names.value;
  if (names.kind === 'filter') return `${names.prefix}{${names.patterns.join(' ')}}`;
  return names.pieces.map((one) => (typeof one === 'string' ? one : `<${one.open}>`)).join('');
}

function showEnvironment(choice: EnvironmentChoice): string {
  if (choice.kind === 'none') return 'none';
  return `${choice.kind === 'either' ? 'none or ' : ''}${show(choice.name)}`;
}

function showRole(role: RoleChoice): string {
  if (role.kind === 'none') return `none: ${role.reason}`;
  if (role.kind === 'known') {
    const fault = role.fault === undefined ? '' : ` (wrong: ${role.fault})`;
    return `${role.arn} of ${role.account || '?'} via ${role.via}${fault}`;
  }
  return `unknown: ${role.reason} at ${place(role.at)}`;
}

function way(callers: readonly { readonly id: string }[], id: string): string {
  return [...callers.map((one) => one.id), id].join('/');
}

function place({ file, range }: { readonly file: SourceFile; readonly range: Range }): string {
  const { line, column } = file.lines.position(range.start);
  return `${file.path.replace(/^.*\//, '')}:${line}:${column}`;
}
