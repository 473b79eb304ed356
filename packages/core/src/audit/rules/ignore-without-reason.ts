import { defineRule, type Rule } from '../rule.ts';

/**
 * A suppression that says nothing about why. It hides nothing: a risk is taken on purpose only if
 * somebody wrote down the purpose, where the next reader finds it.
 * Source: docs/rules/ignore-without-reason.md
 */
export const rule: Rule = defineRule<{ comment: string; rules: string[] }>({
  id: 'ignore-without-reason',
  title: 'Suppression without a reason',
  severity: 'low',
  confidence: 'high',
  after: true,
  check({ suppressions }, report) {
    for (const suppression of suppressions?.all ?? []) {
      if (suppression.reason !== '') continue;
      const { file, range } = suppression;
      report({
        at: {
          file,
          range: { start: range.start, end: trimmed(file.text, range) },
          label: 'no reason behind the bracket',
        },
        data: {
          comment: file.text.slice(range.start, range.end).trim(),
          rules: [...suppression.rules],
        },
      });
    }
  },
  message: ({ comment }) => `"${comment}" gives no reason, so it hides nothing`,
  help: ({ rules }) =>
    `write why behind the bracket: \`# sallyport: ignore[${rules.join(', ') || 'rule-id'}] the reason\`, or delete the comment`,
});

function trimmed(text: string, { start, end }: { start: number; end: number }): number {
  return start + text.slice(start, end).trimEnd().length;
}
