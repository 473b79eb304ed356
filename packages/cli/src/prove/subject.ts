import { readSubject } from '@sallyport/adapters';
import {
  subjectFormatOf,
  type Config,
  type Issuer,
  type KnownRepository,
  type SubjectFormat,
} from '@sallyport/core';

import type { ReportNote } from '../audit/report.ts';
import { wrongUsage } from '../evaluate/usage.ts';
import type { ProveCommandOptions } from './options.ts';

/** How the subjects of a repository are written, and what is known of it. */
export interface SubjectFacts {
  readonly known: KnownRepository;
  readonly formats: readonly SubjectFormat[];
  readonly everyFormat: boolean;
  readonly defaultBranch?: string;
  readonly notes: readonly ReportNote[];
}

const classic: SubjectFormat = { kind: 'classic' };
const immutable: SubjectFormat = { kind: 'immutable' };

/** What options, then the configuration, then `--github` say. */
export async function subjectFacts(
  { owner, name }: { readonly owner: string; readonly name: string },
  options: ProveCommandOptions,
  config: Config | undefined,
  issuer: Issuer,
  env: Readonly<Record<string, string | undefined>>,
): Promise<SubjectFacts> {
  const subject = config?.subject;
  const enterprise = config?.enterprise;
  const configured: KnownRepository = {
    owner,
    name,
    ...(subject?.['owner-id'] === undefined ? {} : { ownerId: subject['owner-id'] }),
    ...(subject?.['repository-id'] === undefined ? {} : { id: subject['repository-id'] }),
    ...(enterprise === undefined ? {} : { enterprise }),
  };
  const asked = options.github ? await askGitHub(owner, name, issuer, env) : undefined;
  const known: KnownRepository = {
    ...configured,
    ...asked?.facts,
  };
  const notes = asked?.notes ?? [];
  const branch = asked?.defaultBranch;
  const rest = { known, notes, ...(branch === undefined ? {} : { defaultBranch: branch }) };
  if (options.subjectFormat === 'both')
    return { ...rest, formats: [classic, immutable], everyFormat: true };
  if (options.subjectFormat !== undefined)
    return { ...rest, formats: [{ kind: options.subjectFormat }], everyFormat: false };
  if (asked?.format) return { ...rest, formats: [asked.format], everyFormat: false };
  const own = configuredFormat(subject);
  if (own) return { ...rest, formats: [own], everyFormat: false };
  // GitHub Enterprise Server knows no ids in subjects.
  if (issuer.kind === 'server') return { ...rest, formats: [classic], everyFormat: false };
  return { ...rest, formats: [classic, immutable], everyFormat: false };
}

function configuredFormat(subject: Config['subject']): SubjectFormat | undefined {
  if (!subject) return undefined;
  if (subject.format !== 'custom') return { kind: subject.format };
  // Ids are part of the format only where they are told with it.
  const ids = subject['owner-id'] !== undefined && subject['repository-id'] !== undefined;
  return { kind: 'custom', claims: subject.claims ?? [], immutable: ids };
}

interface Answer {
  readonly facts?: Partial<KnownRepository>;
  readonly format?: SubjectFormat;
  readonly defaultBranch?: string;
  readonly notes: readonly ReportNote[];
}

async function askGitHub(
  owner: string,
  repo: string,
  issuer: Issuer,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Answer> {
  const token = env['GITHUB_TOKEN'] ?? env['GH_TOKEN'] ?? '';
  if (token === '')
    throw wrongUsage(
      '--github needs a token',
      'put one into the environment as GITHUB_TOKEN or GH_TOKEN (never on the command line)',
    );
  const baseUrl = apiUrl(issuer, env);
  const reading = await readSubject({ owner, repo, token, ...(baseUrl ? { baseUrl } : {}) });
  const notes: ReportNote[] = [];
  const { repository, customization, organization } = reading;
  for (const answer of [repository, customization, organization])
    if (answer?.kind === 'failed') notes.push({ about: 'github', reason: answer.problem });
  const own = repository.kind === 'read' ? repository.value : undefined;
  const facts = own
    ? {
        facts: {
          owner: own.owner,
          name: own.name,
          ownerId: own.ownerId,
          id: own.id,
          visibility: own.visibility,
        },
        defaultBranch: own.defaultBranch,
      }
    : {};
  if (customization.kind !== 'read') return { ...facts, notes };
  const format = subjectFormatOf({
    repository: customization.value,
    ...(organization?.kind === 'read' ? { organization: organization.value } : {}),
  });
  if (format.kind === 'undecided') {
    notes.push({ about: 'github', reason: format.reason });
    return { ...facts, notes };
  }
  return { ...facts, format: format.format, notes };
}

function apiUrl(
  issuer: Issuer,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const given = env['GITHUB_API_URL'];
  if (given !== undefined && given !== '') return given;
  if (issuer.kind === 'ghe.com') return `https://api.${issuer.subdomain}.ghe.com`;
  return issuer.kind === 'server' ? `https://${issuer.host}/api/v3` : undefined;
}
