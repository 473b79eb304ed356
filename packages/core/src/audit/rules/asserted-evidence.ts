import { assertionsOf } from '../../steps/claims.ts';
import { fileOf, inputOf, type Job, type Step } from '../../workflow/model.ts';
import { visitExpression } from '../../workflow/references.ts';
import { conditionOf, expressionsOf } from '../../workflow/template.ts';
import { placeOfStep } from '../places.ts';
import { defineRule, type Rule } from '../rule.ts';

type Data =
  | { form: 'literal'; claims: string[]; file: string }
  | { form: 'only-on-success'; artifact: string };

/**
 * Evidence that states its verdict as a constant. Nothing that the step did decides it, so the file
 * says PASS whatever happened; and evidence that is written only on success leaves nothing behind
 * when it would matter. A claim is observed, never asserted.
 * Source: docs/rules/asserted-evidence.md
 */
export const rule: Rule = defineRule<Data>({
  id: 'asserted-evidence',
  title: 'Evidence with a verdict written as a constant',
  severity: 'medium',
  confidence: 'medium',
  check({ repository, scripts }, report) {
    for (const step of repository.steps()) {
      const script = scripts.of(step);
      if (!script) continue;
      for (const found of assertionsOf(step, script)) {
        report({
          at: {
            file: fileOf(step),
            range: script.range(found.start, found.end),
            label: 'a constant, not a result',
          },
          ...(found.checked ? { confidence: 'low' } : {}),
          data: { form: 'literal', claims: found.claims, file: found.file },
          subject: { step },
        });
      }
    }
    for (const job of repository.workflows.flatMap((workflow) => workflow.jobs)) {
      const upload = job.steps.find((step) => keepsEvidence(step) && !runsAfterFailure(step));
      if (!upload || !isAlone(job, upload)) continue;
      report({
        at: placeOfStep(upload, 'skipped when a step before it fails'),
        severity: 'low',
        data: { form: 'only-on-success', artifact: inputOf(upload, 'name')?.value ?? '' },
        subject: { step: upload, job, workflow: job.workflow },
      });
    }
  },
  message(data) {
    if (data.form === 'only-on-success')
      return `evidence "${data.artifact}" is kept only if every step before it succeeds: a failed run leaves none`;
    const claims = data.claims.map((claim) => `\`${claim}\``).join(', ');
    return `${data.file === '' ? 'evidence' : `"${data.file}"`} states ${claims} as a constant: nothing that this step does decides it`;
  },
  help: (data) =>
    data.form === 'only-on-success'
      ? 'write and upload it with `if: ${{ !cancelled() }}`, with the outcome of each step in it'
      : 'write what was observed: the exit status or output of the check (`${{ steps.<id>.outcome }}`), and write the file when it fails too',
});

function keepsEvidence(step: Step): boolean {
  if (!/^actions\/upload-artifact(?:@|$)/i.test(step.uses?.value ?? '')) return false;
  return /(?:^|[^a-z])(?:evidence|receipts?)(?:$|[^a-z])/i.test(
    `${inputOf(step, 'name')?.value ?? ''} ${inputOf(step, 'path')?.value ?? ''}`,
  );
}

/** `always()`, `failure()` or `cancelled()` in the condition. */
function runsAfterFailure(step: Step): boolean {
  const ast = conditionOf(step.if)?.ast;
  let asks = expressionsOf(step.if).some((one) =>
    /\b(?:always|failure|cancelled)\(/.test(one.source),
  );
  if (ast)
    visitExpression(
      ast,
      (node) => (asks ||= node.kind === 'call' && /^(?:always|failure|cancelled)$/.test(node.name)),
    );
  return asks;
}

/** Whether no other step of the job keeps evidence after a failure. */
function isAlone(job: Job, upload: Step): boolean {
  return !job.steps.some(
    (step) => step !== upload && keepsEvidence(step) && runsAfterFailure(step),
  );
}
