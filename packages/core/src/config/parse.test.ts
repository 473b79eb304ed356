import { describe, expect, it } from 'vitest';

import { isSallyportError } from '../errors/error.ts';
import { auditConfigOf } from './audit-config.ts';
import { parseConfig } from './parse.ts';

const rules = ['static-aws-credentials', 'invalid-workflow'];
const parse = (text: string): ReturnType<typeof parseConfig> => parseConfig(text, 'c.yml', rules);

/** `line:column problem; cure` of what is wrong with a text. */
function refusal(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (!isSallyportError(error) || error.code !== 'CONFIG_INVALID') throw error;
    const args = error.args as { line: number; column: number; problem: string; cure: string };
    return `${args.line}:${args.column} ${args.problem}; ${args.cure}`;
  }
  return 'accepted';
}

describe('parseConfig', () => {
  it('reads everything that the design shows', () => {
    const config = parse(`
version: 1
repository: acme/shop
default-branch: trunk
issuer: https://token.actions.githubusercontent.com/acme
enterprise: { slug: acme, id: "7" }
subject: { format: immutable, owner-id: "1", repository-id: "2" }
accounts:
  dev:  { id: "111111111111", region: eu-west-2 }
  prod: { id: "222222222222" }
environments:
  dev:  { account: dev,  role: shop-dev,  accepts: [{ branch: main }] }
  prod: { account: prod, role: shop-prod, accepts: [{ environment: prod }, { pull-request: true }], through: dev }
publish: { environment: dev, repository: shop/api, immutable-tags: true }
vars: { AWS_ROLE_ARN_DEV: "arn:aws:iam::111111111111:role/shop-dev" }
inputs: { stage: [dev, prod] }
secrets: { ROLE: "arn:aws:iam::111111111111:role/shop-dev" }
evidence: { directory: .sallyport/evidence, bucket: acme-evidence, key: "arn:aws:kms:eu-west-2:1:key/2" }
exceptions: [{ plane: privilege, action: "s3:ListAllMyBuckets", reason: "the console needs it", expires: 2027-01-31 }]
audit:
  rules: { static-aws-credentials: low, invalid-workflow: off }
  public-artifacts: ["coverage-*"]
  max-file-size: 1000000
`);
    expect(auditConfigOf(config)).toEqual({
      rules: { 'static-aws-credentials': 'low', 'invalid-workflow': 'off' },
      publicArtifacts: ['coverage-*'],
      environments: { dev: { account: 'dev' }, prod: { account: 'prod', through: 'dev' } },
      accounts: { dev: '111111111111', prod: '222222222222' },
    });
    expect(auditConfigOf(parse('version: 1'))).toEqual({
      rules: {},
      publicArtifacts: [],
      environments: {},
      accounts: {},
    });
  });

  it('has an account id that was written with an alias or a comment around it', () => {
    const text = 'version: 1 # one\nvars: { A: &a "111111111111" }\naccounts: { x: { id: *a } }\n';
    expect(parse(text).accounts).toEqual({ x: { id: '111111111111' } });
  });

  it.each([
    ['', '1:1 the file is empty; write at least `version: 1`, or remove the file'],
    ['version: 2', '1:10 "version" is 2; write 1'],
    ['repository: a/b', '1:1 "version" is missing; write 1'],
    ['- version: 1', '1:1 the configuration is a list; it must be a map'],
    ['version: 1\naudti: {}', '2:1 unknown key "audti"; did you mean "audit"?'],
    ['version: 1\naudit:\n  rule: {}', '3:3 unknown key "audit.rule"; did you mean "rules"?'],
    [
      'version: 1\naccounts:\n  dev: { id: "111111111111", reigon: x }',
      '3:30 unknown key "accounts.dev.reigon"; did you mean "region"?',
    ],
    [
      'version: 1\naccounts:\n  dev: { id: 012345678901 }',
      '3:14 "accounts.dev.id" is 12345678901; it must be a string: quote the 12 digits',
    ],
    [
      'version: 1\naccounts: { dev: { id: "1" } }',
      '2:24 "accounts.dev.id" is "1"; it must be 12 digits',
    ],
    [
      'version: 1\nissuer: token.actions.githubusercontent.com',
      '2:9 "issuer" is "token.actions.githubusercontent.com"; it must be an address such as https://token.actions.githubusercontent.com',
    ],
    [
      'version: 1\nenterprise: { id: 7 }',
      '2:19 "enterprise.id" is 7; it must be a string: quote the number',
    ],
    [
      'version: 1\naudit: { rules: { static-aws-credential: low } }',
      '2:19 unknown rule "static-aws-credential"; did you mean "static-aws-credentials"?',
    ],
    [
      'version: 1\naudit: { rules: { invalid-workflow: hihg } }',
      '2:37 "audit.rules.invalid-workflow" is "hihg"; did you mean "high"? Known: high, medium, low, info, off',
    ],
    [
      'version: 1\nenvironments: { prod: { account: prd } }\naccounts: { prod: { id: "111111111111" } }',
      '2:34 "environments.prod.account" names the account "prd", which is not declared; did you mean "prod"?',
    ],
    [
      'version: 1\nenvironments: { a: { through: b }, b: { through: a } }',
      '2:31 "environments.a.through" leads back to "a"; name the stage before it, and none for the first',
    ],
    [
      'version: 1\nsecrets: { KEY: wJalrXUtnFEMI }',
      '2:17 "secrets.KEY" is something else; it must be the ARN of an IAM role; secrets themselves do not belong here',
    ],
    [
      'version: 1\nexceptions: [{ plane: privilege, reason: "", expires: soon }]',
      '2:42 "exceptions.0.reason" is ""; it must say why',
    ],
    [
      'version: 1\nenvironments: { a: { accepts: [{ branch: x, tag: y }] } }',
      '2:32 "environments.a.accepts.0" is a map; it must name exactly one of branch, tag, environment, pull-request',
    ],
    ['version: 1\nversion: 1', '2:1 '],
    ['version: [1', '1:'],
    ['version: 1\n? [a]\n: b', '2:3 a key is not a name; write names as keys, each once'],
    ['version: 1\n__proto__: 1', '2:1 unknown key "__proto__"'],
    ['version: 1\nvars: { __proto__: x }', 'accepted'],
  ])('judges %j', (text, expected) => {
    expect(refusal(text)).toContain(expected);
  });

  it('reports the first of several problems in the order of the file', () => {
    expect(refusal('version: 1\nzzz: 1\naccounts: 5\nyyy: 2')).toMatch(/^2:1 unknown key "zzz"/);
  });
});
