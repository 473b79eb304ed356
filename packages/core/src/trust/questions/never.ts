import type { CompiledStatement } from '../../iam/compile.ts';
import { shownText } from '../../iam/parse/reader.ts';
import type { Formula } from '../../language/formula.ts';
import { statementFormula } from '../acceptance.ts';
import type { Examination } from '../examination.ts';
import type { Flaw } from '../flaw.ts';
import { all, not } from '../formula.ts';

/** Where and why a statement holds for no token: one condition alone, several together, or a Deny. */
export function whyNever(
  compiled: CompiledStatement,
  examination: Examination,
  denied: Formula,
): Flaw {
  const { statement, conditions } = compiled;
  const common = {
    class: 'never-matches',
    severity: 'medium',
    statement: statement.index,
  } as const;
  const { policy, door } = examination;
  const empty = (formula: Formula): boolean =>
    examination.ask({
      question: 'what keeps everybody out',
      formula: all([]),
      instead: formula,
    }) === 'none';
  const alone = conditions.find((one) =>
    empty(statementFormula({ ...compiled, conditions: [one] }, policy, door)),
  );
  if (alone) {
    const [first] = alone.condition.values;
    const written = first && shownText(first.pieces);
    const detail = hintFor(shownText(alone.condition.key.pieces), written ?? '');
    return {
      ...common,
      range: first?.range ?? alone.condition.range,
      about: shownText(alone.condition.key.pieces),
      ...(written === undefined ? {} : { written }),
      detail,
    };
  }
  const range = conditions[0]?.condition.range ?? statement.principal?.range ?? statement.range;
  const whole = statementFormula(compiled, policy, door);
  const detail =
    !empty(whole) && empty(all([whole, not(denied)]))
      ? 'a Deny statement refuses whoever it lets in'
      : 'no token fulfils all of its conditions at once';
  return { ...common, range, about: '', detail };
}

/** What is wrong with a value that no token has, in a few words. */
function hintFor(key: string, text: string): string {
  const claim = key.slice(key.lastIndexOf(':') + 1).toLowerCase();
  if (claim === 'job_workflow_ref')
    return /@(?!refs\/)/.test(text)
      ? 'behind the "@" stands a full ref such as refs/heads/main, or a commit'
      : 'a token has owner/name/.github/workflows/file.yml@ref here';
  if (claim === 'ref') return 'a token has a full ref here, such as refs/heads/main';
  if (claim === 'repository') return 'a token has owner/name here';
  if (claim === 'repository_id' || claim === 'repository_owner_id')
    return 'a token has a number here';
  if (claim !== 'sub') return 'no token has such a value here';
  if (!/^(?:repo:|[*?])/.test(text)) return 'a subject of GitHub starts with "repo:"';
  const [, slug = '', kind, value] = text.split(':');
  if (!slug.includes('/')) return 'a subject names owner/name behind "repo:"';
  if (kind === undefined)
    return 'a subject goes on behind the name: with :ref:..., :environment:... or :pull_request';
  if (kind === 'ref' && !/^refs\/(?:heads|tags|pull)\//.test(value ?? ''))
    return 'behind ":ref:" stands a full ref such as refs/heads/main';
  if (kind !== 'ref' && kind !== 'environment' && kind !== 'pull_request')
    return `":${kind}" is neither :ref:, :environment: nor :pull_request`;
  return text.split(':').length > (kind === 'pull_request' ? 3 : 4)
    ? 'GitHub writes a colon inside of a name as %3A'
    : 'no token has such a subject';
}
