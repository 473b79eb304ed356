import { askGit } from './run.ts';

/** Where a checkout comes from, by the URL of its remote `origin`. */
export interface GitRemote {
  readonly host: string;
  readonly owner: string;
  readonly name: string;
}

/** The repository that a checkout's `origin` names; undefined without git, remote or such a URL. */
export function gitRemote(root: string): GitRemote | undefined {
  const answer = askGit(root, ['config', '--get', 'remote.origin.url']);
  return answer.ok ? readRemote(answer.output.trim()) : undefined;
}

/** Reads `https://host/owner/name.git`, `ssh://git@host:22/owner/name` and `git@host:owner/name.git`. */
export function readRemote(url: string): GitRemote | undefined {
  const match =
    /^(?:(?:https?|ssh|git):\/\/(?:[^@/]+@)?(?<host>[\w.-]+)(?::\d+)?\/|(?:[^@/\s]+@)?(?<scp>[\w.-]+):)(?<owner>[\w.-]+)\/(?<name>[\w.-]+?)(?:\.git)?\/?$/i.exec(
      url,
    );
  const { host, scp, owner, name } = match?.groups ?? {};
  const where = host ?? scp;
  if (where === undefined || owner === undefined || name === undefined) return undefined;
  return { host: where.toLowerCase(), owner, name };
}
