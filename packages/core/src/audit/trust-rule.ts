import type { Confidence, Severity } from '../finding/severity.ts';
import { orderedClaims } from '../oidc/show.ts';
import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';
import type { ExaminedRole } from '../trust/examined.ts';
import type { Flaw, FlawClass } from '../trust/flaw.ts';
import type { RepositoryPolicies } from './policies.ts';
import { defineRule, type Rule } from './rule.ts';

/** What a rule about trust policies reports. */
export type TrustData = {
  /** What people find the role by. */
  role: string;
  /** Whom or what it is about; empty where that is everybody. */
  about: string;
  /** The value as written, where there is one. */
  written: string | null;
  detail: string | null;
  /** A token that shows it, claim by claim: GitHub could mint it, and the policy accepts it. */
  witness: Record<string, string> | null;
  /** What was put in for names that the source leaves open, by how it calls them. */
  taken: Record<string, string>;
};

/** A rule about one class of flaws. */
export interface TrustRuleForm {
  readonly id: `trust-${FlawClass}`;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence?: Confidence;
  /** What to write under the place. */
  readonly label: string;
  message(data: TrustData): string;
  help(data: TrustData): string;
  /** What else of the files belongs to the rule. */
  more?(policies: RepositoryPolicies, named: ReadonlySet<string> | undefined): readonly FileFlaw[];
}

/** Something that is wrong with a file as a whole, or with a part of it that is no role. */
export interface FileFlaw {
  readonly file: SourceFile;
  readonly range: Range;
  readonly about: string;
  readonly severity: Severity;
}

/** Makes a rule of its form: it reports what the examination of trust policies found of its class. */
export function defineTrustRule(form: TrustRuleForm): Rule {
  const { id, title, severity, confidence = 'high', label } = form;
  return defineRule<TrustData>({
    id,
    title,
    severity,
    confidence,
    plane: 'authentication',
    check({ policies, repository }, report) {
      for (const { file, range, about, severity: grade } of form.more?.(
        policies,
        repository.input.selected,
      ) ?? [])
        report({ at: { file, range, label }, severity: grade, data: { ...noData, about } });
      for (const examined of policies.roles)
        for (const flaw of examined.report.flaws) {
          if (`trust-${flaw.class}` !== id) continue;
          report({
            at: { file: examined.file, range: flaw.range, label },
            severity: flaw.severity,
            confidence: confidenceOf(examined, confidence),
            data: dataOf(flaw, examined),
          });
        }
    },
    message: (data) => `${form.message(data)}${takenText(data)}`,
    help: (data) => form.help(data),
  });
}

const noData = { role: '', written: null, detail: null, witness: null, taken: {} };

/** The witness's subject, for sentences. */
export function subjectOf({ witness }: TrustData): string {
  return `"${witness?.['sub'] ?? ''}"`;
}

/** A deployment may choose other values than those that stand in a template. */
function confidenceOf({ role, report }: ExaminedRole, confidence: Confidence): Confidence {
  const open = report.taken.size > 0 || (role.defaults ?? []).length > 0;
  return open && confidence === 'high' ? 'medium' : confidence;
}

function dataOf(flaw: Flaw, { role, report }: ExaminedRole): TrustData {
  const { about, written, detail, witness } = flaw;
  return {
    role: role.label,
    about,
    written: written ?? null,
    detail: detail ?? null,
    witness: witness ? plain(orderedClaims(witness.claims)) : null,
    taken: plain(report.taken),
  };
}

/** `fromEntries` makes own keys of all names, `__proto__` too. */
function plain(entries: Iterable<readonly [string, string]>): Record<string, string> {
  return Object.fromEntries(entries);
}

function takenText({ taken }: TrustData): string {
  const shown = Object.entries(taken).map(([name, value]) => `"${value}" for ${name}`);
  return shown.length === 0 ? '' : ` (with ${shown.join(', ')})`;
}
