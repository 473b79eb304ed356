import type { CredentialStep } from '../../credentials/step.ts';
import { fileOf } from '../../workflow/model.ts';
import { placeOfStep, placeOfText } from '../places.ts';
import { defineRule, type Rule } from '../rule.ts';

type Data = {
  /** Steps of the file that retry. */
  steps: number;
  /** Attempts of the first one; null when an expression decides. */
  attempts: number | null;
  /** Why: nothing set, a number set, or the workaround that switches retries on. */
  because: 'default' | 'retry-max-attempts' | 'special-characters-workaround';
};

/** Attempts of configure-aws-credentials unless something else is set, and the most that we let pass. */
const defaultAttempts = 12;
const fewAttempts = 3;

/**
 * configure-aws-credentials tries every error again, AccessDenied too: twelve attempts with random
 * waits of up to 2^n * 50 ms, about 100 s on average and 205 s at most, before a refusal is shown
 * that no retry can change.
 * Source: https://github.com/aws-actions/configure-aws-credentials (`retry-max-attempts`, `src/helpers.ts` v6.2.3)
 */
export const rule: Rule = defineRule<Data>({
  id: 'retry-masks-denial',
  title: 'A refusal by AWS is retried for minutes',
  severity: 'info',
  confidence: 'high',
  plane: 'authentication',
  check({ credentials }, report) {
    const byFile = new Map<string, CredentialStep[]>();
    for (const found of credentials.steps) {
      if (!found.known || found.method !== 'oidc' || !retries(found)) continue;
      const { path } = fileOf(found.step);
      byFile.set(path, [...(byFile.get(path) ?? []), found]);
    }
    for (const found of byFile.values()) {
      const [first] = found;
      if (!first) continue;
      const input = causeOf(first);
      report({
        at: input
          ? placeOfText(input, 'every error is tried again')
          : placeOfStep(first.step, 'every error is tried again'),
        data: {
          steps: new Set(found.map((one) => one.step)).size,
          attempts: attemptsOf(first) ?? null,
          because: because(first),
        },
        subject: { step: first.step, ...(first.frame.job ? { job: first.frame.job } : {}) },
      });
    }
  },
  message: ({ steps, attempts, because: cause }) => {
    const times = attempts === null ? 'several times' : `${attempts} times`;
    const more = steps > 1 ? ` (as in ${steps - 1} more of this file)` : '';
    const why = cause === 'default' ? 'by default' : `because of "${cause}"`;
    return `a refusal by AWS is tried ${times} ${why}${more}, which hides a permanent denial for minutes`;
  },
  help: ({ because: cause }) =>
    cause === 'special-characters-workaround'
      ? 'remove "special-characters-workaround": it switches retries on whatever "disable-retry" says'
      : 'add "disable-retry: true", or "retry-max-attempts: 3" where throttling is expected',
});

function retries(step: CredentialStep): boolean {
  if (isTrue(step, 'special-characters-workaround')) return true;
  if (isTrue(step, 'disable-retry')) return false;
  const given = step.input('retry-max-attempts');
  if (!given) return !step.input('disable-retry')?.text.value.includes('${{');
  const attempts = Number(given.text.value);
  // An expression may well be a small number.
  return Number.isFinite(attempts) && attempts > fewAttempts;
}

function because(step: CredentialStep): Data['because'] {
  if (isTrue(step, 'special-characters-workaround')) return 'special-characters-workaround';
  return step.input('retry-max-attempts') ? 'retry-max-attempts' : 'default';
}

function causeOf(step: CredentialStep): ReturnType<CredentialStep['input']> {
  const cause = because(step);
  return cause === 'default' ? undefined : step.input(cause);
}

function attemptsOf(step: CredentialStep): number | undefined {
  if (isTrue(step, 'special-characters-workaround')) return defaultAttempts;
  const given = step.input('retry-max-attempts');
  return given ? Number(given.text.value) : defaultAttempts;
}

function isTrue(
  step: CredentialStep,
  name: 'disable-retry' | 'special-characters-workaround',
): boolean {
  return /^true$/i.test(step.input(name)?.text.value ?? '');
}
