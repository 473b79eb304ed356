import { expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { packageRun } from './package-run.ts';

it.each([
  ['npx cdk deploy --all', 'npx: cdk deploy --all'],
  ['npx --yes aws-cdk@2.1 deploy', 'npx: aws-cdk deploy'],
  ['npx -p @scope/a -- @scope/tool@latest x', 'npx: @scope/tool x'],
  ['sudo npx cdk', 'npx: cdk'],
  ['bunx sst deploy', 'bunx: sst deploy'],
  ['pnpm exec cdk deploy', 'pnpm exec: cdk deploy'],
  ['pnpm dlx serverless deploy', 'pnpm dlx: serverless deploy'],
  ['npm exec -- cdk diff', 'npm exec: cdk diff'],
  ['npm run build', undefined],
  ['npm ci', undefined],
  ['yarn cdk deploy', 'yarn: cdk deploy'],
  ['yarn dlx cdk', 'yarn dlx: cdk'],
  ['yarn install', undefined],
  ['yarn', undefined],
  ['poetry run aws s3', 'poetry run: aws s3'],
  ['poetry install', undefined],
  ['uv run --with boto3 deploy.py', 'uv run: deploy.py'],
  ['uvx --from awscli aws s3', 'uvx: aws s3'],
  ['bundle exec kamal deploy', 'bundle exec: kamal deploy'],
  ['npx $TOOL', undefined],
  ['aws s3', undefined],
])('%s', (source, expected) => {
  const [command] = engine.parseShell(source).commands;
  const run = command && packageRun(command);
  const words = run && [run.name, ...run.args.map((arg) => arg.text)].join(' ');
  expect(run && `${run.runner}: ${words}`).toBe(expected);
});
