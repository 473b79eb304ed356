import { asScalar, asSeq } from '../text/node.ts';
import type { Step } from './model.ts';

/** The languages that `run:` can be written in, as far as we tell them apart. */
export type Shell = 'bash' | 'sh' | 'pwsh' | 'powershell' | 'cmd' | 'python' | 'other';

/**
 * The shell of a `run:` step: its own, the job's default, the workflow's, else by the runner's
 * system. `explicit` matters because GitHub adds `pipefail` only to a bash that is asked for.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
 */
export function shellOf(step: Step): {
  readonly shell: Shell;
  readonly explicit: boolean;
  readonly template?: string;
} {
  const given =
    step.shell ??
    (step.owner.kind === 'job'
      ? (step.owner.defaultShell ?? step.owner.workflow.defaultShell)
      : undefined);
  if (given) return { shell: named(given.value), explicit: true, template: given.value };
  const windows = step.owner.kind === 'job' && runsOnWindows(step);
  return { shell: windows ? 'pwsh' : 'bash', explicit: false };
}

function named(text: string): Shell {
  const program = /^[^\s]+/.exec(text.trim())?.[0].split(/[\\/]/).at(-1)?.toLowerCase() ?? '';
  const known: Record<string, Shell> = {
    bash: 'bash',
    sh: 'sh',
    pwsh: 'pwsh',
    powershell: 'powershell',
    cmd: 'cmd',
    python: 'python',
    python3: 'python',
    zsh: 'bash',
    dash: 'sh',
  };
  return known[program.replace(/\.exe$/, '')] ?? 'other';
}

function runsOnWindows(step: Step): boolean {
  if (step.owner.kind !== 'job') return false;
  const node = step.owner.runsOn;
  const labels = asSeq(node)?.items.map((item) => asScalar(item)?.text) ?? [asScalar(node)?.text];
  return labels.some((label) => label !== undefined && /^windows(?:-|$)/i.test(label));
}
