import { expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { invoked } from './invoked.ts';

it.each([
  ['docker push a', 'docker push a'],
  ['/usr/bin/aws s3 ls', 'aws s3 ls'],
  ['sudo -E -u ci aws s3 ls', 'aws s3 ls'],
  ['env -i A=b C=d make x', 'make x'],
  ['timeout -k 5 30 aws s3 ls', 'aws s3 ls'],
  ['nice -n 10 nohup time ./run', 'run'],
  ['npx --yes cdk deploy', 'cdk deploy'],
  ['npx -p aws-cdk cdk deploy', 'cdk deploy'],
  ['env', 'env'],
  ['env FOO=bar', 'env FOO=bar'],
  ['> out', ''],
])('%s starts %s', (source, expected) => {
  const [command] = engine.parseShell(source).commands;
  if (!command) throw new Error('no command');
  const { program, args } = invoked(command);
  expect([program, ...args.map((word) => word.text)].join(' ')).toBe(expected);
});
