import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const id = 'scanner-not-wired';
testCorpus(id);

const found = (...steps: string[]): unknown[] => {
  const list = steps.map((step) => `      - ${step}\n`).join('');
  const text = `on: push\njobs:\n  scan:\n    runs-on: ubuntu-latest\n    steps:\n${list}`;
  return findingsOf(id, text).map(
    ({ data }) => `${data['cause'] as string} ${data['what'] as string}`,
  );
};

it.each([
  [['run: pip install "checkov==3.2.0"'], ['never-run checkov']],
  [['run: pip install checkov', 'run: checkov -d .'], []],
  [['run: pip install checkov', 'run: python -m checkov.main -d .'], []],
  [['run: pip install bandit', 'run: bandit --version'], ['never-run bandit']],
  [['run: npm install -g snyk@latest'], ['never-run snyk']],
  [['run: npm install -g snyk', 'run: npx snyk test'], []],
  [['run: sudo apt-get install -y trivy'], ['never-run trivy']],
  [['run: go install github.com/aquasecurity/tfsec/cmd/tfsec@latest'], ['never-run tfsec']],
  [['run: gem install cfn-nag', 'run: cfn_nag_scan --input-path .'], []],
  [['run: pip install semgrep', 'run: make sast'], []],
  [['run: pip install semgrep', 'run: ./scan.sh'], []],
  [['run: pip install semgrep', '{ run: Invoke-Scan, shell: pwsh }'], []],
  [['uses: aquasecurity/setup-trivy@v0.2.4', 'uses: aquasecurity/trivy-action@0.33.1'], []],
  [['run: brew install trivy', 'run: echo "run trivy here"'], ['never-run trivy']],
  [['run: npm ci'], []],
])('%j', (steps, expected) => {
  expect(found(...steps)).toEqual(expected);
});

it.each([
  ['Security scan', 'echo "todo"', ['nothing Security scan']],
  ['Security checks', 'npm ci && echo "ok"', ['nothing Security checks']],
  ['SAST analysis', 'true', ['nothing SAST analysis']],
  ['Security scan', 'npm audit', []],
  ['Security scan', 'curl -s https://scanner.example.com/run', []],
  ['Print scan results', 'echo "none"', []],
  ['Scan summary', 'echo "none"', []],
  ['Deploy', 'echo "todo"', []],
  ['Scandinavian build', 'echo "todo"', []],
])('a step called "%s" that runs %s', (name, run, expected) => {
  expect(found(`{ name: ${name}, run: ${JSON.stringify(run)} }`)).toEqual(expected);
});
