import { actionName } from '../../steps/action-kinds.ts';
import { actsOf, isOpaque } from '../../steps/acts.ts';
import { commandDeeds } from '../../steps/command-kinds.ts';
import { commandWords } from '../../steps/command-words.ts';
import { runningSteps, type RunningStep } from '../../steps/running.ts';
import { installedBy, installers, scannerPackages, setUpBy, starts } from '../../steps/scanners.ts';
import { mayHaveWord } from '../../steps/script-words.ts';
import type { Range } from '../../text/range.ts';
import { fileOf, type Job } from '../../workflow/model.ts';
import { defineRule, type Report, type Rule, type RuleContext } from '../rule.ts';

type Data = {
  /** `never-run`: installed only; `no-aspect`: cdk-nag; `nothing`: a scan by name; `no-target`: nothing to scan. */
  cause: 'never-run' | 'no-aspect' | 'nothing' | 'no-target';
  /** The scanner, or the step's name. */
  what: string;
  target: string | null;
};

/**
 * A scan that scans nothing: the scanner is installed and never started, cdk-nag is there and no
 * Aspect adds it, the step is only called a scan, or what it scans was never made. It passes always.
 * Source: https://github.com/cdklabs/cdk-nag#usage
 */
export const rule: Rule = defineRule<Data>({
  id: 'scanner-not-wired',
  title: 'Scan that scans nothing',
  severity: 'medium',
  confidence: 'medium',
  check(context, report) {
    for (const workflow of context.repository.workflows) {
      for (const job of workflow.jobs) {
        const steps = runningSteps(job, context.repository).map(
          (running) => new Read(running, context),
        );
        reportInstalled(job, steps, context, report);
        reportNamed(job, steps, context, report);
        reportUntargeted(job, context, report);
      }
    }
  },
  message: ({ cause, what, target }) => {
    switch (cause) {
      case 'never-run':
        return `${what} is installed and never run: nothing is scanned`;
      case 'no-aspect':
        return 'cdk-nag is installed, but nothing in the workflow adds it to the app: without an Aspect `cdk synth` checks no rule';
      case 'nothing':
        return `the step "${what}" runs no scanner`;
      case 'no-target':
        return `\`${what}\` scans "${target}", which no earlier step of the job makes`;
    }
  },
  help: ({ cause, what, target }) => {
    switch (cause) {
      case 'never-run':
        return `run ${what} on what the job builds, and let it fail the job; or remove the installation`;
      case 'no-aspect':
        return 'add `Aspects.of(app).add(new AwsSolutionsChecks())` to the CDK app, and keep cdk-nag in its package.json; synthesis then fails on errors';
      case 'nothing':
        return 'run a scanner in it that fails the job, or rename it to what it does';
      case 'no-target':
        return `make "${target}" first, in this job or by download-artifact`;
    }
  },
});

/** A command of a step. */
interface Command {
  readonly words: readonly string[];
  readonly range: Range;
}

/** A step with its commands. Few steps are asked for them: they are read at the first question. */
class Read {
  readonly running: RunningStep;
  readonly #context: RuleContext;
  #commands: readonly Command[] | undefined;

  constructor(running: RunningStep, context: RuleContext) {
    this.running = running;
    this.#context = context;
  }

  get commands(): readonly Command[] {
    const script = this.#context.scripts.of(this.running.step);
    this.#commands ??= (script?.parsed()?.commands ?? []).map((command) => ({
      words: commandWords(command),
      range: script?.range(command.start, command.end) ?? { start: 0, end: 0 },
    }));
    return this.#commands;
  }

  /** Whether what it does can not be told. */
  get opaque(): boolean {
    return isOpaque(this.running, this.#context);
  }

  /** Its commands if one of them may install a scanner, else none. */
  get installing(): readonly Command[] {
    const { run } = this.running.step;
    if (!run || !mayHaveWord(run, scannerPackages)) return [];
    return mayHaveWord(run, Object.keys(installers)) ? this.commands : [];
  }
}

function reportInstalled(
  job: Job,
  steps: readonly Read[],
  context: RuleContext,
  report: Report<Data>,
): void {
  const seen = new Set<string>();
  for (const [index, { running, installing }] of steps.entries()) {
    const { step } = running;
    const set = setUpBy(actionName(step));
    const installed = [
      ...(set && step.uses ? [{ scanner: set, range: step.uses.node }] : []),
      ...installing.flatMap(({ words, range }) =>
        installedBy(words).map((scanner) => ({ scanner, range })),
      ),
    ];
    for (const { scanner, range } of installed) {
      const nag = scanner === 'cdk-nag';
      const used = nag ? addsAspect(context) : isUsed(scanner, steps.slice(index));
      if (used || seen.has(scanner)) continue;
      seen.add(scanner);
      report({
        at: {
          file: fileOf(step),
          range,
          label: nag ? 'only installed' : 'installed, and that is all',
        },
        data: { cause: nag ? 'no-aspect' : 'never-run', what: scanner, target: null },
        subject: { workflow: job.workflow, job, step },
      });
    }
  }
}

/** Whether a later step starts a scanner, or may: by a task or script that is not looked into. */
function isUsed(scanner: string, steps: readonly Read[]): boolean {
  return steps.some(
    (read) =>
      read.opaque ||
      (read.running.step.uses?.value.includes(scanner) &&
        setUpBy(actionName(read.running.step)) === undefined) ||
      read.commands.some(
        ({ words }) =>
          starts(scanner, words) ||
          commandDeeds(words).some((deed) => deed.byName) ||
          /^(?:pre-commit|tox|nox|make|just|task)$/.test(words[0] ?? ''),
      ),
  );
}

/** Whether any file of the repository speaks of the Aspect: the app itself is not among them. */
function addsAspect({ repository }: RuleContext): boolean {
  return repository.input.files.some((file) =>
    /Aspects\.of|AwsSolutionsChecks|NagPack|cdk_nag/.test(file.text),
  );
}

const scanNames =
  /\bscan(?:s|ning|ner)?\b|\b(?:security|vulnerabilit(?:y|ies)|sast|dast)\b.*\b(?:checks?|audit|gate|tests?|analysis)\b/i;
const otherNames =
  /\b(?:results?|summar\w+|reports?|upload|download|notify|notification|install|set ?up|prepare|wait|status|comment|cache|configure|enable|skip\w*|print|show|display|log|parse|summary|tag|name)\b/i;
/** Commands that look at nothing. */
const idle = /^(?:echo|printf|cd|mkdir|ls|pwd|true|:|exit|sleep|set|export|date|apt-get|apt)$/;

function reportNamed(
  job: Job,
  steps: readonly Read[],
  context: RuleContext,
  report: Report<Data>,
): void {
  const scans = actsOf(job, context).filter((act) => act.kind === 'scan');
  for (const read of steps) {
    const { step } = read.running;
    const name = step.name;
    if (!name || !step.run) continue;
    if (!scanNames.test(name.value) || otherNames.test(name.value)) continue;
    if (read.opaque || read.commands.length === 0) continue;
    // A step that only says that the scan before it passed.
    if (scans.some((act) => act.running.step.node.start < step.node.start)) continue;
    if (!read.commands.every(({ words }) => isIdle(words))) continue;
    report({
      at: { file: fileOf(step), range: name.via ?? name.node, label: 'a scan by name only' },
      data: { cause: 'nothing', what: name.value, target: null },
      confidence: 'high',
      subject: { workflow: job.workflow, job, step },
    });
  }
}

function isIdle(words: readonly string[]): boolean {
  const [program = '', verb] = words;
  // What installs a scanner is reported as such.
  return (
    idle.test(program) ||
    (/^(?:npm|yarn|pnpm|pip3?)$/.test(program) &&
      /^(?:ci|install)$/.test(verb ?? '') &&
      installedBy(words).length === 0)
  );
}

/** Folders that are made by a build and never checked in. */
const generated = /^(?:\.\/)?(cdk\.out|\.aws-sam)(?:\/|$)/;

function reportUntargeted(job: Job, context: RuleContext, report: Report<Data>): void {
  const acts = actsOf(job, context);
  const steps = runningSteps(job, context.repository);
  for (const act of acts) {
    const target = act.call?.words
      .slice(1)
      .map((word) => generated.exec(word)?.[1])
      .find(Boolean);
    if (!target || (act.kind !== 'scan' && act.tool !== 'cfn-lint')) continue;
    const made = acts
      .slice(0, acts.indexOf(act))
      .some(({ kind, byName }) => byName || kind === 'build' || kind === 'deploy');
    const brought = steps
      .slice(0, steps.indexOf(act.running))
      .some(
        (one) =>
          isOpaque(one, context) ||
          /artifact|cache/i.test(one.step.uses?.value ?? '') ||
          /\bsynth\b|\bbuild\b|make\b/.test(one.step.run?.value ?? ''),
      );
    if (made || brought) continue;
    report({
      at: { file: act.file, range: act.range, label: 'nothing is there' },
      data: { cause: 'no-target', what: act.tool, target },
      subject: { workflow: job.workflow, job, step: act.running.step },
    });
  }
}
