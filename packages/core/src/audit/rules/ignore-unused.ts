import { nearest } from '../../text/nearest.ts';
import type { RuleContext } from '../rule.ts';
import { defineRule, type Rule } from '../rule.ts';
import type { Suppression, SuppressionState } from '../suppress.ts';

type Reason = 'nothing-found' | 'unknown-rule' | 'not-suppressible' | 'no-rule';

type Data = {
  name: string;
  reason: Reason;
  nearest: string | null;
  firstLine: number;
  lastLine: number;
};

/**
 * A suppression that hides nothing: what it speaks of is gone, stands elsewhere, or was never a
 * rule. Left standing it would hide the next finding at that place, for a reason that no longer
 * holds.
 * Source: docs/rules/ignore-unused.md
 */
export const rule: Rule = defineRule<Data>({
  id: 'ignore-unused',
  title: 'Suppression that hides nothing',
  severity: 'low',
  confidence: 'high',
  after: true,
  check(context, report) {
    const { suppressions } = context;
    if (!suppressions) return;
    const unread = unreadFiles(context);
    for (const suppression of suppressions.all) {
      // The other rule speaks of comments without a reason, and nothing was examined in broken files.
      if (suppression.reason === '' || unread.has(suppression.file.path)) continue;
      for (const { name, reason } of idle(suppression, suppressions)) {
        report({
          at: { file: suppression.file, range: placeOf(suppression, name), label: labels[reason] },
          data: {
            name,
            reason,
            nearest:
              reason === 'unknown-rule' ? (nearest(name, suppressions.rules.ids) ?? null) : null,
            firstLine: suppression.firstLine,
            lastLine: suppression.lastLine,
          },
        });
      }
    }
  },
  message({ name, reason, nearest: close, firstLine, lastLine }) {
    const lines =
      firstLine === lastLine ? `line ${firstLine}` : `lines ${firstLine} to ${lastLine}`;
    switch (reason) {
      case 'nothing-found':
        return `the suppression of "${name}" hides nothing: the rule reports nothing on ${lines}`;
      case 'unknown-rule':
        return `the suppression names "${name}", which is no rule${close === null ? '' : `; did you mean "${close}"?`}`;
      case 'not-suppressible':
        return `findings of "${name}" cannot be hidden by a comment`;
      case 'no-rule':
        return 'the suppression names no rule between its brackets';
    }
  },
  help({ name, reason, nearest: close }) {
    if (reason === 'unknown-rule' && close !== null)
      return `write "${close}" instead of "${name}", or delete the comment`;
    if (reason === 'no-rule')
      return 'name the rule: `# sallyport: ignore[rule-id] the reason`, or delete the comment';
    if (reason === 'unknown-rule')
      return 'name one of the rules in docs/rules, or delete the comment';
    return `delete "${name}" from the comment, or the whole comment if nothing else stands in it`;
  },
});

const labels: Record<Reason, string> = {
  'nothing-found': 'hides nothing',
  'unknown-rule': 'no rule has this name',
  'not-suppressible': 'cannot be hidden',
  'no-rule': 'no rule is named',
};

function idle(
  suppression: Suppression,
  state: SuppressionState,
): { name: string; reason: Reason }[] {
  if (suppression.rules.length === 0) return [{ name: '', reason: 'no-rule' }];
  return suppression.rules.flatMap((name): { name: string; reason: Reason }[] => {
    if (!state.rules.ids.includes(name)) return [{ name, reason: 'unknown-rule' }];
    if (name === 'ignore-unused' || name === 'ignore-without-reason')
      return [{ name, reason: 'not-suppressible' }];
    // A rule that is switched off, or not asked for this time, found nothing because it did not look.
    if (!state.rules.ran(name) || state.used(suppression, name)) return [];
    return [{ name, reason: 'nothing-found' }];
  });
}

/** The name within the comment, so that one of several can be told from the others. */
function placeOf({ file, range }: Suppression, name: string): { start: number; end: number } {
  const text = file.text.slice(range.start, range.end);
  const open = text.indexOf('[');
  const close = text.indexOf(']', open);
  const at = name === '' ? -1 : text.slice(0, close).indexOf(name, open);
  if (at === -1) return { start: range.start + open, end: range.start + close + 1 };
  return { start: range.start + at, end: range.start + at + name.length };
}

function unreadFiles({ repository }: RuleContext): Set<string> {
  const unread = repository.parsed.filter((parsed) =>
    parsed.problems.some((problem) => problem.fatal),
  );
  return new Set(unread.map((parsed) => parsed.file.path));
}
