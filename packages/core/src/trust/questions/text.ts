import type { CompiledPolicy, CompiledStatement } from '../../iam/compile.ts';
import { anyMode } from '../../iam/elements/principal.ts';
import { matchNamed } from '../../iam/layer.ts';
import { shownText } from '../../iam/parse/reader.ts';
import { trustRequest } from '../../iam/trust.ts';
import type { Examination } from '../examination.ts';
import type { Flaw, OpenQuestion } from '../flaw.ts';

/** What is wrong with the text of a policy: what IAM refuses, and keys of which only the last counts. */
export function askProblems({ problems }: CompiledPolicy): {
  readonly flaws: readonly Flaw[];
  readonly open: readonly OpenQuestion[];
} {
  const flaws: Flaw[] = [];
  const open: OpenQuestion[] = [];
  for (const { code, range, message, fatal } of problems) {
    if (code === 'policy-duplicate-key')
      flaws.push({ class: 'duplicate-key', severity: 'medium', range, about: message });
    else if (!fatal) continue;
    else if (code === 'policy-unresolved' || code === 'policy-too-large')
      open.push({
        question: 'what the policy says',
        reason: message,
        outside: code === 'policy-unresolved',
      });
    else flaws.push({ class: 'policy-invalid', severity: 'medium', range, about: message });
  }
  return { flaws, open };
}

/** Actions that go with a token besides its exchange. */
const beside: readonly string[] = ['sts:tagsession', 'sts:setsourceidentity'];

/**
 * Statements that trust the provider with an action that no token is exchanged by.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function askActions(
  examination: Examination,
  statements: readonly CompiledStatement[],
): void {
  const { policy, door } = examination;
  const request = trustRequest({ provider: door.provider, claims: new Map() });
  for (const one of policy.statements) {
    const { statement, action } = one;
    const federated = statement.principal?.values.some(({ kind }) => kind === 'Federated') ?? false;
    if (statement.effect !== 'Allow' || !federated || !statement.action || !action) continue;
    if (anyMode(matchNamed(one, request)) === false) continue;
    if (action.matches(request.action, request.context) !== false) continue;
    const actions = statement.action.values.map(({ pieces }) => shownText(pieces));
    if (actions.every((name) => beside.includes(name.toLowerCase()))) continue;
    examination.flaws.push({
      class: 'wrong-action',
      severity: statements.length > 0 ? 'low' : 'medium',
      about: actions.join(', '),
      range: statement.action.range,
      statement: statement.index,
    });
  }
}
