import { cut } from '../../workflow/template.ts';
import { EditSet, textOf, type Fixer } from '../proposal.ts';

/** Reads a name that can exist. Unsafe: nobody knows yet whether it does. */
export const fix: Fixer = (finding) => {
  const { workflow } = finding.subject;
  const secret = textOf(finding, 'secret');
  const allowed = secret.replace(/^GITHUB_/i, '');
  if (
    !workflow ||
    finding.data['problem'] !== 'prefix' ||
    finding.data['declared'] === true ||
    !/^[A-Za-z_]\w*$/.test(allowed)
  ) {
    return { refused: 'choose a name that GitHub allows' };
  }
  const set = new EditSet();
  const { text } = workflow.file;
  const name = new RegExp(`(secrets\\s*(?:\\.\\s*|\\[\\s*'))${secret}\\b`, 'gi');
  for (const part of cut(text)) {
    if (part.kind !== 'expression') continue;
    for (const match of text.slice(part.start, part.end).matchAll(name)) {
      const start = part.start + match.index + (match[1] ?? '').length;
      set.add(workflow.file, { start, end: start + secret.length, text: allowed });
    }
  }
  if (set.edits.size === 0) return { refused: 'the secret is read through a computed name' };
  return {
    title: `read the secret "${allowed}" instead`,
    safe: false,
    reason: `a secret named "${allowed}" must be created first`,
    edits: set.edits,
  };
};
