import { expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { commandWords } from './command-words.ts';

it.each([
  ['sudo -E npx --yes aws-cdk@2 deploy --all', 'cdk deploy --all'],
  ['AWS_PROFILE=x timeout 60 aws s3 ls', 'aws s3 ls'],
  ['pnpm exec cdk synth', 'cdk synth'],
  ['yarn dlx cdk@2.1.0 synth', 'cdk synth'],
  ['yarn cdk synth', 'yarn cdk synth'],
  ['uv run --frozen python -m pytest -x', 'pytest -x'],
  ['poetry run pytest', 'pytest'],
  ['bundle exec rspec', 'rspec'],
  ['python3 -m build', 'python3 -m build'],
  ['dotenv -- cdk deploy', 'cdk deploy'],
  ['retry -t 3 -- docker push x', 'docker push x'],
  ['./scripts/deploy.sh prod', './scripts/deploy.sh prod'],
  ['/usr/local/bin/trivy fs .', 'trivy fs .'],
  ['> out.txt', ''],
])('%s is %s', (source, words) => {
  const [command] = engine.parseShell(source).commands;
  expect(command ? commandWords(command).join(' ') : '').toBe(words);
});
