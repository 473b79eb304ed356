import type { Credentials } from '../credentials/credentials.ts';
import type { FindingData } from '../finding/finding.ts';
import type { Confidence, Plane, Severity } from '../finding/severity.ts';
import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';
import type { Action, Job, Step, Workflow } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import type { Scripts } from '../workflow/scripts.ts';
import type { AuditConfig } from './config.ts';
import type { RepositoryPolicies } from './policies.ts';
import type { SuppressionState } from './suppress.ts';

/**
 * A rule is a form to fill in: who it is, what it looks at, and what it says. `check` reports data;
 * `message` and `help` turn that data into prose when it is printed, never earlier.
 */
export interface Rule<Data extends FindingData = FindingData> {
  /** Kebab-case; also the name of its file, its test, its corpus folder and its page. */
  readonly id: string;
  /** What is wrong, a few words for lists. */
  readonly title: string;
  /** The severity a finding has unless the report says otherwise. */
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** The plane of access that the finding belongs to; absent for findings that are not about access. */
  readonly plane?: Plane;
  /** Runs after the others, because it looks at what they reported. */
  readonly after?: true;
  check(context: RuleContext, report: Report<Data>): void;
  /** One sentence, lower case, no full stop. */
  message(data: Data): string;
  /** What to do, one sentence or command. */
  help(data: Data): string;
}

/** What a rule may look at. */
export interface RuleContext {
  readonly repository: Repository;
  readonly scripts: Scripts;
  /** Which steps obtain credentials, and every place where a key stands. */
  readonly credentials: Credentials;
  readonly config: AuditConfig;
  /** The roles of the repository that trust GitHub, examined. */
  readonly policies: RepositoryPolicies;
  /** Only for rules that run `after` the others. */
  readonly suppressions?: SuppressionState;
  /** Says that something could not be examined, and why; shown to the user, never silent. */
  note(note: AuditNote): void;
}

/** Something that a rule could not look at. */
export interface AuditNote {
  readonly rule: string;
  readonly reason: string;
  /** Whether a question stays open that the files should answer: such a run is no pass. */
  readonly undecided?: boolean;
}

/** A place in a file and what to write under it. */
export interface Place {
  readonly file: SourceFile;
  readonly range: Range;
  readonly label: string;
}

/** One finding as a rule reports it. */
export interface Reported<Data extends FindingData> {
  readonly at: Place;
  readonly related?: readonly Place[];
  readonly data: Data;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly subject?: Subject;
}

/** What a finding is about in the model: fixes start from it. It is never printed. */
export interface Subject {
  readonly workflow?: Workflow;
  readonly job?: Job;
  readonly step?: Step;
  readonly action?: Action;
  /** Whatever else the rule's own fix needs. */
  readonly detail?: unknown;
}

export type Report<Data extends FindingData> = (finding: Reported<Data>) => void;

/** Types the form of a rule; the result can stand in a list with others. */
export function defineRule<Data extends FindingData>(rule: Rule<Data>): Rule {
  // Lists hold rules with data of every kind; the run hands each rule's data back to that rule only.
  return rule;
}
