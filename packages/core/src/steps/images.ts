import type { Frame } from '../credentials/frame.ts';
import { framesOf } from '../credentials/origin.ts';
import type { ShellCommand, ShellWord } from '../script/shell.ts';
import { offsetsOf } from '../text/offsets.ts';
import type { Range } from '../text/range.ts';
import { fileOf, inputOf, type Step, type Text } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import type { StepScript } from '../workflow/scripts.ts';
import { actionName } from './action-kinds.ts';
import { reference, references, type ImageReference } from './image-reference.ts';
import { invoked } from './invoked.ts';
import { isMetadataAction, metadataReferences } from './metadata-action.ts';
import { valuesOf, wordValues, type Value } from './value.ts';

/** An image as a step pushes or deploys it. */
export interface ImageUse {
  readonly step: Step;
  /** Where the reference is written, in the file. */
  readonly range: Range;
  readonly does: 'push' | 'deploy';
  /** As people call it: `docker push`, `docker/build-push-action`. */
  readonly tool: string;
  readonly image: ImageReference;
  /** The same for values of which a run takes one, different for tags that are made together. */
  readonly slot: string;
}

/** What a script says that pushes or deploys an image; others are not parsed for it. */
const telling = /push|registry|imagetools|crane|kaniko|executor|image-uri|set\s+image/;

/** The images that a step pushes or deploys. */
export function imagesOf(
  step: Step,
  script: StepScript | undefined,
  repository: Repository,
): ImageUse[] {
  if (step.uses) return ofAction(step, repository);
  if (!script || !telling.test(script.text.value)) return [];
  const parsed = script.parsed();
  if (!parsed) return [];
  const frames = framesOf(step, repository);
  const found: ImageUse[] = [];
  for (const command of parsed.commands) {
    for (const { word, does, tool } of wordsOf(command)) {
      const values = frames.flatMap((frame) =>
        wordValues(word, { script: parsed, frame, repository }),
      );
      for (const value of values) {
        const range = script.range(word.start, word.end);
        found.push({ step, range, does, tool, image: reference(value), slot: slotOf(step, range) });
      }
    }
  }
  return found;
}

interface ImageWord {
  readonly word: ShellWord;
  readonly does: ImageUse['does'];
  readonly tool: string;
}

function push(word: ShellWord | undefined, tool: string): ImageWord[] {
  return word ? [{ word, does: 'push', tool }] : [];
}

function wordsOf(command: ShellCommand): ImageWord[] {
  const { program, args } = invoked(command);
  const words = args.map((word) => word.text);
  const plain = args.filter((word) => !word.text.startsWith('-'));
  switch (program) {
    case 'docker':
    case 'podman':
    case 'nerdctl':
    case 'buildah': {
      const sub = plain[0]?.text === 'image' ? plain.slice(1) : plain;
      if (sub[0]?.text === 'push') return push(sub[1], `${program} push`);
      const builds = words.includes('build') || words.includes('imagetools');
      const pushes =
        words.includes('imagetools') ||
        words.some((word) => word === '--push' || /^--output=?.*type=registry/.test(word));
      if (!builds || !pushes) return [];
      return behind(args, ['-t', '--tag']).flatMap((word) =>
        push(
          word,
          words.includes('imagetools') ? 'docker buildx imagetools' : 'docker build --push',
        ),
      );
    }
    case 'crane':
    case 'gcrane':
      return plain[0]?.text === 'push' || plain[0]?.text === 'copy' || plain[0]?.text === 'cp'
        ? push(plain[2], `crane ${plain[0].text}`)
        : [];
    case 'executor':
    case 'kaniko':
      return behind(args, ['-d', '--destination']).flatMap((word) => push(word, 'kaniko'));
    case 'aws':
      return words.includes('lambda')
        ? behind(args, ['--image-uri']).map((word) => ({
            word,
            does: 'deploy',
            tool: 'aws lambda',
          }))
        : [];
    case 'kubectl':
      if (plain[0]?.text !== 'set' || plain[1]?.text !== 'image') return [];
      return plain
        .slice(2)
        .filter((word) => word.text.includes('='))
        .map((word) => ({ word: behindSign(word), does: 'deploy', tool: 'kubectl set image' }));
    default:
      return [];
  }
}

/** The values of an option, written apart or with `=`. */
function behind(args: readonly ShellWord[], names: readonly string[]): ShellWord[] {
  return args.flatMap((word, index) => {
    const next = args[index + 1];
    if (names.includes(word.text)) return next ? [next] : [];
    return names.some((name) => word.text.startsWith(`${name}=`)) ? [behindSign(word)] : [];
  });
}

/** What stands behind the first `=` of a word. */
function behindSign(word: ShellWord): ShellWord {
  const [first, ...rest] = word.parts;
  const at = first?.kind === 'text' ? first.text.indexOf('=') : -1;
  if (first?.kind !== 'text' || at === -1) return word;
  const text = first.text.slice(at + 1);
  const parts = text === '' ? rest : [{ ...first, text }, ...rest];
  return { ...word, text: word.text.slice(word.text.indexOf('=') + 1), parts };
}

/** Actions that deploy the image of an input. */
const deploying: Readonly<Record<string, string>> = {
  'aws-actions/amazon-ecs-render-task-definition': 'image',
  'aws-actions/amazon-ecs-deploy-express-service': 'image',
  'aws-actions/aws-lambda-deploy': 'image-uri',
  'azure/k8s-deploy': 'images',
};

function ofAction(step: Step, repository: Repository): ImageUse[] {
  const name = actionName(step) ?? '';
  if (/^(?:docker|depot)\/build-push-action$/.test(name)) {
    const pushes = inputOf(step, 'push')?.value.trim() ?? '';
    const registry = /type=registry/.test(inputOf(step, 'outputs')?.value ?? '');
    if ((pushes === '' || pushes === 'false') && !registry) return [];
    return fromInput(inputOf(step, 'tags'), 'push', name, step, repository);
  }
  const input = Object.hasOwn(deploying, name) ? deploying[name] : undefined;
  return input === undefined
    ? []
    : fromInput(inputOf(step, input), 'deploy', name, step, repository);
}

/** The references of an input, one a line or between commas, each with its own place. */
function fromInput(
  text: Text | undefined,
  does: ImageUse['does'],
  tool: string,
  step: Step,
  repository: Repository,
): ImageUse[] {
  if (!text) return [];
  const offset = offsetsOf(fileOf(step).text, text.node);
  return linesOf(text.value).flatMap(({ start, end }) => {
    const line = text.value.slice(start, end);
    const part: Text = { value: line, node: { ...text.node, text: line } };
    const range = text.via ?? { start: offset(start), end: offset(end - 1) + 1 };
    return framesOf(step, repository)
      .flatMap((frame) =>
        valuesOf(part, frame, repository)
          .flatMap(references)
          .flatMap((value): readonly (readonly [Value, string])[] => {
            const made = madeByMetadata(value, frame, repository);
            return made?.map((one, index) => [one, `/${index}`]) ?? [[value, '']];
          }),
      )
      .map(([value, more]) => {
        const slot = slotOf(step, range) + more;
        return { step, range, does, tool, image: reference(value), slot };
      });
  });
}

function slotOf(step: Step, range: Range): string {
  return `${step.index}:${range.start}`;
}

/** The pieces between line ends and commas, blanks around them left out. */
function linesOf(text: string): Range[] {
  return [...text.matchAll(/[^\s,](?:\$\{\{.*?\}\}|[^\n,])*/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].trimEnd().length,
  }));
}

/** `${{ steps.meta.outputs.tags }}` as the references that docker/metadata-action makes. */
function madeByMetadata(value: Value, frame: Frame, repository: Repository): Value[] | undefined {
  const [only, another] = value;
  if (
    !only ||
    another !== undefined ||
    typeof only === 'string' ||
    only.origin?.kind !== 'step-output'
  )
    return undefined;
  const { step, name } = only.origin;
  return step && name === 'tags' && isMetadataAction(step)
    ? metadataReferences(step, { ...frame, step }, repository)
    : undefined;
}
