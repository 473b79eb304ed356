import { replaceValue } from '../../text/map-edit.ts';
import { fileOf, inputOf } from '../../workflow/model.ts';
import { EditSet, type Fixer } from '../proposal.ts';

/** Asks for the hour that STS gives; the longer session was never granted. */
export const fix: Fixer = (finding) => {
  const { step } = finding.subject;
  const duration = step && inputOf(step, 'role-duration-seconds');
  if (!step || !duration || !(Number(duration.value) > 3600))
    return { refused: 'the duration comes from elsewhere' };
  const set = new EditSet();
  set.add(fileOf(step), replaceValue(fileOf(step).text, duration.node, '3600'));
  return { title: 'ask for one hour', safe: true, edits: set.edits };
};
