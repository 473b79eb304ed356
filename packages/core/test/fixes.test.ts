import { describe, expect, it } from 'vitest';

import { fixRepository } from '../src/fix/apply.ts';
import { auditRepository, Repository, sourceFile } from '../src/index.ts';
import { engine } from './audit.ts';
import { hasSharedCorpus, repositories } from './shared-corpus.ts';

const path = '.github/workflows/test.yml';

function fix(text: string, unsafe = false): ReturnType<typeof fixRepository> {
  return fixRepository(
    { name: 'acme/shop', prefix: '', files: [sourceFile(path, text)] },
    { engine, unsafe },
  );
}

const job = (steps: string, more = ''): string => `on: push
permissions: { contents: read }
jobs:
  deploy:
    runs-on: ubuntu-latest
${more}    steps:
${steps}`;

describe('what fix writes', () => {
  it('keeps CRLF, comments and a missing final line break', () => {
    const text = job(
      `      - uses: aws-actions/configure-aws-credentials@v5 # pinned soon
        with:
          aws-access-key-id: \${{ secrets.AWS_ACCESS_KEY_ID }} # old
          aws-secret-access-key: \${{ secrets.AWS_SECRET_ACCESS_KEY }}
          aws-region: eu-west-1`,
    ).replaceAll('\n', '\r\n');
    const after = fix(text).files[0]?.after ?? '';
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
    expect(after).toContain('role-to-assume: ${{ vars.AWS_ROLE_ARN }} # old\r\n');
    expect(after.endsWith('aws-region: eu-west-1')).toBe(true);
  });

  it('edits flow maps in place', () => {
    const text =
      job(`      - { uses: aws-actions/configure-aws-credentials@v5, with: { aws-access-key-id: '\${{ secrets.AWS_ACCESS_KEY_ID }}', aws-secret-access-key: '\${{ secrets.AWS_SECRET_ACCESS_KEY }}', aws-region: eu-west-1 } }
`);
    const after = fix(text).files[0]?.after ?? '';
    expect(after).toContain(`role-to-assume: "\${{ vars.AWS_ROLE_ARN }}"`);
    expect(after).not.toContain('secrets.');
    expect(
      auditRepository(new Repository({ name: '', prefix: '', files: [sourceFile(path, after)] }), {
        engine,
      }).invalid,
    ).toEqual([]);
  });

  it('replaces the environment of a step by a step, with the region it finds', () => {
    const after =
      fix(
        job(`      - run: aws s3 sync dist s3://acme-site
        env:
          AWS_ACCESS_KEY_ID: \${{ secrets.AWS_ACCESS_KEY_ID }}
          AWS_SECRET_ACCESS_KEY: \${{ secrets.AWS_SECRET_ACCESS_KEY }}
          AWS_REGION: eu-west-2
`),
      ).files[0]?.after ?? '';
    expect(after).toMatch(
      /uses: aws-actions\/configure-aws-credentials@[0-9a-f]{40} # v[\s\S]*aws-region: eu-west-2\n\s+- run: aws s3 sync/,
    );
    expect(after).toContain('env:\n          AWS_REGION: eu-west-2\n');
  });

  it('takes an empty env block away with its last entry', () => {
    const after =
      fix(
        job(`      - run: ./deploy.sh
        env:
          AWS_ACCESS_KEY_ID: \${{ secrets.AWS_ACCESS_KEY_ID }}
          AWS_SECRET_ACCESS_KEY: \${{ secrets.AWS_SECRET_ACCESS_KEY }}
`),
      ).files[0]?.after ?? '';
    expect(after).not.toContain('env:');
    expect(after).toContain('aws-region: ${{ vars.AWS_REGION }}');
  });

  it('takes a step away that only configures the key', () => {
    const after =
      fix(
        job(`      - run: |
          aws configure set aws_access_key_id "\${{ secrets.AWS_ACCESS_KEY_ID }}"
          aws configure set aws_secret_access_key "\${{ secrets.AWS_SECRET_ACCESS_KEY }}"
          aws configure set region eu-west-1
      - run: aws s3 ls
`),
      ).files[0]?.after ?? '';
    expect(after).not.toContain('aws configure');
    expect(after).toContain('aws-region: eu-west-1\n      - run: aws s3 ls\n');
  });

  it('moves id-token from the workflow to the job that uses it', () => {
    const text = `on: push
permissions:
  contents: read
  id-token: write
jobs:
  test:
    runs-on: ubuntu-latest
    steps: [{ run: 'true' }]
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@61815dcd50bd041e203e49132bacad1fd04d2708 # v5.1.1
        with: { role-to-assume: 'arn:aws:iam::111111111111:role/ci', role-session-name: 'd-\${{ github.run_id }}', retry-max-attempts: 2, aws-region: eu-west-1 }
`;
    const after = fix(text).files[0]?.after ?? '';
    expect(after).toContain('permissions:\n  contents: read\njobs:');
    expect(after).toContain(
      'runs-on: ubuntu-latest\n    permissions:\n      contents: read\n      id-token: write\n    steps:\n      - uses: aws',
    );
  });

  it('moves a secret out of the text of a script', () => {
    const after =
      fix(
        job(`      - run: |
          curl -H "Authorization: \${{ secrets.API_TOKEN }}" https://api.example.com
          deploy --token=\${{ secrets.API_TOKEN }}
      - run: echo '\${{ secrets.QUOTED }}'
`),
      ).files[0]?.after ?? '';
    expect(after)
      .toContain(`          curl -H "Authorization: \${API_TOKEN}" https://api.example.com
          deploy --token="$API_TOKEN"
        env:
          API_TOKEN: \${{ secrets.API_TOKEN }}
`);
    expect(after).toContain("echo '${{ secrets.QUOTED }}'");
  });

  it('seals a file that is too large for kms encrypt, when asked', () => {
    const text = job(`      - run: |
          tar -czf out.tar.gz dist
          aws kms encrypt --key-id "$KEY" --plaintext fileb://out.tar.gz --output text --query CiphertextBlob > out.enc
`);
    expect(fix(text).files).toEqual([]);
    expect(fix(text, true).files[0]?.after).toContain(
      '          npx sallyport seal out.tar.gz --output out.enc --key "$KEY"\n',
    );
  });

  it('changes callee, callers and declaration together', () => {
    const files = [
      sourceFile(
        '.github/workflows/_deploy.yml',
        `on:
  workflow_call:
    secrets:
      AWS_ACCESS_KEY_ID: { required: true }
      AWS_SECRET_ACCESS_KEY: { required: true }
      OTHER: { required: false }
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: aws-actions/configure-aws-credentials@v5
        with:
          aws-access-key-id: \${{ secrets.AWS_ACCESS_KEY_ID }}
          aws-secret-access-key: \${{ secrets.AWS_SECRET_ACCESS_KEY }}
          aws-region: eu-west-1
      - run: echo "$O"
        env: { O: '\${{ secrets.OTHER }}' }
`,
      ),
      sourceFile(
        '.github/workflows/release.yml',
        `on: push
jobs:
  deploy:
    uses: ./.github/workflows/_deploy.yml
    secrets:
      AWS_ACCESS_KEY_ID: \${{ secrets.AWS_ACCESS_KEY_ID }}
      AWS_SECRET_ACCESS_KEY: \${{ secrets.AWS_SECRET_ACCESS_KEY }}
      OTHER: \${{ secrets.OTHER }}
`,
      ),
    ];
    const { files: changed } = fixRepository({ name: 'acme/shop', prefix: '', files }, { engine });
    const [callee, caller] = changed.map((file) => file.after);
    expect(callee).toContain('secrets:\n      OTHER: { required: false }\njobs:');
    expect(caller).toBe(`on: push
jobs:
  deploy:
    uses: ./.github/workflows/_deploy.yml
    permissions:
      contents: read
      id-token: write
    secrets:
      OTHER: \${{ secrets.OTHER }}
`);
  });
});

describe('what fix leaves', () => {
  const reasons: readonly (readonly [string, string, RegExp])[] = [
    [
      'a trigger that outsiders use',
      job(keyStep()).replace('on: push', 'on: issue_comment'),
      /outsiders/,
    ],
    [
      'a name of its own',
      job(
        '      - run: ./x.sh\n        env: { APP_AWS_ACCESS_KEY_ID: "${{ secrets.A }}", APP_AWS_SECRET_ACCESS_KEY: "${{ secrets.B }}" }\n',
      ),
      /only the program/,
    ],
    [
      'the key of the workflow',
      `on: push\nenv: { AWS_ACCESS_KEY_ID: "\${{ secrets.A }}" }\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ run: ./a.sh }]\n`,
      /every job has it/,
    ],
    [
      'a key that two jobs share by an anchor',
      `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ./a.sh\n        env: &keys { AWS_ACCESS_KEY_ID: "\${{ secrets.A }}" }\n  b:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ./b.sh\n        env: *keys\n`,
      /anchored|shared|place/,
    ],
  ];
  it.each(reasons)('%s', (_name, text, reason) => {
    const { skipped, files } = fix(text, true);
    expect(files.some((file) => /role-to-assume/.test(file.after))).toBe(false);
    expect(
      skipped
        .filter(({ finding }) => finding.rule === 'static-aws-credentials')
        .map((skip) => skip.reason)
        .join(),
    ).toMatch(reason);
  });

  it('an invalid file', () => {
    const text = `${job(keyStep())}      - run: ./a.sh\n        run: ./b.sh\n`;
    expect(fix(text, true).files).toEqual([]);
  });

  it('a job that uses GITHUB_TOKEN in ways nobody can tell, unless asked', () => {
    const text = job(
      `${keyStep()}      - run: gh pr comment 1 --body hi\n        env: { GH_TOKEN: '\${{ github.token }}' }\n`,
    ).replace('permissions: { contents: read }\n', '');
    expect(fix(text).skipped.map((skip) => skip.why)).toContain('unsafe');
    expect(fix(text, true).files[0]?.after).toContain('id-token: write');
  });

  it('a secret whose presence switches jobs on, unless asked', () => {
    const text = `on: push
permissions: { contents: read }
jobs:
  gate:
    runs-on: ubuntu-latest
    outputs: { go: '\${{ steps.c.outputs.go }}' }
    steps:
      - id: c
        env: { HAVE_KEY: '\${{ secrets.AWS_ACCESS_KEY_ID }}' }
        run: if [ -n "$HAVE_KEY" ]; then echo "go=true" >> "$GITHUB_OUTPUT"; fi
  deploy:
    needs: gate
    if: needs.gate.outputs.go == 'true'
    runs-on: ubuntu-latest
    steps:
${keyStep()}`;
    expect(
      fix(text).skipped.find((skip) => skip.finding.rule === 'static-aws-credentials'),
    ).toMatchObject({
      why: 'unsafe',
      reason: expect.stringContaining('switches jobs on') as string,
    });
  });
});

describe('laws of fix on real workflows', () => {
  it.each([false, true])('unsafe fixes: %s', (unsafe) => {
    if (!hasSharedCorpus) return;
    for (const { input } of repositories()) {
      const result = fixRepository(input, { engine, unsafe });
      const again = fixRepository(result.after.repository.input, { engine, unsafe });
      expect([input.name, again.applied.map((one) => one.title)]).toEqual([input.name, []]);
      expect(result.after.invalid.length).toBeLessThanOrEqual(result.before.invalid.length);
      const count = (findings: typeof result.before.findings): Map<string, number> => {
        const counts = new Map<string, number>();
        for (const { rule, locations } of findings)
          counts.set(
            `${rule} ${locations[0].file}`,
            (counts.get(`${rule} ${locations[0].file}`) ?? 0) + 1,
          );
        return counts;
      };
      const before = count(result.before.findings);
      for (const [kind, number] of count(result.after.findings))
        expect([kind, number <= (before.get(kind) ?? 0)]).toEqual([kind, true]);
      for (const { finding } of result.applied) {
        const original = result.before.findings.some(
          (one) =>
            one.rule === finding.rule &&
            one.locations[0].file === finding.locations[0].file &&
            one.locations[0].startLine === finding.locations[0].startLine,
        );
        expect([
          finding.rule,
          finding.locations[0].file,
          finding.locations[0].startLine,
          original,
        ]).toEqual([finding.rule, finding.locations[0].file, finding.locations[0].startLine, true]);
      }
    }
  });
});

function keyStep(): string {
  return `      - uses: aws-actions/configure-aws-credentials@v5
        with:
          aws-access-key-id: \${{ secrets.AWS_ACCESS_KEY_ID }}
          aws-secret-access-key: \${{ secrets.AWS_SECRET_ACCESS_KEY }}
          aws-region: eu-west-1
`;
}
