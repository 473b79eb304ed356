import type { Frame } from '../credentials/frame.ts';
import type { CredentialStep } from '../credentials/step.ts';
import type { Range } from '../text/range.ts';
import type { SourceFile } from '../text/source.ts';
import type { Scope, Truth } from '../workflow/evaluate.ts';
import type { Job, Workflow } from '../workflow/model.ts';

/** One job x one trigger x one role: what `prove` gives a verdict on. */
export interface Case {
  /** The workflow whose event starts the run. */
  readonly workflow: Workflow;
  readonly job: Job;
  /** The calling jobs, the outermost first; empty for a job of the workflow itself. */
  readonly callers: readonly Job[];
  readonly run: CaseRun;
  readonly environment: EnvironmentChoice;
  readonly credential: CredentialStep;
  /** Whether job and step run in this event; a certain no makes no case. */
  readonly runs: Truth;
  readonly role: RoleChoice;
  readonly token: TokenAvailability;
  readonly audience: NameSet;
  readonly sessionName: NameSet;
  /** Seconds; undefined when it is not given or not known. */
  readonly duration?: number;
  /** For `role-chaining`: the case whose session is the source; undefined when there is none. */
  readonly source?: Case;
  /**
   * Other credentials that a chained step may find in its job, in words: keys of an earlier step,
   * those of the runner. Undefined when nothing gives any: the step then fails for certain.
   */
  readonly sourceBesides?: string;
  /** Ways in which the case is less certain than it looks, in words for `assumptions[]`. */
  readonly assumptions: readonly string[];
}

/** The event, and the refs that a run of it can have. */
export interface CaseRun {
  readonly event: string;
  /** Full refs: `refs/heads/main`; a pattern for filters such as `release/**`. */
  readonly refs: readonly NameSet[];
  readonly refType: 'branch' | 'tag' | 'unknown';
  /** Inputs that are fixed in this case, by name. */
  readonly inputs: ReadonlyMap<string, string>;
  /** The condition under which it is this case, in words; empty when always. */
  readonly condition: string;
  readonly scope: Scope;
  /** Where the trigger stands. */
  readonly at: { readonly file: SourceFile; readonly range: Range };
}

/** A string that is known, one of a set written as a filter pattern, or open. */
export type NameSet =
  | { readonly kind: 'exact'; readonly value: string }
  /** A GitHub filter pattern, positive and negative ones in order, as under `branches:`. */
  | { readonly kind: 'filter'; readonly prefix: string; readonly patterns: readonly string[] }
  /** Fixed pieces with gaps that only a run fills. */
  | { readonly kind: 'template'; readonly pieces: readonly (string | { readonly open: string })[] };

/** The environment that a job names; its name decides the subject. */
export type EnvironmentChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'named'; readonly name: NameSet }
  /** The expression may come to nothing, which means no environment. */
  | { readonly kind: 'either'; readonly name: NameSet };

/** The role of a case. */
export type RoleChoice =
  | {
      readonly kind: 'known';
      readonly arn: string;
      /** 12 digits; empty when the ARN holds none. */
      readonly account: string;
      /** What the ARN comes from: `literal`, `vars.AWS_ROLE_ARN`, `inputs.role`. */
      readonly via: string;
      /** Why it is no ARN of a role, in words; STS refuses it then. */
      readonly fault?: string;
    }
  | {
      readonly kind: 'unknown';
      readonly reason: string;
      /** What decides it: `vars.AWS_ROLE_ARN`. */
      readonly decidedBy: string;
      readonly at: { readonly file: SourceFile; readonly range: Range };
      readonly frame: Frame;
    }
  /** No role at all: the step would not assume one. */
  | { readonly kind: 'none'; readonly reason: string };

/** Whether GitHub gives the job a token in this event. */
export interface TokenAvailability {
  readonly verdict: 'granted' | 'missing' | 'undecided';
  readonly reason: string;
}

/** A trigger of a workflow with AWS jobs that reaches none of them. */
export interface UnreachedTrigger {
  readonly workflow: Workflow;
  readonly event: string;
  /** In words: which input or ref, and why no job runs. */
  readonly reason: string;
  readonly at: { readonly file: SourceFile; readonly range: Range };
  /** Whether no run of this trigger reaches one, or only those that `reason` names do not. */
  readonly extent: 'all' | 'some';
}

/** A job with credential steps that no trigger in sight lets run. */
export interface IdleJob {
  readonly workflow: Workflow;
  readonly job: Job;
  readonly callers: readonly Job[];
  readonly reason: string;
  readonly at: { readonly file: SourceFile; readonly range: Range };
}

/** A role of an expression that no case takes. */
export interface DeadArm {
  readonly workflow: Workflow;
  readonly job: Job;
  readonly credential: CredentialStep;
  /** The role as it is written: an ARN, or `vars.AWS_ROLE_TEST`. */
  readonly role: string;
  readonly reason: string;
  readonly at: { readonly file: SourceFile; readonly range: Range };
}

/** A credential step that takes no role by a token or by chaining. */
export interface NotOidc {
  readonly workflow: Workflow;
  readonly job: Job;
  readonly callers: readonly Job[];
  readonly credential: CredentialStep;
  readonly reason: string;
  readonly at: { readonly file: SourceFile; readonly range: Range };
}

/** A call of a workflow that is not in sight, by a job that may give it a token. */
export interface UnfollowedCall {
  readonly workflow: Workflow;
  readonly job: Job;
  readonly callers: readonly Job[];
  readonly token: TokenAvailability;
  readonly reason: string;
  readonly at: { readonly file: SourceFile; readonly range: Range };
}

/** Something that was not followed to its end, so that its verdict is `undecided`. */
export interface Truncation {
  readonly workflow: Workflow;
  readonly reason: string;
}
