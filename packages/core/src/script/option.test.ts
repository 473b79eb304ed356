import { describe, expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { flags, option, options } from './option.ts';
import type { ShellCommand } from './shell.ts';

function parse(source: string): ShellCommand {
  const [command] = engine.parseShell(source).commands;
  if (!command) throw new Error(source);
  return command;
}

describe('an option', () => {
  it.each([
    ['aws s3 ls --region eu-west-2', 'region', 'eu-west-2'],
    ['aws s3 ls --region=eu-west-2', 'region', 'eu-west-2'],
    ['aws s3 ls --region="$R" --x', 'region', '$R'],
    ['aws s3 ls "--region=a b"', 'region', 'a b'],
    ['aws --region a --region b', 'region', 'b'],
    ['aws --regions a', 'region', 'none'],
    ['aws --region --output json', 'region', ''],
    ['aws --region', 'region', ''],
    ['aws --count -1', 'count', '-1'],
    ['cmd -- --region a', 'region', 'none'],
    ['docker build -t a:b .', 't', 'a:b'],
    ['docker build -ta:b .', 't', 'a:b'],
    ['docker build --t a', 't', 'none'],
    ['cmd -- -t a', 't', 'none'],
  ])('%s: %s', (source, name, expected) => {
    const found = option(parse(source), name);
    expect(found ? (found.value?.text ?? '') : 'none').toBe(expected);
  });

  it('stands where it says, with its value', () => {
    const source = 'aws --region "a b" --output=json';
    const command = parse(source);
    const slice = (name: string): string[] =>
      options(command, name).map(({ start, end }) => source.slice(start, end));
    expect(slice('region')).toEqual(['--region "a b"']);
    expect(slice('output')).toEqual(['--output=json']);
    const value = option(command, 'output')?.value;
    expect(source.slice(value?.start, value?.end)).toBe('json');
    expect(value).toMatchObject({ text: 'json', literal: true, quote: 'none' });
  });
});

it('lists flags up to the double dash', () => {
  const found = flags(parse('cmd -x --long --with=value - -- --not "$A"'));
  expect(found.map(({ name, value }) => [name, value?.text])).toEqual([
    ['-x', undefined],
    ['--long', undefined],
    ['--with', 'value'],
  ]);
});
