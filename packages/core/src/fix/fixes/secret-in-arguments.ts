import type { ShellPart, ShellScript } from '../../script/shell.ts';
import { addPairs } from '../../text/map-edit.ts';
import { asMap, pairOf } from '../../text/node.ts';
import { entryOf, fileOf, type Step } from '../../workflow/model.ts';
import type { StepScript } from '../../workflow/scripts.ts';
import { EditSet, textOf, type Fixer } from '../proposal.ts';

/**
 * Moves a secret that is pasted into a bash script into the step's `env:`. The script then reads a
 * variable, so that a quote or a `$` in the value stays a character.
 */
export const fix: Fixer = (finding, { scripts }) => {
  const { step } = finding.subject;
  const script = step && scripts.of(step);
  const parsed = script?.parsed();
  const written = textOf(finding, 'written');
  const secret = /^\$\{\{\s*secrets\.([A-Za-z_]\w*)\s*\}\}$/.exec(written)?.[1];
  if (!step || !script || finding.data['by'] !== 'expression' || secret === undefined) {
    return { refused: 'only `${{ secrets.NAME }}` in a script can be moved' };
  }
  if (!parsed?.complete) return { refused: 'the script is not one that can be read whole' };
  const name = variableFor(step, secret, written, parsed);
  if (name === undefined) return { refused: `the script has a variable "${secret}" of its own` };
  const places = placesOf(parsed, secret);
  if (!places) {
    return { refused: 'the secret stands where the shell expands no variable (single quotes)' };
  }
  const set = new EditSet();
  const file = fileOf(step);
  for (const { start, end, quote } of places) {
    const range = script.range(start, end);
    const reference = quote === 'none' ? `"$${name}"` : `\${${name}}`;
    set.add(file, { ...range, text: reference });
  }
  if (!entryOf(step.env, name)) set.add(file, envEdit(step, name, secret, script));
  if (set.failed) return { refused: 'the step leaves no place for an env:' };
  return {
    title: `read "${secret}" from the environment`,
    safe: true,
    edits: set.edits,
  };
};

/** The variable that holds the secret already, else one of its name; undefined when that is taken. */
function variableFor(
  step: Step,
  secret: string,
  written: string,
  script: ShellScript,
): string | undefined {
  const held = step.env.items.find((entry) => entry.value?.value.trim() === written);
  if (held) return held.name;
  const taken =
    entryOf(step.env, secret) !== undefined ||
    script.assignments.some((one) => one.name === secret) ||
    script.variables.some((one) => one.name === secret);
  return taken ? undefined : secret;
}

interface PastePlace {
  readonly start: number;
  readonly end: number;
  readonly quote: 'none' | 'double';
}

/** Every place of the secret in the script; undefined when one of them would stay as it is. */
function placesOf(script: ShellScript, secret: string): PastePlace[] | undefined {
  const same = new RegExp(`^\\s*secrets\\.${secret}\\s*$`, 'i');
  const parts = new Map<number, ShellPart>();
  const note = (list: readonly ShellPart[] | undefined): void => {
    for (const part of list ?? []) if (part.kind === 'expression') parts.set(part.start, part);
  };
  for (const command of script.commands) {
    for (const word of [command.name, ...command.args]) note(word?.parts);
    for (const redirect of command.redirects) note(redirect.target?.parts);
  }
  for (const assignment of script.assignments) note(assignment.value?.parts);
  const found: PastePlace[] = [];
  for (const expression of script.expressions) {
    if (!same.test(expression.source)) continue;
    const part = parts.get(expression.start);
    const heredoc = script.heredocs.find(
      (one) => one.start <= expression.start && expression.end <= one.end,
    );
    if (part?.quote === 'none' || part?.quote === 'double') {
      found.push({ start: part.start, end: part.end, quote: part.quote });
    } else if (heredoc && !heredoc.quoted) {
      found.push({ start: expression.start, end: expression.end, quote: 'double' });
    } else return undefined;
  }
  return found;
}

function envEdit(
  step: Step,
  name: string,
  secret: string,
  script: StepScript,
): ReturnType<typeof addPairs> {
  const { text } = fileOf(script.step);
  const value = `\${{ secrets.${secret} }}`;
  const env = asMap(step.env.node);
  if (env && env.pairs.length > 0) {
    return addPairs(text, env, [{ key: name, value: env.flow ? `"${value}"` : value }]);
  }
  const run = pairOf(step.node, 'run');
  if (step.env.node || step.node.flow || !run) return undefined;
  return addPairs(text, step.node, [{ key: 'env', value: [{ key: name, value }] }], run);
}
