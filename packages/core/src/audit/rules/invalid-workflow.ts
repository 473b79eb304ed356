import { sourceFile } from '../../text/source.ts';
import { invalidInputs } from '../input.ts';
import { defineRule, type Rule } from '../rule.ts';

/**
 * A file that GitHub would refuse, or that cannot be read. GitHub runs nothing of an invalid
 * workflow, so the gates in it do not run either; and what we cannot read we do not vouch for.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
 */
export const rule: Rule = defineRule<{ code: string; problem: string; examined: boolean }>({
  id: 'invalid-workflow',
  title: 'Workflow or action file that cannot be examined',
  severity: 'high',
  confidence: 'high',
  check({ repository }, report) {
    for (const input of invalidInputs(repository)) {
      const file = input.file ?? sourceFile(input.path, '');
      report({
        at: { file, range: input.range ?? { start: 0, end: 0 }, label: input.message },
        data: { code: input.code, problem: input.message, examined: !input.fatal },
        severity: input.fatal || input.code === 'yaml-duplicate-key' ? 'high' : 'medium',
      });
    }
  },
  message: ({ code, problem, examined }) =>
    `${examined ? 'GitHub refuses this file' : 'the file could not be examined'}: ${problem} (${code})`,
  help: ({ examined }) =>
    examined
      ? 'correct the value; GitHub refuses workflows of the wrong shape, and nothing in them runs'
      : 'correct the file: GitHub runs nothing of it, and no gate in it protects anything',
});
