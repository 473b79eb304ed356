import type { ProveReport } from '../../prove/report.ts';
import { printable } from '../../terminal/safe.ts';

/**
 * Which cases break when a repository's subjects become immutable, and the order that breaks none.
 * Source: https://docs.github.com/actions/reference/security/oidc
 */
export function migrationText({ proof }: ProveReport): string {
  const breaking = proof.cases.filter(({ authentication: { formats } }) => {
    const of = (kind: string): string | undefined =>
      formats.find(({ format }) => format.kind === kind)?.verdict;
    return of('classic') === 'allowed' && of('immutable') !== 'allowed';
  });
  const list = breaking.map(({ id }) => `  ${printable(id)}\n`).join('');
  const head =
    breaking.length === 0
      ? 'no case that is allowed with classic subjects breaks with immutable ones\n'
      : `${breaking.length} of ${proof.cases.length} cases break when the repository gets immutable subjects (by renaming it, transferring it, or opting in):\n${list}`;
  return `${head}to change without a refused run:\n${steps.map((step, index) => `  ${index + 1}. ${step}\n`).join('')}`;
}

const steps: readonly string[] = [
  'add the immutable subject (repo:OWNER@ID/REPO@ID:...) beside the classic one in every trust policy; prove with --subject-format both',
  'let the repository change to immutable subjects, and run every workflow once',
  'take the classic subjects out of the trust policies; prove with --subject-format immutable',
];
