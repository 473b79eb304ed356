import { expect, it } from 'vitest';

import { sourceFile } from '../text/source.ts';
import { outsiderTriggers } from './outsiders.ts';
import { Repository } from './repository.ts';

/** Who can cause each trigger of the first workflow. */
function who(...texts: string[]): string[] {
  const files = texts.map((text, index) =>
    sourceFile(`.github/workflows/w${index}.yml`, `${text}\njobs: {}\n`),
  );
  const repository = new Repository({ name: 'r', prefix: '', files });
  const [first] = repository.workflows;
  if (!first) throw new Error('no workflow');
  return outsiderTriggers(first, repository).map(
    ({ trigger, certainty, privilegedTypes }) =>
      `${trigger.event} ${certainty}${privilegedTypes ? ' with rights' : ''}`,
  );
}

const after = (...names: string[]): string =>
  `on: { workflow_run: { workflows: [${names.join(', ')}] } }`;

it.each([
  [['on: [push, pull_request, schedule]'], []],
  [['on: [push, issues]'], ['issues anyone']],
  [['on: { issues: { types: [labeled, assigned] } }'], ['issues anyone with rights']],
  [['on: { issues: { types: [labeled, opened] } }'], ['issues anyone']],
  [[after('b'), 'name: b\non: push'], []],
  [[after('b'), 'name: b\non: pull_request'], ['workflow_run anyone']],
  [[after('b'), 'name: b\non: watch'], ['workflow_run anyone']],
  [[after('b', 'c'), 'name: b\non: push'], ['workflow_run perhaps']],
  [[after('.github/workflows/w1.yml'), 'on: push'], []],
  [[after('b'), `name: b\n${after('c')}`, 'name: c\non: pull_request'], ['workflow_run anyone']],
  [[after('b'), `name: b\n${after('elsewhere')}`], ['workflow_run perhaps']],
  [[`name: a\n${after('b')}`, `name: b\n${after('a')}`], []],
])('%j: %j', (texts, expected) => {
  expect(who(...texts)).toEqual(expected);
});
