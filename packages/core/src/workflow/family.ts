import type { Workflow } from './model.ts';
import type { Repository } from './repository.ts';

/**
 * The family of a workflow: the part of its file name before the first `-` (`production-api.yml` is
 * `production`), when the repository has more than one workflow of it or the name is all there is.
 */
export function familyOf(workflow: Workflow, repository: Repository): string | undefined {
  const prefix = prefixOf(workflow, repository);
  if (prefix === undefined) return undefined;
  const relatives = repository.workflows.filter((other) => prefixOf(other, repository) === prefix);
  return relatives.length > 1 ? prefix : undefined;
}

function prefixOf(workflow: Workflow, repository: Repository): string | undefined {
  const file = repository.pathInside(workflow.file).split('/').at(-1) ?? '';
  return /^([^-]+)-./.exec(file.replace(/\.ya?ml$/, ''))?.[1]?.toLowerCase();
}
