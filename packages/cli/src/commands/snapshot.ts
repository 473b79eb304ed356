import {
  isAwsFailure,
  takeSnapshot,
  type TakenSnapshot,
  writeFileAtomically,
} from '@sallyport/adapters';
import { readPolicySources, SallyportError, sourceFile } from '@sallyport/core';

import type { CommonOptions } from '../options.ts';
import { renderError } from '../render/error.ts';
import { Output } from '../terminal/output.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What `sallyport snapshot` can be told. */
export interface SnapshotCommandOptions extends CommonOptions {
  readonly profile?: string;
  readonly region?: string;
  readonly issuer: readonly string[];
  readonly allRoles: boolean;
  readonly output?: string;
}

/** Who may read the file besides its owner: no one. */
const ownerOnly = 0o600;
const github = 'https://token.actions.githubusercontent.com';

/** Writes a snapshot of the account that the credentials belong to, and gives the exit code. */
export async function runSnapshot(
  options: SnapshotCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const issuers = issuersOf(options);
  const talk = new Output({ ...terminal, stdout: terminal.stderr });
  const say = (line: string): void => {
    if (!options.quiet) talk.writeLine(line);
  };
  const { snapshot, refused } = await take(options, issuers, say);
  const text = `${JSON.stringify(snapshot, undefined, 2)}\n`;
  if (options.output === undefined) terminal.stdout.write(text);
  else {
    const problem = writeFileAtomically(terminal.cwd, options.output, text, ownerOnly);
    if (problem !== undefined)
      throw new SallyportError('OUTPUT_NOT_WRITTEN', { path: options.output, problem });
  }
  // Read as any other command would read it: what it could not take would be a fault of ours.
  const read = readPolicySources([sourceFile(options.output ?? 'snapshot', text)]);
  const [state] = read.states;
  const counts = `${state?.roles.length ?? 0} roles, ${state?.providers.length ?? 0} OIDC providers`;
  say(
    `account ${snapshot.account}: ${counts}${options.output === undefined ? '' : ` -> ${options.output}`}`,
  );
  if (snapshot.partial === undefined) return 0;
  const error = new SallyportError('SNAPSHOT_PARTIAL', { missing: snapshot.partial, refused });
  talk.write(renderError(error, { ...options, terminal }));
  return error.exitCode;
}

function issuersOf({ issuer, allRoles }: SnapshotCommandOptions): readonly string[] {
  if (allRoles && issuer.length > 0) {
    throw new SallyportError('USAGE', {
      problem: '--all-roles and --issuer exclude each other',
      cure: 'leave one of them out',
    });
  }
  const wrong = issuer.find((url) => !/^https:\/\/[^\s/?#@]+[^\s?#]*$/.test(url));
  if (wrong !== undefined) {
    throw new SallyportError('USAGE', {
      problem: `--issuer "${wrong}" is no URL of an issuer`,
      cure: `write it as GitHub does, such as ${github}`,
    });
  }
  if (allRoles) return [];
  return issuer.length > 0 ? issuer : [github];
}

async function take(
  { profile, region }: SnapshotCommandOptions,
  issuers: readonly string[],
  say: (line: string) => void,
): Promise<TakenSnapshot> {
  let phase = '';
  try {
    return await takeSnapshot({
      issuers,
      takenAt: new Date().toISOString(),
      ...(profile === undefined ? {} : { profile }),
      ...(region === undefined ? {} : { region }),
      onProgress: (now, _done, total) => {
        if (now !== phase) say(`reading ${total} ${now}`);
        phase = now;
      },
    });
  } catch (error) {
    if (!isAwsFailure(error)) throw error;
    const { kind, action, problem } = error;
    switch (kind) {
      case 'no-credentials':
        throw new SallyportError('AWS_NO_CREDENTIALS', { problem }, error);
      case 'expired':
        throw new SallyportError('AWS_CREDENTIALS_INVALID', { action, problem }, error);
      case 'refused':
        throw new SallyportError('AWS_REFUSED', { action, problem }, error);
      case 'unreachable':
      case 'failed':
        throw new SallyportError('AWS_UNREACHABLE', { action, problem }, error);
    }
  }
}
