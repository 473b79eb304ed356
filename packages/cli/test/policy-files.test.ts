import { describe, expect, it, vi } from 'vitest';

import { folderWith, quiet, run } from './run.ts';

// Whole audits take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const github = 'token.actions.githubusercontent.com';
const provider = `arn:aws:iam::111111111111:oidc-provider/${github}`;

/** A trust policy that lets in the subjects of a pattern. */
function trust(subject: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' },
        StringLike: { [`${github}:sub`]: subject },
      },
    },
  });
}

/** The same as a module of Terraform; `comment` stands above the subjects. */
function terraform(subject: string, comment = ''): string {
  return `
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["${provider}"]
    }
    condition {
      test     = "StringEquals"
      variable = "${github}:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "${github}:sub"
      ${comment}
      values   = ["${subject}"]
    }
  }
}
`;
}

const role = `
resource "aws_iam_role" "deploy" {
  name               = "deploy"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
`;
const wide = 'repo:acme/*';
const found = 'error[trust-organization-wide]';

describe('audit of files of policies', () => {
  it.each([
    ['a file of JSON', { 'trust.json': trust(wide) }, ['trust.json']],
    ['a folder without workflows', { 'iam/trust.json': trust(wide) }, ['iam']],
    ['the current folder', { 'trust.json': trust(wide) }, []],
    ['beside workflows', { '.github/workflows/a.yml': quiet, 'iam/trust.json': trust(wide) }, []],
    ['a module in one file', { 'main.tf': terraform(wide) + role }, ['main.tf']],
    [
      'the file with the role, the policy in another of the module',
      { 'role.tf': role, 'data.tf': terraform(wide) },
      ['role.tf', 'data.tf'],
    ],
    ['a module as a folder', { 'm/role.tf': role, 'm/data.tf': terraform(wide) }, ['m']],
    ['a template', { 'stack.template': template(wide) }, ['stack.template']],
    [
      'a template of CDK',
      { 'cdk.out/Stack.template.json': template(wide), '.github/workflows/a.yml': quiet },
      [],
    ],
  ])('finds what is too wide in %s', async (_what, files, paths) => {
    const cwd = folderWith(files);
    const { code, stdout } = await run(['audit', ...paths], { cwd });
    expect(stdout).toContain(found);
    expect(stdout).toMatch(/examined .*1 role that trusts GitHub/);
    expect(code).toBe(1);
  });

  it('reads the other files of a module, and reports only what was asked for', async () => {
    const cwd = folderWith({ 'role.tf': role, 'data.tf': terraform(wide) });
    const { stdout } = await run(['audit', 'data.tf'], { cwd });
    expect(stdout).toContain('--> data.tf:');
    const json = JSON.parse((await run(['audit', 'role.tf', '--format', 'json'], { cwd })).stdout);
    for (const { locations } of json.findings) expect(locations[0].file).toBe('role.tf');
  });

  it('leaves a policy alone that lets in what it names', async () => {
    const cwd = folderWith({ 'trust.json': trust('repo:acme/shop:environment:prod') });
    const { code, stdout } = await run(['audit', 'trust.json'], { cwd });
    expect({ code, wide: stdout.includes('error[') }).toEqual({ code: 0, wide: false });
  });

  it('does not look at policies where single workflows are asked for', async () => {
    const cwd = folderWith({ '.github/workflows/a.yml': quiet, 'trust.json': trust(wide) });
    const { code, stdout } = await run(['audit', '.github/workflows/a.yml'], { cwd });
    expect({ code, found: stdout.includes(found) }).toEqual({ code: 0, found: false });
  });

  it('hides what a comment above it names in Terraform, and says that it did', async () => {
    const comment = '# sallyport: ignore[trust-organization-wide] all of acme deploys here';
    const cwd = folderWith({ 'main.tf': terraform(wide, comment) + role });
    const hidden = await run(['audit', 'main.tf'], { cwd });
    expect(hidden.stdout).not.toContain(found);
    expect(hidden.stdout).toContain('1 suppressed');
    const bare = folderWith({ 'main.tf': terraform(wide, comment.slice(0, 45)) + role });
    expect((await run(['audit', 'main.tf'], { cwd: bare })).stdout).toContain(
      '[ignore-without-reason]',
    );
  });

  it('hides what a comment in a template of YAML names', async () => {
    const yaml = (comment: string): string =>
      [
        'Resources:',
        '  Deploy:',
        '    Type: AWS::IAM::Role',
        '    Properties:',
        '      AssumeRolePolicyDocument:',
        '        Statement:',
        '          - Effect: Allow',
        `            Principal: { Federated: "${provider}" }`,
        '            Action: sts:AssumeRoleWithWebIdentity',
        '            Condition:',
        `              StringEquals: { "${github}:aud": sts.amazonaws.com }`,
        '              StringLike:',
        ...(comment === '' ? [] : [`                ${comment}`]),
        `                "${github}:sub": "${wide}"`,
        '',
      ].join('\n');
    const cwd = folderWith({ 'a.yaml': yaml('') });
    expect((await run(['audit', 'a.yaml'], { cwd })).stdout).toContain(found);
    const other = folderWith({
      'a.yaml': yaml('# sallyport: ignore[trust-organization-wide] all of acme deploys here'),
    });
    const hidden = await run(['audit', 'a.yaml'], { cwd: other });
    expect(hidden.stdout).not.toContain(found);
    expect(hidden.stdout).toContain('1 suppressed');
  });

  it('says which files it could not read', async () => {
    const cwd = folderWith({ 'trust.json': trust(wide).slice(0, -10) });
    const { code, stdout } = await run(['audit', 'trust.json'], { cwd });
    expect(stdout).toContain('[trust-policy-invalid]');
    expect(code).toBe(1);
  });
});

/** A CloudFormation template with a role of that trust. */
function template(subject: string): string {
  return JSON.stringify({
    Resources: {
      Deploy: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: JSON.parse(trust(subject)) },
      },
    },
  });
}
