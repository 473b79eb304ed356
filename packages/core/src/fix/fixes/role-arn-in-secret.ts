import { fileOf, inputOf } from '../../workflow/model.ts';
import { EditSet, textOf, type Fixer } from '../proposal.ts';

/** Reads the role from a variable of the same name. Unsafe: the variable must exist first. */
export const fix: Fixer = (finding) => {
  const { step } = finding.subject;
  const role = step && inputOf(step, 'role-to-assume');
  const secret = textOf(finding, 'secret');
  const written = role?.value.match(/^\$\{\{\s*secrets\.([A-Za-z_]\w*)\s*\}\}$/)?.[1];
  if (!step || !role || written === undefined || written.toLowerCase() !== secret.toLowerCase()) {
    return { refused: 'the secret is read in a larger expression, or elsewhere' };
  }
  const { text } = fileOf(step);
  const at = text.indexOf('secrets.', role.node.start);
  if (at === -1 || at >= role.node.end)
    return { refused: 'the expression is written over several lines' };
  const set = new EditSet();
  set.add(fileOf(step), { start: at, end: at + 'secrets'.length, text: 'vars' });
  return {
    title: 'read the role from a variable',
    safe: false,
    reason: `the variable "${written}" must hold the ARN first`,
    edits: set.edits,
    todos: [{ kind: 'variable', name: written, stage: null }],
  };
};
