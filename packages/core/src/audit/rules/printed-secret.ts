import {
  fetchedPrints,
  mayFetch,
  mayPrintStored,
  storedPrints,
  type Fetched,
  type SecretPrint,
} from '../../steps/secret-prints.ts';
import { fileOf, type Step } from '../../workflow/model.ts';
import type { Repository } from '../../workflow/repository.ts';
import type { StepScript } from '../../workflow/scripts.ts';
import { defineRule, type Rule } from '../rule.ts';

type Data = {
  how: SecretPrint['how'];
  /** The program that prints, or the call whose answer is printed. */
  command: string;
  what: string;
  /** The variable or file on the way; empty where there is none. */
  by: string;
  changedBy: string | null;
};

/**
 * A secret that a step prints to the log of the run. GitHub masks the secrets that it stores, as
 * exact text; it knows nothing of a secret that a script fetches from AWS, and `::add-mask::` does
 * not take back what is printed before it.
 * Source: https://docs.github.com/actions/reference/security/secure-use#use-secrets-for-sensitive-information
 */
export const rule: Rule = defineRule<Data>({
  id: 'printed-secret',
  title: 'Secret printed to the log',
  severity: 'high',
  confidence: 'high',
  check({ repository, scripts }, report) {
    const owners = [
      ...repository.workflows.flatMap((workflow) => workflow.jobs),
      ...repository.actions,
    ];
    for (const owner of owners) {
      const files = new Map<string, Fetched>();
      for (const step of owner.steps) {
        const script = scripts.of(step);
        if (!script || (files.size === 0 && !mayPrint(script, repository))) continue;
        const parsed = script.parsed();
        if (!parsed) continue;
        const found = [
          ...fetchedPrints(script, parsed, files),
          ...storedPrints(step, parsed, repository),
        ];
        for (const { command, how, program, what, by, changedBy } of found) {
          // What GitHub stores it masks, unless something changes it on the way.
          const masked = (how === 'stored' || how === 'environment') && changedBy === undefined;
          report({
            at: {
              file: fileOf(step),
              range: script.range(command.start, command.end),
              label: labels[how],
            },
            ...(masked ? { severity: 'low', confidence: 'medium' } : {}),
            data: { how, command: program, what, by, changedBy: changedBy ?? null },
            subject: {
              step,
              ...(owner.kind === 'job'
                ? { job: owner, workflow: owner.workflow }
                : { action: owner }),
            },
          });
        }
      }
    }
  },
  message({ how, command, what, by, changedBy }) {
    const changed =
      changedBy === null ? '' : `, changed by "${changedBy}" so that no mask finds it`;
    switch (how) {
      case 'call':
        return `"${command}" prints ${what} to the log${changed}`;
      case 'variable':
      case 'file':
        return `"${by}" holds ${what.replace(/,$/, '')} from "${command}" and is printed to the log unmasked${changed}`;
      case 'trace':
        return `"${command}" runs under \`set -x\`, which prints ${what} to the log when "${by}" is assigned`;
      case 'stored':
        return `"${command}" prints ${what} to the log${changed === '' ? '; only the exact text of it is masked' : changed}`;
      case 'environment':
        return `"${command}" prints the whole environment, in it ${what}, to the log; only the exact text of it is masked`;
    }
  },
  help({ how, by }) {
    if (how === 'call')
      return 'capture it with `VALUE=$(...)` and run `echo "::add-mask::$VALUE"` before anything else, or hand it on by a pipe (`--password-stdin`)';
    if (how === 'variable')
      return `do not print it; \`echo "::add-mask::${by}"\` right behind the assignment guards against mistakes`;
    if (how === 'file')
      return `do not print "${by}"; mask each value before the file is written, and delete the file when it is used`;
    if (how === 'trace')
      return 'put `set +x` before the assignment, and run `echo "::add-mask::..."` behind it';
    return 'print a name or a hash instead, or nothing';
  },
});

/** Whether a script can print a secret that it fetches, or is given. */
function mayPrint(script: StepScript, repository: Repository): boolean {
  const { step, text } = script;
  return mayHaveSecret(step, text.value) && (mayFetch(text) || mayPrintStored(script, repository));
}

/** Whether a script can have a secret to print: it fetches one, or is given one. */
function mayHaveSecret(step: Step, text: string): boolean {
  if (
    /secret|with-decryption|get-login|token|credential|assume-role|password|decrypt|data-key|create-access-key/i.test(
      text,
    )
  )
    return true;
  const job = step.owner.kind === 'job' ? step.owner : undefined;
  // A composite action has its caller's environment, which is not followed here.
  if (!job) return true;
  return [step.env, job.env, job.workflow.env].some((block) =>
    block.items.some(({ value }) =>
      /\$\{\{.*(?:secrets|inputs|steps|needs|env|token)\b/is.test(value?.value ?? ''),
    ),
  );
}

const labels: Record<SecretPrint['how'], string> = {
  call: 'answers with a secret, into the log',
  variable: 'prints a secret fetched from AWS',
  file: 'prints a file with a secret',
  trace: 'traced with its value',
  stored: 'prints a stored secret',
  environment: 'prints every variable',
};
