import { defineRule, type Rule } from '../rule.ts';

/**
 * `on: release: types: [created]`. GitHub sends `created` neither for a draft nor when that draft is
 * published, so a release that is prepared as a draft runs nothing at all; `published` fires for
 * both ways.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#release
 */
export const rule: Rule = defineRule<{ types: readonly string[] }>({
  id: 'release-created-skips-drafts',
  title: 'Release trigger that a published draft does not fire',
  severity: 'medium',
  confidence: 'high',
  check({ repository }, report) {
    for (const workflow of repository.workflows) {
      for (const { event, types = [] } of workflow.triggers) {
        const created = types.find((type) => type.value === 'created');
        if (event !== 'release' || !created) continue;
        if (types.some((type) => covering.has(type.value))) continue;
        report({
          at: { file: workflow.file, range: created.node, label: 'not sent for drafts' },
          data: { types: types.map((type) => type.value) },
          subject: { workflow },
        });
      }
    }
  },
  message: ({ types }) =>
    `\`release: types: [${types.join(', ')}]\` does not run for a release that was saved as a draft and published later`,
  help: () => 'use `types: [published]`, which fires for published drafts and for direct releases',
});

/** Types that GitHub sends when a draft is published. */
const covering = new Set(['published', 'released', 'prereleased']);
