import { Credentials } from '../credentials/credentials.ts';
import type { ExaminedPlace } from '../credentials/place.ts';
import type { Finding, FindingData, Location } from '../finding/finding.ts';
import { byPlace } from '../finding/order.ts';
import type { ScriptEngine } from '../script/engine.ts';
import type { Repository } from '../workflow/repository.ts';
import { Scripts } from '../workflow/scripts.ts';
import { noConfig, type AuditConfig } from './config.ts';
import type { InvalidInput } from './input.ts';
import { invalidInputs } from './input.ts';
import { noPolicies, type RepositoryPolicies } from './policies.ts';
import type { AuditNote, Place, Reported, Rule, RuleContext, Subject } from './rule.ts';
import { rules as allRules } from './rules.ts';
import { suppress, suppressionsOf, type SuppressionState } from './suppress.ts';

/** A finding with what it is about; the subject is for fixes and never printed. */
export interface AuditFinding extends Finding {
  readonly subject: Subject;
}

/** The result of auditing one repository. */
export interface RepositoryAudit {
  readonly repository: Repository;
  readonly findings: readonly AuditFinding[];
  /** What `# sallyport: ignore[...]` comments hid. */
  readonly suppressed: readonly AuditFinding[];
  /** Every key-like place with its class, reported or not. */
  readonly examined: readonly ExaminedPlace[];
  readonly notes: readonly AuditNote[];
  readonly invalid: readonly InvalidInput[];
  /** The context that the rules had; fixes and roll-ups go on from it. */
  readonly context: RuleContext;
}

/** What an audit needs beside the repository. */
export interface AuditOptions {
  readonly engine?: ScriptEngine;
  readonly config?: AuditConfig;
  /** The roles of the repository that trust GitHub, examined; none when absent. */
  readonly policies?: RepositoryPolicies;
  /** The rules to run; all when absent. */
  readonly rules?: readonly Rule[];
}

/** Runs every rule over a repository. Deterministic: the same input gives the same order and text. */
export function auditRepository(
  repository: Repository,
  options: AuditOptions = {},
): RepositoryAudit {
  const config = options.config ?? noConfig;
  const scripts = new Scripts(options.engine);
  const policies = options.policies ?? noPolicies;
  const undecided = new Set(policies.undecided);
  const notes: AuditNote[] = [...new Set([...policies.undecided, ...policies.notes])].map(
    (reason) => ({
      rule: 'policies',
      reason,
      ...(undecided.has(reason) ? { undecided: true } : {}),
    }),
  );
  const context: RuleContext = {
    repository,
    scripts,
    config,
    credentials: new Credentials(repository, scripts),
    policies,
    note: (note) => notes.push(note),
  };
  const active = (options.rules ?? allRules).filter((rule) => config.rules[rule.id] !== 'off');
  const run = (rule: Rule, suppressions?: SuppressionState): AuditFinding[] =>
    collect(rule, suppressions ? { ...context, suppressions } : context);
  const found = active.filter((rule) => !rule.after).flatMap((rule) => run(rule));
  const selected = found.filter((finding) => isSelected(finding, repository));
  const comments = [...repository.input.files, ...policies.files].flatMap(suppressionsOf);
  const { kept, hidden, state } = suppress(selected, comments, {
    ids: allRules.map((rule) => rule.id),
    ran: (id) => active.some((rule) => rule.id === id && !rule.after),
  });
  const late = active.filter((rule) => rule.after).flatMap((rule) => run(rule, state));
  return {
    repository,
    findings: [
      ...(kept as AuditFinding[]),
      ...late.filter((one) => isSelected(one, repository)),
    ].toSorted(byPlace),
    suppressed: (hidden as AuditFinding[]).toSorted(byPlace),
    examined: context.credentials.examined.filter(
      (place) => repository.input.selected?.has(place.file.path) ?? true,
    ),
    notes,
    invalid: invalidInputs(repository, policies),
    context,
  };
}

function isSelected(finding: Finding, repository: Repository): boolean {
  return repository.input.selected?.has(finding.locations[0].file) ?? true;
}

function collect(rule: Rule, context: RuleContext): AuditFinding[] {
  const found = new Map<string, AuditFinding>();
  const configured = context.config.rules[rule.id];
  rule.check(context, (reported: Reported<FindingData>) => {
    const severity = reported.severity ?? rule.severity;
    const finding: AuditFinding = {
      rule: rule.id,
      severity: configured && configured !== 'off' ? configured : severity,
      confidence: reported.confidence ?? rule.confidence,
      ...(rule.plane ? { plane: rule.plane } : {}),
      message: rule.message(reported.data),
      help: rule.help(reported.data),
      helpUri: helpUri(rule.id),
      locations: [
        locate(reported.at, 'primary'),
        ...(reported.related ?? []).map((place) => locate(place, 'related')),
      ],
      data: reported.data,
      subject: reported.subject ?? {},
    };
    // An aliased step is read at each of its uses; the same words at the same place are one finding.
    const [primary] = finding.locations;
    const key = `${primary.file}:${reported.at.range.start}:${reported.at.range.end}:${finding.message}`;
    if (!found.has(key)) found.set(key, finding);
  });
  return [...found.values()];
}

/** Where the documentation stands; `sallyport explain` prints the same pages without a network. */
const docsBase = 'https://github.com/sallyport-dev/sallyport/blob/main/docs';

/** Where a rule is explained. */
export function helpUri(rule: string): string {
  return `${docsBase}/rules/${rule}.md`;
}

/** A place as lines and columns. */
function locate(place: Place, role: Location['role']): Location {
  const { lines } = place.file;
  const start = lines.position(place.range.start);
  const end = lines.position(Math.max(place.range.start, place.range.end));
  return {
    file: place.file.path,
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
    role,
    label: place.label,
  };
}
