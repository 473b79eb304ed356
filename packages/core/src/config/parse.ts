import { SallyportError } from '../errors/error.ts';
import { parseYaml } from '../text/parse.ts';
import { sourceFile } from '../text/source.ts';
import type { Config } from './config.ts';
import { explainIssue } from './issue.ts';
import { checkReferences } from './references.ts';
import { configSchema } from './schema.ts';
import { keyAt, nodeAt, plainValue } from './value.ts';

/**
 * Reads a configuration text; `rules` are the ids that may stand under `audit.rules`.
 * @throws SallyportError `CONFIG_INVALID`, at the first problem in the file
 */
export function parseConfig(text: string, path: string, rules: readonly string[]): Config {
  const file = sourceFile(path, text);
  const fail = (offset: number, problem: string, cure: string): never => {
    throw new SallyportError('CONFIG_INVALID', {
      path,
      ...file.lines.position(offset),
      problem,
      cure,
    });
  };
  const { root, problems } = parseYaml(file.text);
  const [broken] = problems;
  if (broken) return fail(broken.range.start, broken.message, 'correct the YAML');
  if (!root) return fail(0, 'the file is empty', 'write at least `version: 1`, or remove the file');
  const value = plainValue(root);
  if ('problem' in value)
    return fail(value.at.start, value.problem, 'write names as keys, each once');
  const parsed = configSchema.safeParse(value.value);
  const wrong = parsed.success
    ? checkReferences(parsed.data, rules)
    : parsed.error.issues.flatMap((issue) => explainIssue(issue, configSchema, value.value));
  const placed = wrong
    .map((one) => ({
      ...one,
      offset: (one.atKey ? keyAt(root, one.path) : nodeAt(root, one.path)).start,
    }))
    .toSorted((a, b) => a.offset - b.offset);
  const [first] = placed;
  if (first) return fail(first.offset, first.problem, first.cure);
  if (!parsed.success)
    return fail(0, 'the configuration is not valid', 'see docs/reference/config.md');
  return parsed.data;
}
