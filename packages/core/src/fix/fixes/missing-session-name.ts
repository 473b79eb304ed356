import { addPairs } from '../../text/map-edit.ts';
import { asMap } from '../../text/node.ts';
import { entryOf, fileOf } from '../../workflow/model.ts';
import { EditSet, type Fixer } from '../proposal.ts';
import { sessionName } from '../role-name.ts';

/** Adds a session name that shows the stage and the run. */
export const fix: Fixer = (finding, { repository }) => {
  const { step } = finding.subject;
  const block = asMap(step?.with.node);
  if (finding.data['problem'] !== 'missing' || !step || !block)
    return { refused: 'choose a name that AWS accepts' };
  const job = step.owner.kind === 'job' ? step.owner : undefined;
  const name = sessionName(job, repository);
  const set = new EditSet();
  const role = entryOf(step.with, 'role-to-assume', true)?.pair;
  const value = block.flow ? `"${name}"` : name;
  set.add(
    fileOf(step),
    addPairs(fileOf(step).text, block, [{ key: 'role-session-name', value }], role),
  );
  if (set.failed) return { refused: 'the step has no inputs to stand beside' };
  return { title: 'name the session by stage and run', safe: true, edits: set.edits };
};
