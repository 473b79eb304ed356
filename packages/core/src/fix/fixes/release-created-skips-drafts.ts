import { replaceValue } from '../../text/map-edit.ts';
import { EditSet, type Fixer } from '../proposal.ts';

/** Listens to `published`. Unsafe: drafts and pre-releases then start the workflow too. */
export const fix: Fixer = (finding) => {
  const { workflow } = finding.subject;
  const trigger = workflow?.triggers.find((one) => one.event === 'release');
  const created = trigger?.types?.find((type) => type.value === 'created');
  if (!workflow || !created || trigger?.types?.some((type) => type.value === 'published'))
    return { refused: 'choose the types of release that shall deploy' };
  const set = new EditSet();
  set.add(workflow.file, replaceValue(workflow.file.text, created.node, 'published'));
  return {
    title: 'start on `published` releases',
    safe: false,
    reason: 'releases that were drafts, and pre-releases, then start the workflow too',
    edits: set.edits,
  };
};
