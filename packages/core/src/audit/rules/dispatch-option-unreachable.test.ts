import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const id = 'dispatch-option-unreachable';
testCorpus(id);

const on = (options: string): string =>
  `on: { push: {}, workflow_dispatch: { inputs: { env: { type: choice, options: [${options}] } } } }\n`;
const job = (name: string, condition: string, rest = ''): string =>
  `  ${name}:\n    if: ${condition}\n    runs-on: ubuntu-latest\n${rest}    steps: [{ run: make }]\n`;
const unreached = (text: string): unknown[] =>
  findingsOf(id, text).map((finding) => finding.data['option']);

it.each([
  ["inputs.env == 'prod'", ['dev']],
  ["inputs.env != 'dev'", ['dev']],
  ['contains(fromJSON(\'["prod"]\'), inputs.env)', ['dev']],
  ["github.event_name == 'push'", ['dev', 'prod']],
  ["github.ref == 'refs/heads/main'", []],
  ["startsWith(github.ref, 'refs/tags/') && inputs.env == 'prod'", ['dev']],
  ['vars.ENABLED', []],
  ["inputs.env == 'prod' || vars.ALSO_DEV", []],
])('%s leaves out %j', (condition, options) => {
  expect(unreached(`${on('dev, prod')}jobs:\n${job('a', condition)}`)).toEqual(options);
});

it('counts a skipped job before as skipped, unless the condition asks for the status', () => {
  const first = job('a', "inputs.env == 'prod'");
  expect(
    unreached(`${on('dev, prod')}jobs:\n${first}${job('b', "inputs.env != ''", '    needs: a\n')}`),
  ).toEqual(['dev']);
  expect(
    unreached(`${on('dev, prod')}jobs:\n${first}${job('b', 'always()', '    needs: a\n')}`),
  ).toEqual(['dev']);
});

it('does not mind an option that is left out by name while other work runs', () => {
  const text = `${on('dev, prod, report')}jobs:\n${job('a', "inputs.env != 'report'")}${job('b', 'true')}`;
  expect(unreached(text)).toEqual([]);
});

it('suggests the job that is named after the option', () => {
  const text = `${on('dev, prod')}jobs:\n${job('deploy-dev', "github.event_name == 'push'")}${job('other', "github.event_name == 'push'")}`;
  expect(findingsOf(id, text)[0]?.help).toContain('let "deploy-dev" accept it');
});
