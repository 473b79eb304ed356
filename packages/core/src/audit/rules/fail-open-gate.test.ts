import { describe, expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const id = 'fail-open-gate';
testCorpus(id);

/** A job of steps; what follows `---` on a line is put behind the step's key. */
function workflow(steps: readonly string[], rest = ''): string {
  const list = steps.map((step) => `      - ${step.replaceAll('\n', '\n        ')}\n`).join('');
  return `on: push\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n${list}${rest}`;
}
const causes = (text: string): unknown[] =>
  findingsOf(id, text).map((finding) => finding.data['cause']);
const severities = (text: string): unknown[] =>
  findingsOf(id, text).map((finding) => finding.severity);

describe('a script', () => {
  it.each([
    ['snyk test || true', ['alternative']],
    ['npx snyk test || :', ['alternative']],
    ['gitleaks detect || echo "leaks"', ['alternative']],
    ['N=$(grype acme/shop -o json | jq length || echo 0)', ['zero']],
    ['cosign verify acme/shop || true', ['alternative']],
    ['aws sts assume-role --role-arn x || true', ['alternative']],
    ['semgrep ci && docker push acme/shop', []],
    ['snyk test || exit 1', []],
    ['snyk test || echo "failed=1" >> "$GITHUB_OUTPUT"', []],
    ['docker build . || true', []],
    ['snyk monitor || true', []],
    ['echo "trivy image x || true"', []],
  ])('%s', (run, expected) => {
    expect(causes(workflow([`run: ${JSON.stringify(run)}`, 'run: docker push acme/shop']))).toEqual(
      expected,
    );
  });

  it('of another language is left alone', () => {
    expect(causes(workflow(['run: trivy fs . || true\nshell: pwsh']))).toEqual([]);
  });
});

describe('what is at stake', () => {
  const scan = 'run: trivy fs --exit-code 1 . || true';
  it('is more before a release', () => {
    expect(severities(workflow([scan]))).toEqual(['medium']);
    expect(severities(workflow([scan, 'run: npm publish']))).toEqual(['high']);
  });

  it('is looked for in the jobs that wait, too', () => {
    const later =
      '  deploy:\n    needs: release\n    runs-on: x\n    steps: [{ run: cdk deploy }]\n';
    expect(severities(workflow([scan], later))).toEqual(['high']);
    expect(severities(workflow([scan], later.replace('    needs: release\n', '')))).toEqual([
      'medium',
    ]);
  });

  it('is nothing for a test that guards nothing', () => {
    expect(causes(workflow(['run: npm test || true']))).toEqual([]);
    expect(causes(workflow(['run: npm test || true', 'run: npm publish']))).toEqual([
      'alternative',
    ]);
  });
});

describe('continue-on-error', () => {
  const push = 'run: docker push acme/shop';
  it.each([
    ['run: grype dir:.\ncontinue-on-error: true', ['continue-on-error']],
    ['run: grype dir:.\ncontinue-on-error: ${{ true }}', ['continue-on-error']],
    ['run: grype dir:.\ncontinue-on-error: false', []],
    ["run: grype dir:.\ncontinue-on-error: ${{ github.ref != 'refs/heads/main' }}", []],
    ['name: Upload scan report\nrun: grype dir:. -o json\ncontinue-on-error: true', []],
    ['uses: slackapi/slack-github-action@v2\ncontinue-on-error: true', []],
  ])('%j', (step, expected) => {
    expect(causes(workflow([step, push]))).toEqual(expected);
  });
});

describe('a condition', () => {
  const scan = 'id: scan\nrun: grype dir:. --fail-on high';
  it.each([
    ['always()', ['runs-anyway']],
    ['${{ !cancelled() }}', ['runs-anyway']],
    ['failure() || success()', ['runs-anyway']],
    ["always() && steps.scan.outcome == 'success'", []],
    ["always() && github.ref == 'refs/heads/main'", []],
    ['failure()', []],
    ['success()', []],
    ["github.ref == 'refs/heads/main'", []],
  ])('%s', (condition, expected) => {
    expect(causes(workflow([scan, `if: ${condition}\nrun: docker push acme/shop`]))).toEqual(
      expected,
    );
  });

  it.each([
    ['always()', ['runs-anyway']],
    ["always() && github.ref == 'refs/heads/main'", ['runs-anyway']],
    ["always() && contains(needs.*.result, 'failure') == false", []],
    ["${{ !cancelled() && needs.release.result == 'success' }}", []],
    ['${{ !failure() && !cancelled() }}', []],
  ])('of a job: %s', (condition, expected) => {
    const later = `  deploy:\n    needs: release\n    if: ${condition}\n    runs-on: x\n    steps: [{ run: cdk deploy }]\n`;
    const text = workflow([scan], later).replace('on: push', 'on: { push: { branches: [main] } }');
    expect(causes(text)).toEqual(expected);
  });

  it('does not matter for what only cleans up', () => {
    expect(causes(workflow([scan, 'if: always()\nrun: sam delete --no-prompts']))).toEqual([]);
  });
});
