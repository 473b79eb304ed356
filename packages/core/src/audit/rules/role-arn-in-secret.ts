import { patternsOf, showPattern, trimPattern } from '../../credentials/pattern.ts';
import { entryOf, type Job } from '../../workflow/model.ts';
import { placeOfStep, placeOfText } from '../places.ts';
import { defineRule, type Rule } from '../rule.ts';

type Data = {
  /** The secret's name; empty when it is computed. */
  secret: string;
  /** The string with the secret, and the role that it ends in. */
  written: string;
  role: string;
  /** Whether it is a secret that a reusable workflow declares, so that callers give the value. */
  declared: boolean;
  part: 'role' | 'part';
};

/**
 * A role's ARN, or a part of it, is kept as a secret. It is no secret: nobody can take a role by
 * knowing its name. GitHub masks it in every log, so that the one line that says which role was
 * refused cannot be read, and nobody can look up which role a workflow takes.
 * Source: https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/use-variables
 */
export const rule: Rule = defineRule<Data>({
  id: 'role-arn-in-secret',
  title: 'The ARN of a role is kept as a secret',
  severity: 'low',
  confidence: 'high',
  plane: 'authentication',
  check({ repository, credentials }, report) {
    for (const found of credentials.steps) {
      const role = found.input('role-to-assume');
      if (!role) continue;
      for (const pattern of patternsOf(role.text, role.frame, repository).map(trimPattern)) {
        for (const part of pattern) {
          if (part.kind !== 'open' || part.origin.kind !== 'secret') continue;
          const whole = pattern.length === 1;
          report({
            at: placeOfText(part.at, 'masked in every log'),
            ...(part.at.text === role.text
              ? {}
              : { related: [placeOfStep(found.step, 'takes the role')] }),
            data: {
              secret: part.origin.name,
              written: part.at.text.value.trim(),
              role: showPattern(pattern),
              declared: isDeclared(part.origin.name, part.at.frame.job),
              part: whole ? 'role' : 'part',
            },
            severity: whole ? 'low' : 'info',
            subject: { step: found.step, ...(found.frame.job ? { job: found.frame.job } : {}) },
          });
        }
      }
    }
  },
  message: ({ secret, written, role, part }) => {
    const from = secret === '' ? `a secret ("${written}")` : `secret "${secret}"`;
    return part === 'role'
      ? `the role comes from ${from}: an ARN protects nothing, and masking it hides which role AWS refused`
      : `a part of role "${role}" comes from ${from}: it protects nothing, and masking it hides which role AWS refused`;
  },
  help: ({ secret, written, declared }) => {
    if (secret === '')
      return 'keep the ARNs in variables ("vars") of the environment or the repository';
    if (declared)
      return `let callers give it as an input and read "${written.replaceAll(`secrets.${secret}`, `inputs.${secret}`)}"`;
    return `move the value into a variable and read "${written.replaceAll(`secrets.${secret}`, `vars.${secret}`)}"`;
  },
});

function isDeclared(secret: string, job: Job | undefined): boolean {
  const call = job?.workflow.triggers.find((trigger) => trigger.event === 'workflow_call');
  return call !== undefined && entryOf(call.secrets, secret, true) !== undefined;
}
