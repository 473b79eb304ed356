import type { AccountState, RoleState } from '../account/model.ts';
import { fixedText } from '../iam/parse/reader.ts';
import { any, globOf, matchGlob } from '../language/glob.ts';

/** A role's ARN in its parts. */
export interface RoleArn {
  readonly arn: string;
  readonly partition: string;
  /** 12 digits. */
  readonly account: string;
  /** Without path. */
  readonly name: string;
}

/** Reads the ARN of a role; undefined for anything else. */
export function readRoleArn(arn: string): RoleArn | undefined {
  const parts = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/s.exec(arn);
  const [, partition = '', account = '', name = ''] = parts ?? [];
  return parts ? { arn, partition, account, name } : undefined;
}

/** What the inputs say of a role. */
export type RoleSearch =
  | {
      readonly kind: 'found';
      readonly state: AccountState;
      readonly role: RoleState;
      readonly assumptions: readonly string[];
    }
  /** An input that would have shown it does not. */
  | { readonly kind: 'missing'; readonly message: string; readonly help?: string }
  | { readonly kind: 'unseen'; readonly message: string; readonly help: string }
  | { readonly kind: 'ambiguous'; readonly message: string };

/** Finds roles by their ARNs: in accounts as they are, then in templates of accounts to come. */
export class RoleIndex {
  readonly #states: readonly AccountState[];
  readonly #byArn = new Map<string, { readonly state: AccountState; readonly role: RoleState }>();
  readonly #open: { readonly state: AccountState; readonly role: RoleState }[] = [];

  constructor(states: readonly AccountState[]) {
    this.#states = states;
    for (const state of states)
      for (const role of state.roles)
        if (role.arn === undefined) this.#open.push({ state, role });
        else if (!this.#byArn.has(role.arn)) this.#byArn.set(role.arn, { state, role });
  }

  /** Every state that could be of an account: those of templates could be of any. */
  statesOf(account: string): readonly AccountState[] {
    return this.#states.filter((state) => (state.account ?? account) === account);
  }

  /** Looks for a role that trusts an issuer (`https://...`). */
  find(arn: RoleArn, issuer: string): RoleSearch {
    const exact = this.#byArn.get(arn.arn);
    if (exact) return { kind: 'found', ...exact, assumptions: assumptionsOf(exact.role) };
    return this.#inTemplates(arn) ?? this.#absent(arn, issuer);
  }

  #inTemplates({ arn, account, name }: RoleArn): RoleSearch | undefined {
    const here = this.#open.filter(({ state }) => (state.account ?? account) === account);
    const named = here.filter(({ role }) => role.name && fixedText(role.name) === name);
    const alike = named.length > 0 ? named : here.filter(({ role }) => mayBeCalled(role, name));
    const [first] = alike;
    if (!first) return undefined;
    if (alike.length > 1) {
      const list = alike.map(({ role }) => `${role.label} in ${role.file.path}`).join(', ');
      return { kind: 'ambiguous', message: `${arn} may be any of ${list}` };
    }
    const assumption = `${first.role.label} in ${first.role.file.path} is taken for ${arn}`;
    return { kind: 'found', ...first, assumptions: [assumption, ...assumptionsOf(first.role)] };
  }

  #absent({ arn, account, name }: RoleArn, issuer: string): RoleSearch {
    const states = this.#states.filter((state) => state.account === account);
    const elsewhere = [...this.#byArn.values()].find(
      ({ role }) => readRoleArn(role.arn ?? '')?.name === name,
    );
    const help =
      elsewhere?.role.arn === undefined
        ? undefined
        : `there is ${elsewhere.role.arn}: is the ARN right?`;
    const hint = help === undefined ? {} : { help };
    if (states.some(({ complete }) => complete.roles))
      return { kind: 'missing', message: `account ${account} has no role ${arn}`, ...hint };
    if (states.some(({ listsRolesTrusting }) => listsRolesTrusting?.includes(issuer)))
      return {
        kind: 'missing',
        message: `account ${account} has no role ${arn} that trusts ${issuer}`,
        ...hint,
      };
    return {
      kind: 'unseen',
      message:
        states.length === 0
          ? `nothing that was given shows account ${account}`
          : `nothing that was given shows the role ${arn}`,
      help: help ?? `give the account with --iam: sallyport snapshot -o ${account}.json writes it`,
    };
  }
}

function assumptionsOf({ label, condition, defaults, unresolved }: RoleState): string[] {
  return [
    ...(condition === undefined ? [] : [`${label} exists: ${condition} decides it`]),
    ...(defaults ?? []).map((use) => `${use.name} has its default value ${use.value}`),
    ...unresolved.map((what) => `${label}: ${what}`),
  ];
}

/** A name with holes fits any name around them; one that AWS makes holds the logical id. */
function mayBeCalled({ name, label }: RoleState, wanted: string): boolean {
  if (name && name.some((piece) => typeof piece === 'string'))
    return matchGlob(
      globOf(name.map((piece) => (typeof piece === 'string' ? piece : any))),
      wanted,
    );
  return /^[A-Za-z0-9]+$/.test(label) && matchGlob(globOf([any, `-${label}-`, any]), wanted);
}
