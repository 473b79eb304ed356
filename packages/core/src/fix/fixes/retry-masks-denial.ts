import { addPairs } from '../../text/map-edit.ts';
import { asMap } from '../../text/node.ts';
import { fileOf, inputOf } from '../../workflow/model.ts';
import { EditSet, type Fixer } from '../proposal.ts';

/** Lets every credential step of the file give up after three attempts. */
export const fix: Fixer = (finding, { credentials }) => {
  const file = finding.locations[0].file;
  const set = new EditSet();
  if (finding.data['because'] !== 'default')
    return { refused: 'an input of the step asks for the retries' };
  const seen = new Set<unknown>();
  for (const found of credentials.steps) {
    const { step, known, method } = found;
    const block = asMap(step.with.node);
    if (!known || method !== 'oidc' || fileOf(step).path !== file || seen.has(step) || !block)
      continue;
    seen.add(step);
    const decided = (['disable-retry', 'retry-max-attempts'] as const).some(
      (name) => found.input(name) ?? inputOf(step, name),
    );
    if (decided) continue;
    set.add(
      fileOf(step),
      addPairs(fileOf(step).text, block, [{ key: 'retry-max-attempts', value: '3' }]),
    );
  }
  if (set.failed || set.edits.size === 0)
    return { refused: 'the steps leave no place for the input' };
  return { title: 'give up after three attempts', safe: true, edits: set.edits };
};
