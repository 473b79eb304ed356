import { expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { effectiveCommand } from './effective-command.ts';

function run(source: string): string {
  const [command] = engine.parseShell(source).commands;
  if (!command) throw new Error(source);
  const { name, args, assignments, wrappers } = effectiveCommand(command);
  const before = assignments.map((one) => `${one.name}=${one.value?.text ?? ''}`);
  const words = [...before, name ?? '?', ...args.map((arg) => arg.text)];
  return `${wrappers.join('+')}: ${words.join(' ')}`;
}

it.each([
  ['aws s3 ls', ': aws s3 ls'],
  ['/usr/local/bin/aws s3 ls', ': aws s3 ls'],
  ['$AWS s3 ls', ': ? s3 ls'],
  ['> out', ': ?'],
  ['sudo aws s3 ls', 'sudo: aws s3 ls'],
  ['sudo -E A=b "C=d e" aws s3 ls', 'sudo: A=b C=d e aws s3 ls'],
  ['sudo -u root -Eg wheel --user=x -- aws s3', 'sudo: aws s3'],
  ['sudo -uroot aws', 'sudo: aws'],
  ['sudo --user root aws', 'sudo: aws'],
  ['sudo -l', ': sudo -l'],
  ['sudo -v', ': sudo -v'],
  ['sudo', ': sudo'],
  ['env A=b C="$D" aws s3', 'env: A=b C=$D aws s3'],
  ['env -i -u X PATH=/bin aws', 'env: PATH=/bin aws'],
  ['env', ': env'],
  ['env A=b', ': env A=b'],
  ['command aws s3', 'command: aws s3'],
  ['command -v aws', ': command -v aws'],
  ['command -p aws', 'command: aws'],
  ['builtin cd x', 'builtin: cd x'],
  ['exec aws s3', 'exec: aws s3'],
  ['exec -a name aws', 'exec: aws'],
  ['exec 3>&1', ': exec'],
  ['nohup aws s3', 'nohup: aws s3'],
  ['/usr/bin/time -f %e aws', 'time: aws'],
  ['timeout 5m aws s3', 'timeout: aws s3'],
  ['timeout -k 10 --signal=KILL 5m aws s3', 'timeout: aws s3'],
  ['timeout -s KILL 5m aws', 'timeout: aws'],
  ['nice -n 5 aws', 'nice: aws'],
  ['stdbuf -oL aws', 'stdbuf: aws'],
  ['xargs -n 1 -P4 -I {} aws s3 rm {}', 'xargs: aws s3 rm {}'],
  ['xargs -0 aws', 'xargs: aws'],
  ['xargs', ': xargs'],
  ['A=b sudo -E env C=d timeout 5 nice aws s3', 'sudo+env+timeout+nice: A=b C=d aws s3'],
  ['sudo sudo sudo sudo sudo sudo sudo sudo sudo aws', `${'sudo+'.repeat(7)}sudo: sudo aws`],
  ['constructor x', ': constructor x'],
])('%s', (source, expected) => {
  expect(run(source)).toBe(expected);
});
