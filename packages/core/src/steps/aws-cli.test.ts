import { expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { awsCalls, awsOption } from './aws-cli.ts';

function calls(source: string): unknown[] {
  return awsCalls(engine.parseShell(source)).map(({ service, operation, operands, options }) => [
    `${service} ${operation}`,
    operands.map((word) => word.text),
    Object.fromEntries([...options].map(([name, words]) => [name, words.map((word) => word.text)])),
  ]);
}

it.each([
  ['aws s3 ls', ['s3 ls', [], {}]],
  [
    'aws --region x --profile p s3 cp a b',
    ['s3 cp', ['a', 'b'], { region: ['x'], profile: ['p'] }],
  ],
  [
    'aws --no-cli-pager sts get-caller-identity',
    ['sts get-caller-identity', [], { 'no-cli-pager': [] }],
  ],
  [
    'aws ssm get-parameters --names a b --with-decryption --query "P[]"',
    ['ssm get-parameters', [], { names: ['a', 'b'], 'with-decryption': [], query: ['P[]'] }],
  ],
  ['aws s3 cp --recursive a s3://b', ['s3 cp', ['a', 's3://b'], { recursive: [] }]],
  ['sudo aws kms encrypt --key-id=alias/$NAME', ['kms encrypt', [], { 'key-id': ['alias/$NAME'] }]],
])('%s', (source, expected) => {
  expect(calls(source)).toEqual([expected]);
});

it.each(['aws', 'aws --version', 'awslocal s3 ls', 'echo aws s3 ls'])('%s is no call', (source) => {
  expect(calls(source)).toEqual([]);
});

it('keeps the variables of a value behind an equals sign', () => {
  const [call] = awsCalls(engine.parseShell('aws kms encrypt --key-id=alias/$NAME'));
  const word = call && awsOption(call, 'key-id');
  expect(word?.parts.map((part) => (part.kind === 'text' ? part.text : part.kind))).toEqual([
    'alias/',
    'variable',
  ]);
});
