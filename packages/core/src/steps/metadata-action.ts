import type { Frame } from '../credentials/frame.ts';
import { inputOf, type Step } from '../workflow/model.ts';
import type { Repository } from '../workflow/repository.ts';
import { actionName } from './action-kinds.ts';
import { references } from './image-reference.ts';
import { valuesOf, type Value } from './value.ts';

/** Whether a step is docker/metadata-action, which makes the tags that others push. */
export function isMetadataAction(step: Step | undefined): boolean {
  return step !== undefined && actionName(step) === 'docker/metadata-action';
}

/**
 * The references that docker/metadata-action gives, one per image and rule of its `tags:`.
 * Source: https://github.com/docker/metadata-action#tags-input
 */
export function metadataReferences(step: Step, frame: Frame, repository: Repository): Value[] {
  const images = inputOf(step, 'images');
  const names = images ? valuesOf(images, frame, repository).flatMap(references) : [];
  const rules = linesOf(
    inputOf(step, 'tags')?.value ?? 'type=ref,event=branch\ntype=ref,event=tag\ntype=ref,event=pr',
  );
  const tags = rules.flatMap(tagOf);
  if (/latest=true/.test(inputOf(step, 'flavor')?.value ?? '')) tags.push(['latest']);
  return names.flatMap((name) => tags.map((tag): Value => [...name, ':', ...tag]));
}

function tagOf(rule: string): Value[] {
  const attributes = new Map(
    rule.split(',').map((part) => {
      const at = part.indexOf('=');
      return at === -1
        ? (['value', part.trim()] as const)
        : ([part.slice(0, at).trim(), part.slice(at + 1).trim()] as const);
    }),
  );
  if (attributes.get('enable') === 'false') return [];
  const value = attributes.get('value') ?? '';
  switch (attributes.get('type') ?? 'raw') {
    case 'raw':
      return value === '' || value.includes('${{') ? [[{ source: value }]] : [[value]];
    case 'edge':
      return [['edge']];
    case 'ref':
      return [
        [{ source: attributes.get('event') === 'branch' ? 'github.ref_name' : 'github.ref' }],
      ];
    case 'sha':
      return [[{ source: 'github.sha' }]];
    default:
      return [[{ source: attributes.get('type') ?? '' }]];
  }
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
