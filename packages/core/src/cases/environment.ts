import { alternatives, evaluateText, type Scope } from '../workflow/evaluate.ts';
import type { Job } from '../workflow/model.ts';
import type { EnvironmentChoice } from './case.ts';
import { piecesOf } from './names.ts';

/**
 * The environments that a job can name in one event; more than one where only a run can tell which.
 * An expression that comes to nothing means that there is none.
 */
export function environmentsOf(job: Job, scope: Scope): readonly EnvironmentChoice[] {
  const { environment } = job;
  if (!environment) return [{ kind: 'none' }];
  const text = environment.name;
  if (!text) {
    return [{ kind: 'either', name: { kind: 'template', pieces: [{ open: 'an expression' }] } }];
  }
  const found = alternatives(evaluateText(text, scope)).map((one): EnvironmentChoice => {
    if (one.kind === 'known') {
      const value = String(one.value ?? '');
      return value === '' ? { kind: 'none' } : { kind: 'named', name: { kind: 'exact', value } };
    }
    const pieces = piecesOf(text, scope);
    const single = one.kind === 'unknown' && pieces.length <= 1;
    const name = {
      kind: 'template',
      pieces: single ? [{ open: one.origin ?? one.of }] : pieces,
    } as const;
    const certain = one.kind === 'unknown' && one.truth === true;
    return {
      kind: certain || pieces.some((piece) => typeof piece === 'string') ? 'named' : 'either',
      name,
    };
  });
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}
