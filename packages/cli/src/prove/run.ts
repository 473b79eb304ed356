import { resolve } from 'node:path';

import { discover, gitRemote, scriptEngine, type RepositoryTarget } from '@sallyport/adapters';
import {
  Credentials,
  githubCom,
  invalidInputs,
  prove,
  readIssuer,
  SallyportError,
  Scripts,
  type Config,
  type Intention,
  type Issuer,
} from '@sallyport/core';

import { ConfigReader } from '../audit/config-file.ts';
import { prepare } from '../audit/prepare.ts';
import { invalidFile } from '../audit/to-report.ts';
import { wrongUsage } from '../evaluate/usage.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { ProveCommandOptions } from './options.ts';
import { countVerdicts, exitCodeOf, type ProveReport } from './report.ts';
import { readAccounts } from './sources.ts';
import { subjectFacts } from './subject.ts';
import { listedValues, namedValues } from './values.ts';

/**
 * Reads a repository and the accounts, and proves every case.
 * @throws SallyportError `USAGE`, `NOTHING_TO_EXAMINE` and those of what it reads
 */
export async function proveRepository(
  path: string | undefined,
  options: ProveCommandOptions,
  terminal: Terminal,
): Promise<ProveReport> {
  const { cwd, env } = terminal;
  const target = await targetOf(path, cwd);
  const prepared = await prepare(target, {
    cwd,
    git: options.git,
    config: new ConfigReader(cwd, options.config, false),
  });
  const { repository } = prepared;
  if (repository.workflows.length === 0)
    throw new SallyportError('NOTHING_TO_EXAMINE', { paths: [path ?? '.'] });
  const config = prepared.config?.whole;
  const remote = options.git ? gitRemote(target.root) : undefined;
  const issuer = issuerOf(config, remote?.host);
  const name = nameOf(options, config, remote);
  const facts = await subjectFacts(name, options, config, issuer, env);
  const accounts = await readAccounts(options.iam, target.root, cwd);
  const defaultBranch =
    options.defaultBranch ?? facts.defaultBranch ?? config?.['default-branch'] ?? undefined;
  const branch = defaultBranch ?? repository.input.git?.defaultBranch;
  const engine = await scriptEngine();
  const proof = prove(
    accounts.sources,
    {
      repository,
      issuer,
      known: facts.known,
      formats: facts.formats,
      everyFormat: facts.everyFormat,
      assumeProvider: options.assumeProvider,
      strict: options.strict,
      refs: options.ref.map(fullRef),
      intentions: intentionsOf(config),
      ...(branch === undefined ? {} : { defaultBranch: branch }),
    },
    {
      credentials: new Credentials(repository, new Scripts(engine)),
      vars: namedValues('var', options.var, config?.vars),
      secrets: namedValues('secret', options.secret, config?.secrets),
      inputs: listedValues('input', options.input, config?.inputs),
      environments: Object.keys(config?.environments ?? {}),
      repositoryName: `${facts.known.owner}/${facts.known.name}`,
      ...(branch === undefined ? {} : { defaultBranch: branch }),
    },
  );
  const counts = countVerdicts(proof.cases);
  const invalid = invalidInputs(repository).map(invalidFile);
  return {
    proof,
    repository: facts.known,
    formats: facts.formats,
    migration: facts.everyFormat,
    notes: [...prepared.notes, ...facts.notes, ...accounts.notes],
    invalid,
    counts,
    exitCode: exitCodeOf(
      counts,
      proof,
      invalid.some(({ fatal }) => fatal),
    ),
  };
}

async function targetOf(path: string | undefined, cwd: string): Promise<RepositoryTarget> {
  const { targets, empty } = discover(path === undefined ? [] : [path], { cwd });
  const repositories = targets.filter((one) => one.kind === 'repository');
  const [first, ...others] = repositories;
  if (!first)
    throw new SallyportError('NOTHING_TO_EXAMINE', {
      paths: empty.length > 0 ? empty.map((one) => one.path) : [path ?? resolve(cwd)],
    });
  if (others.length > 0)
    throw wrongUsage(
      `${path ?? '.'} holds ${repositories.length} repositories`,
      'name one of them: a proof is about one repository',
    );
  return first;
}

/** A name alone is a branch, as for git. */
function fullRef(ref: string): string {
  return ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
}

function issuerOf(config: Config | undefined, host: string | undefined): Issuer {
  if (config?.issuer !== undefined) {
    const issuer = readIssuer(config.issuer);
    if (issuer) return issuer;
    throw wrongUsage(
      `issuer: "${config.issuer}" is no issuer of GitHub Actions`,
      'write https://token.actions.githubusercontent.com, or the URL that your GitHub issues tokens with',
    );
  }
  if (host !== undefined && host.endsWith('.ghe.com'))
    return { kind: 'ghe.com', subdomain: host.slice(0, -'.ghe.com'.length) };
  return githubCom;
}

function nameOf(
  { repository }: ProveCommandOptions,
  config: Config | undefined,
  remote: { readonly owner: string; readonly name: string } | undefined,
): { readonly owner: string; readonly name: string } {
  const given = repository ?? config?.repository;
  if (given === undefined) {
    if (remote) return remote;
    throw wrongUsage(
      "the repository's name is not known, and every token holds it",
      'add --repository OWNER/NAME, or repository: to .github/sallyport.yml',
    );
  }
  const match = /^([\w.-]+)\/([\w.-]+)$/.exec(given);
  const [, owner, name] = match ?? [];
  if (owner !== undefined && name !== undefined) return { owner, name };
  throw wrongUsage(`the repository is "${given}"`, 'write OWNER/NAME');
}

function intentionsOf(config: Config | undefined): readonly Intention[] {
  return Object.values(config?.environments ?? {}).flatMap(({ role, account, accepts }) => {
    if (role === undefined) return [];
    const id = account === undefined ? undefined : config?.accounts?.[account]?.id;
    return [
      {
        role,
        ...(id === undefined ? {} : { account: id }),
        ...(accepts === undefined ? {} : { accepts }),
      },
    ];
  });
}
