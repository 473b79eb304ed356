import type { ShellPart, ShellScript, ShellWord } from '../script/shell.ts';
import type { Step, Text } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import type { Frame } from './frame.ts';
import { originsOf, originsOfEnv, type Origin } from './origin.ts';

const maxDepth = 6;

/** Where the value of a word comes from: literals, expressions, variables of the script and of the environment. */
export function wordOrigins(
  word: ShellWord | undefined,
  script: ShellScript,
  step: Step,
  frames: readonly Frame[],
  repository: Repository,
  depth = 0,
): Origin[] {
  if (!word) return [computed('no value')];
  if (word.literal) return [{ kind: 'literal', value: word.text, trail: [] }];
  const found = word.parts.flatMap((part) =>
    partOrigins(part, script, step, frames, repository, depth),
  );
  return found.length > 0 ? found : [computed(word.text)];
}

function partOrigins(
  part: ShellPart,
  script: ShellScript,
  step: Step,
  frames: readonly Frame[],
  repository: Repository,
  depth: number,
): Origin[] {
  switch (part.kind) {
    case 'text':
    case 'arithmetic':
      return [];
    case 'expression': {
      const expression = script.expressions[part.index];
      return expression ? fromExpression(`\${{${expression.source}}}`, frames, repository) : [];
    }
    case 'substitution':
      // What a command prints: the step as a whole says whether it makes keys or sessions.
      return [{ kind: 'step-output', step, name: '', trail: [] }];
    case 'variable': {
      const assigned = script.assignments.filter(
        (one) => one.name === part.name && one.value && one.origin !== 'attribute',
      );
      if (assigned.length > 0 && depth < maxDepth) {
        return assigned.flatMap((one) =>
          wordOrigins(one.value, script, step, frames, repository, depth + 1),
        );
      }
      // Also where a variable is made of itself: what it was before came from the environment.
      return frames.flatMap((frame) => originsOfEnv(part.name, frame, repository));
    }
  }
}

/** Where a piece of text comes from whose `${{ }}` and `$NAME` are as written. */
export function valueOrigins(
  text: string,
  step: Step,
  frames: readonly Frame[],
  repository: Repository,
): Origin[] {
  if (text.includes('${{')) return fromExpression(text, frames, repository);
  if (/\$\(|`/.test(text)) return [{ kind: 'step-output', step, name: '', trail: [] }];
  const variables = [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].flatMap((match) => match[1] ?? []);
  if (variables.length === 0) return [{ kind: 'literal', value: text, trail: [] }];
  return variables.flatMap((name) => {
    // A variable that the script itself fills is as good as the step's output.
    const own = new RegExp(`(?:^|[\\s;])${name}=`).test(step.run?.value ?? '');
    if (own) return [{ kind: 'step-output' as const, step, name, trail: [] }];
    return frames.flatMap((frame) => originsOfEnv(name, frame, repository));
  });
}

function fromExpression(
  source: string,
  frames: readonly Frame[],
  repository: Repository,
): Origin[] {
  const text: Text = {
    value: source,
    node: { kind: 'scalar', style: 'plain', text: source, start: 0, end: source.length },
  };
  return frames.flatMap((frame) => originsOf(text, frame, repository));
}

function computed(source: string): Origin {
  return { kind: 'computed', source, trail: [] };
}
