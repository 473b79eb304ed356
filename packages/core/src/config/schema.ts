import { z } from 'zod';

import type { Config } from './config.ts';

const accountId = z
  .string('must be a string: quote the 12 digits')
  .regex(/^\d{12}$/, 'must be 12 digits');
const roleArn = z
  .string()
  .regex(
    /^arn:aws[\w-]*:iam::\d{12}:role\/\S+$/,
    'must be the ARN of an IAM role; secrets themselves do not belong here',
  );
const words = (what: string): z.ZodString => z.string().min(1, `must say ${what}`);

const subject = z
  .strictObject({
    format: z
      .enum(['classic', 'immutable', 'custom'])
      .describe('The shape of the `sub` claim of this repository.'),
    'owner-id': z
      .string()
      .optional()
      .describe('Numeric id of the owner, for the immutable format.'),
    'repository-id': z
      .string()
      .optional()
      .describe('Numeric id of the repository, for the immutable format.'),
    claims: z
      .array(z.string())
      .optional()
      .describe('Claims of a customised subject, in their order.'),
  })
  .describe("How GitHub writes the subject of this repository's tokens.");

const enterprise = z
  .strictObject({
    slug: words('the name in its address').optional(),
    id: z
      .string('must be a string: quote the number')
      .regex(/^[1-9]\d*$/, 'must be a number')
      .optional()
      .describe('Numeric id of the enterprise, the claim `enterprise_id`.'),
  })
  .describe('The enterprise that the repository belongs to; `{}` when only that is known.');

const account = z.strictObject({
  id: accountId.describe('The 12 digits of the account.'),
  region: words('a region').optional(),
});

const accepted = z
  .strictObject({
    branch: words('a branch').optional(),
    tag: words('a tag').optional(),
    environment: words('an environment').optional(),
    'pull-request': z.boolean().optional(),
  })
  .refine(
    (one) => Object.keys(one).length === 1,
    'must name exactly one of branch, tag, environment, pull-request',
  );

const environment = z.strictObject({
  account: z.string().optional().describe('A name under `accounts`.'),
  role: words('a role').optional(),
  accepts: z
    .array(accepted)
    .optional()
    .describe('The tokens that the role is meant to accept; every other one is a finding.'),
  through: z
    .string()
    .optional()
    .describe('The environment that a release has passed before this one.'),
});

const quota = z.int().min(1).optional();
const quotas = z
  .strictObject({
    'trust-policy-size': quota.describe('AssumeRolePolicySizeQuota: characters of a trust policy.'),
    'role-policy-size': quota.describe('RolePolicySizeQuota: all inline policies of a role.'),
    'managed-policy-size': quota.describe('PolicySizeQuota: one managed policy.'),
    'policies-per-role': quota.describe('AttachedPoliciesPerRoleQuota.'),
  })
  .describe('Quotas of IAM in these accounts, as `aws iam get-account-summary` prints them.');

const exception = z.strictObject({
  plane: z.enum(['authentication', 'authorization', 'privilege']),
  action: z.string().optional(),
  resource: z.string().optional(),
  reason: words('why'),
  expires: z.iso.date('must be a date such as 2027-01-31'),
});

const audit = z.strictObject({
  rules: z
    .record(z.string(), z.enum(['high', 'medium', 'low', 'info', 'off']))
    .optional()
    .describe('Severities by rule; `off` switches a rule off, and the report says so.'),
  'public-artifacts': z
    .array(z.string())
    .optional()
    .describe('Names of artifacts that may be public; `*` stands for any characters.'),
  'max-file-size': z
    .int()
    .min(1)
    .max(64 * 1024 * 1024)
    .optional()
    .describe('Largest file that is read, in bytes.'),
});

/** The schema of `.github/sallyport.yml`: one for all commands (DESIGN section 4). */
export const configSchema: z.ZodType<Config> = z
  .strictObject({
    version: z.literal(1),
    repository: z
      .string()
      .regex(/^[\w.-]+\/[\w.-]+$/, 'must be owner/name')
      .optional(),
    'default-branch': words('a branch').optional(),
    issuer: z
      .string()
      .regex(
        /^https:\/\/[^\s/?#]+(?:\/[^\s?#]+)?$/,
        'must be an address such as https://token.actions.githubusercontent.com',
      )
      .optional()
      .describe('Who signs the tokens; github.com without an enterprise in the address otherwise.'),
    enterprise: enterprise.optional(),
    subject: subject.optional(),
    accounts: z
      .record(z.string(), account)
      .optional()
      .describe('AWS accounts by the names used below.'),
    environments: z
      .record(z.string(), environment)
      .optional()
      .describe('What is meant to be: everything else is a finding.'),
    publish: z
      .strictObject({
        environment: z.string(),
        repository: z.string(),
        'immutable-tags': z.boolean().optional(),
      })
      .optional()
      .describe('Where images are published.'),
    vars: z
      .record(z.string(), z.string())
      .optional()
      .describe('Values of configuration variables that decide roles.'),
    inputs: z
      .record(z.string(), z.union([z.string(), z.array(z.string())]))
      .optional()
      .describe('Values of workflow inputs that decide roles.'),
    secrets: z
      .record(z.string(), roleArn)
      .optional()
      .describe('Role ARNs that stand in secrets; never a secret itself.'),
    evidence: z
      .strictObject({
        directory: z.string().optional(),
        bucket: z.string().optional(),
        key: z.string().optional(),
      })
      .optional(),
    quotas: quotas.optional(),
    exceptions: z.array(exception).optional(),
    audit: audit.optional(),
  })
  .describe('Configuration of Sallyport: docs/reference/configuration.md');

/** The JSON Schema of the configuration, for editors. */
export function configJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(configSchema, { target: 'draft-2020-12' }) };
}
