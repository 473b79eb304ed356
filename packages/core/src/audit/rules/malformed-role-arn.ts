import {
  patternsOf,
  showPattern,
  trimPattern,
  type FixedPart,
  type Pattern,
} from '../../credentials/pattern.ts';
import { arnFault, type Expected } from '../../credentials/role-arn.ts';
import type { CredentialMethod } from '../../credentials/step.ts';
import { placeOfStep, placeOfText } from '../places.ts';
import { defineRule, type Rule } from '../rule.ts';

type Data = {
  role: string;
  problem: Problem;
  /** What stands where the ARN breaks off. */
  found: string;
};
type Problem = 'blank' | 'shell-variable' | 'session' | 'bare-name' | Expected;

/**
 * A role that no filling of its expressions can make an ARN of: STS refuses it before it asks any
 * policy. Blanks at both ends are harmless, the action takes them off; a folded scalar over two
 * lines is not, it puts a blank inside.
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 * and the inputs of https://github.com/aws-actions/configure-aws-credentials
 */
export const rule: Rule = defineRule<Data>({
  id: 'malformed-role-arn',
  title: 'The role is not the ARN of a role',
  severity: 'high',
  confidence: 'high',
  plane: 'authentication',
  check({ repository, credentials }, report) {
    for (const found of credentials.steps) {
      const role = found.input('role-to-assume');
      if (!role) continue;
      for (const pattern of patternsOf(role.text, role.frame, repository).map(trimPattern)) {
        const fault = faultOf(pattern, found.method, found.known);
        const written = fault && culprit(pattern, fault.problem);
        if (!fault || !written) continue;
        report({
          at: placeOfText(written.at, labels[fault.problem]),
          ...(written.at.text === role.text
            ? {}
            : { related: [placeOfStep(found.step, 'takes the role')] }),
          data: { role: showPattern(pattern), ...fault },
          ...(found.known ? {} : { confidence: 'medium' }),
          subject: { step: found.step, ...(found.frame.job ? { job: found.frame.job } : {}) },
        });
      }
    }
  },
  message: ({ role, problem, found }) => {
    switch (problem) {
      case 'blank':
        return `the role ${JSON.stringify(role)} has a blank or line break inside`;
      case 'shell-variable':
        return `the role "${role}" holds "${found}", which no shell expands here`;
      case 'session':
        return `the role "${role}" is the ARN of a session, not of a role`;
      case 'bare-name':
        return `the role "${role}" is only a name: by OIDC there is no account yet to look it up in`;
      case 'account':
        return `the account in role "${role}" is not 12 digits (at "${found}")`;
      default:
        return `the role "${role}" is not the ARN of a role: "${problem === 'name' ? 'a name' : problem}" is missing ${found === '' ? 'at its end' : `at "${found}"`}`;
    }
  },
  help: ({ problem }) => {
    switch (problem) {
      case 'blank':
        return 'write the ARN on one line; a folded scalar (">") joins lines with a blank';
      case 'shell-variable':
        return 'use an expression, such as "${{ vars.AWS_ACCOUNT_ID }}"';
      case 'session':
        return 'write the role behind the session: "arn:aws:iam::<account>:role/<name>"';
      default:
        return 'write the whole ARN: "arn:aws:iam::<12 digits>:role/<name>"';
    }
  },
});

const labels: Readonly<Record<Problem, string>> = {
  blank: 'joined with a blank inside',
  'shell-variable': 'not expanded here',
  session: 'a session of a role',
  'bare-name': 'a name without an account',
  'arn:aws': 'does not start like an ARN of AWS',
  ':iam::': 'not an ARN of IAM',
  account: 'not an account id',
  ':role/': 'not a role',
  name: 'not a name of a role',
};

function faultOf(
  pattern: Pattern,
  method: CredentialMethod,
  known: boolean,
): { problem: Problem; found: string } | undefined {
  const fault = arnFault(pattern);
  const text = pattern.map((part) => (part.kind === 'fixed' ? part.text : '\0')).join('');
  if (!fault || text === '') return undefined;
  const shell = /\$\{?[A-Za-z_]\w*\}?/.exec(text);
  if (shell) return { problem: 'shell-variable', found: shell[0] };
  if (/\s/.test(text)) return { problem: 'blank', found: fault.found };
  if (/:assumed-role\/|^arn:[^:]*:sts:/.test(text))
    return { problem: 'session', found: fault.found };
  if (text.startsWith('arn:')) {
    const tooLong = fault.expected === ':role/' && /^\d/.test(fault.found);
    return { problem: tooLong ? 'account' : fault.expected, found: fault.found };
  }
  // With keys the action looks a bare name up in the account of the keys; other actions may as well.
  if (!/^[\w+=,.@\0/-]+$/.test(text)) return { problem: 'arn:aws', found: fault.found };
  return method === 'oidc' && known ? { problem: 'bare-name', found: text } : undefined;
}

/** The string that the fault stands in. */
function culprit(pattern: Pattern, problem: Problem): FixedPart | undefined {
  const fixed = pattern.filter((part) => part.kind === 'fixed');
  return (problem === 'blank' ? fixed.find((part) => /\s/.test(part.text)) : undefined) ?? fixed[0];
}
