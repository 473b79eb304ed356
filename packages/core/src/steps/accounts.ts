import type { Credentials } from '../credentials/credentials.ts';
import { showPattern, patternsOf, trimPattern } from '../credentials/pattern.ts';
import type { Job } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';

/** The AWS identity of a job at some step, as far as the files and the declared environments tell. */
export interface JobAccount {
  /** The role as it is written, expressions kept; undefined when the job takes none. */
  readonly role?: string;
  /** Twelve digits, or the expression that stands in the place of the account. */
  readonly account?: string;
}

/** What the rest of the declared configuration says about accounts. */
interface DeclaredAccounts {
  readonly environments: Readonly<Record<string, { readonly account?: string }>>;
  readonly accounts: Readonly<Record<string, string>>;
}

/** What it takes to tell a job's account; a rule's context has it. */
export interface AccountKnowledge {
  readonly repository: Repository;
  readonly credentials: Credentials;
  readonly config: DeclaredAccounts;
}

/** The account in which a job works from a step on: that of the last role it takes before it. */
export function accountOf(
  job: Job,
  knowledge: AccountKnowledge,
  before: number = job.steps.length,
): JobAccount {
  const taken = knowledge.credentials.of(job).filter((one) => (one.jobStep?.index ?? 0) <= before);
  const input = taken.findLast((one) => one.input('role-to-assume'))?.input('role-to-assume');
  const role =
    input &&
    patternsOf(input.text, input.frame, knowledge.repository).map((one) =>
      showPattern(trimPattern(one)),
    )[0];
  const account =
    (role === undefined ? undefined : accountIn(role)) ?? declared(job, knowledge.config);
  return { ...(role === undefined ? {} : { role }), ...(account === undefined ? {} : { account }) };
}

/** Whether an account is given by its twelve digits. */
export function isAccountId(account: string): boolean {
  return /^\d{12}$/.test(account);
}

function accountIn(role: string): string | undefined {
  return /^arn:aws[a-z-]*:iam::(\d{12}|\$\{\{[^}]*\}\}):role\//.exec(role)?.[1];
}

function declared(job: Job, config: DeclaredAccounts): string | undefined {
  const environment = job.environment?.name?.value;
  const name =
    environment === undefined || !Object.hasOwn(config.environments, environment)
      ? undefined
      : config.environments[environment]?.account;
  if (name === undefined) return undefined;
  return Object.hasOwn(config.accounts, name) ? config.accounts[name] : name;
}
