import { replaceValue } from '../../text/map-edit.ts';
import { fileOf, inputOf } from '../../workflow/model.ts';
import { EditSet, type Fixer } from '../proposal.ts';
import { quoted } from '../scalar.ts';

/** Joins an ARN that a folded scalar or a line break has split. */
export const fix: Fixer = (finding) => {
  const { step } = finding.subject;
  const role = step && inputOf(step, 'role-to-assume');
  if (finding.data['problem'] !== 'blank' || !step || !role || role.via)
    return { refused: 'write the ARN as arn:aws:iam::ACCOUNT:role/NAME' };
  // Blanks inside expressions are part of the expression.
  const joined = role.value.replaceAll(/\$\{\{.*?\}\}|\s+/gs, (match) =>
    match.startsWith('$') ? match : '',
  );
  const { text } = fileOf(step);
  const set = new EditSet();
  const block = role.node.style === 'literal' || role.node.style === 'folded';
  // A block scalar's node starts at its first line; its header stands behind the key.
  const start = block ? headerOf(text, role.node.start) : role.node.start;
  set.add(fileOf(step), { ...replaceValue(text, role.node, quoted(joined)), start });
  return { title: 'write the ARN without the blank', safe: true, edits: set.edits };
};

function headerOf(text: string, contentStart: number): number {
  const line = text.lastIndexOf('\n', Math.max(0, contentStart - 2)) + 1;
  const header = /[|>][-+\d]*[ \t]*(?:#.*)?\r?$/.exec(
    text.slice(line, contentStart).replace(/\r?\n$/, ''),
  );
  return header ? line + header.index : contentStart;
}
