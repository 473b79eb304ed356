import { inputOf, type Text } from '../workflow/model.ts';
import type { Act } from './acts.ts';

/** What tells a scanner not to fail, whatever it finds. */
export interface Lenience {
  /** As written: `exit-code: 0`, `--soft-fail`. */
  readonly words: string;
  /** The input that says so; undefined for the words of a command. */
  readonly input?: Text;
}

/**
 * Inputs of actions by the values that switch the failure off. Sources: the `action.yml` of
 * aquasecurity/trivy-action, bridgecrewio/checkov-action, anchore/scan-action, aquasecurity/tfsec-action,
 * hadolint/hadolint-action, actions/dependency-review-action and checkmarx/kics-github-action.
 */
const inputs: readonly (readonly [action: RegExp, input: string, value: RegExp])[] = [
  [/trivy-action$/, 'exit-code', /^0$/],
  [/checkov-action$/, 'soft_fail', /^true$/i],
  [/^anchore\/scan-action$/, 'fail-build', /^false$/i],
  [/tfsec-[\w-]*action$/, 'soft_fail', /^true$/i],
  [/hadolint-action$/, 'no-fail', /^true$/i],
  [/dependency-review-action$/, 'warn-only', /^true$/i],
  [/kics-github-action$/, 'ignore_on_exit', /^(?:all|results)$/i],
  [/docker\/scout-action$/, 'exit-code', /^false$/i],
  [/gosec$/, 'args', /-no-fail\b/],
];

/** Flags of commands. */
const flags: readonly (readonly [tool: RegExp, flag: RegExp])[] = [
  [/^trivy /, /^--exit-code(?:=0)?$/],
  [/^(?:checkov|tfsec|terrascan scan)$/, /^(?:--soft-fail|-s)$/],
  [/^bandit$/, /^--exit-zero$/],
  [/^hadolint$/, /^--no-fail$/],
  [/^gitleaks /, /^--exit-code(?:=0)?$/],
  [/^kics scan$/, /^--ignore-on-exit(?:=all|=results)?$/],
  [/^gosec$/, /^-no-fail$/],
];

/** What tells the scanner of an act not to fail; undefined when nothing plainly does. */
export function lenience(act: Act): Lenience | undefined {
  if (act.kind !== 'scan') return undefined;
  if (!act.call) return byInput(act);
  const { words } = act.call;
  for (const [tool, flag] of flags) {
    if (!tool.test(act.tool)) continue;
    const at = words.findIndex((word) => flag.test(word));
    const word = words[at];
    if (word === undefined) continue;
    if (/=|-s$|soft-fail|exit-zero|no-fail/.test(word)) return { words: word };
    const value = words[at + 1] ?? '';
    if (/^(?:0|all|results)$/.test(value)) return { words: `${word} ${value}` };
  }
  return undefined;
}

function byInput({ tool, running }: Act): Lenience | undefined {
  for (const [action, name, value] of inputs) {
    const input = action.test(tool) ? inputOf(running.step, name) : undefined;
    if (input && value.test(input.value.trim())) {
      return { words: `${name}: ${input.value.trim()}`, input };
    }
  }
  return undefined;
}
