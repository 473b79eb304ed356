import { expect, it } from 'vitest';

import { findingsOf, testCorpus } from '../../../test/audit.ts';

const id = 'rebuilt-not-promoted';
testCorpus(id);

interface Shape {
  readonly first: readonly string[];
  readonly path?: string;
  readonly second: readonly string[];
  readonly job?: string;
  readonly download?: string;
}

const run = (one: string): string => `      - run: ${JSON.stringify(one)}\n`;

function found({
  first,
  path = 'cdk.out',
  second,
  job = '',
  download = 'name: out',
}: Shape): unknown[] {
  const text = [
    'on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n',
    ...first.map(run),
    `      - { uses: actions/upload-artifact@v4, with: { name: out, path: ${path} } }\n`,
    `  deploy:\n    needs: build\n    runs-on: ubuntu-latest\n${job}    steps:\n`,
    download ? `      - { uses: actions/download-artifact@v4, with: { ${download} } }\n` : '',
    ...second.map(run),
  ].join('');
  return findingsOf(id, text).map(({ data }) => [data['family'], data['tool']]);
}

const synth = ['npx cdk synth'];

it.each<[Shape, unknown[]]>([
  [{ first: synth, second: ['cdk deploy'] }, [['cdk assembly', 'cdk deploy']]],
  [
    { first: synth, second: ['cdk deploy --app "npx ts-node app.ts"'] },
    [['cdk assembly', 'cdk deploy']],
  ],
  [{ first: synth, second: ['cdk deploy --app cdk.out'] }, []],
  [{ first: synth, second: ['cdk deploy --app=./cdk.out/'] }, []],
  [
    { first: synth, second: ['cdk synth', 'cdk deploy -a cdk.out'] },
    [['cdk assembly', 'cdk synth']],
  ],
  [{ first: synth, second: ['cdk deploy'], download: '' }, []],
  [{ first: synth, second: ['cdk deploy'], download: 'name: other' }, []],
  [{ first: synth, second: ['cdk diff'] }, []],
  [{ first: ['npm test'], second: ['cdk deploy'] }, []],
  [{ first: synth, path: 'coverage', second: ['cdk deploy'] }, []],
  [{ first: ['sam build'], second: ['sam build', 'sam deploy'] }, [['sam build', 'sam build']]],
  [
    {
      first: ['docker build .', 'grype x'],
      second: ['docker build .', 'docker push x'],
      download: '',
      job: '    environment: prod\n',
    },
    [['image', 'docker build']],
  ],
  [
    {
      first: ['docker build .', 'grype x'],
      second: ['docker build .', 'docker push x'],
      download: '',
      job: '    environment: dev\n',
    },
    [],
  ],
  [
    {
      first: ['docker build .'],
      second: ['docker build .', 'docker push x'],
      download: '',
      job: '    environment: prod\n',
    },
    [],
  ],
])('%j', (shape, expected) => {
  expect(found(shape)).toEqual(expected);
});
