import type { Severity } from '../../finding/severity.ts';
import { fixedText, shownText } from '../../iam/parse/reader.ts';
import type { PrincipalValue, Statement } from '../../iam/policy.ts';
import { accountOfArn } from '../../iam/request/request.ts';
import { readIssuer } from '../../oidc/issuer.ts';
import type { Examination } from '../examination.ts';

/**
 * Who else may take the role that GitHub's tokens may take: the conditions on tokens do not bind them.
 * `account` is the role's own, where it is known.
 */
export function askPrincipals(examination: Examination, account: string | undefined): void {
  for (const { statement } of examination.policy.statements) {
    const { principal, effect } = statement;
    if (effect !== 'Allow' || !principal) continue;
    if (principal.negated) {
      add(examination, statement, principal.range, 'everybody but the ones named', 'high');
      continue;
    }
    for (const value of principal.values) {
      const severity = severityOf(value, statement, account);
      if (!severity) continue;
      const name = value.everyone ? 'everybody ("*")' : shownText(value.value.pieces);
      add(examination, statement, value.value.range, name, severity);
    }
  }
}

function add(
  examination: Examination,
  statement: Statement,
  range: Statement['range'],
  about: string,
  severity: Severity,
): void {
  const { index } = statement;
  // A principal that is open as a whole is read as one of each kind.
  if (examination.flaws.some((flaw) => flaw.class === 'extra-principal' && flaw.range === range))
    return;
  examination.flaws.push({ class: 'extra-principal', severity, range, statement: index, about });
}

function severityOf(
  { kind, everyone, value }: PrincipalValue,
  { conditions }: Statement,
  account: string | undefined,
): Severity | undefined {
  // With conditions it is for them to say who gets in.
  if (everyone) return conditions.length === 0 ? 'high' : 'medium';
  const text = fixedText(value.pieces);
  if (kind === 'Federated')
    return text === undefined || readIssuer(text) !== undefined ? undefined : 'low';
  if (kind !== 'AWS' || text === undefined) return 'low';
  const named = /^\d{12}$/.test(text) ? text : accountOfArn(text);
  return named === undefined || account === undefined || named === account ? 'low' : 'medium';
}
