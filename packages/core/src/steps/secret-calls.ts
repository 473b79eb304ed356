import { awsOption, type AwsCall } from './aws-cli.ts';

/** A call that answers with a secret that AWS keeps or makes. */
interface SecretCall {
  readonly service: string;
  readonly operation: RegExp;
  /** What it answers with, as people call it. */
  readonly what: string;
  /** The members of the answer that hold it: a `--query` that selects none of them gives none. */
  readonly fields?: RegExp;
  readonly only?: (call: AwsCall) => boolean;
}

/** Sources: the operations' pages under https://docs.aws.amazon.com/cli/latest/reference/ */
const calls: readonly SecretCall[] = [
  {
    service: 'ssm',
    operation: /^get-parameters?(?:-by-path|-history)?$/,
    what: 'the decrypted parameters',
    fields: /\bValue\b/,
    only: (call) => call.options.has('with-decryption'),
  },
  {
    service: 'secretsmanager',
    operation: /^(?:batch-)?get-secret-value$/,
    what: 'the secret',
    fields: /\bSecret(?:String|Binary)\b/,
  },
  {
    service: 'secretsmanager',
    operation: /^get-random-password$/,
    what: 'the new password',
    fields: /\bRandomPassword\b/,
  },
  {
    service: 'ecr',
    operation: /^get-login-password$/,
    what: 'a registry password, valid for twelve hours,',
  },
  { service: 'ecr', operation: /^get-login$/, what: 'a `docker login` with a password' },
  {
    service: 'ecr',
    operation: /^get-authorization-token$/,
    what: 'a registry token',
    fields: /\bauthorizationToken\b/,
  },
  { service: 'ecr-public', operation: /^get-login-password$/, what: 'a registry password' },
  {
    service: 'codeartifact',
    operation: /^get-authorization-token$/,
    what: 'a package registry token',
    fields: /\bauthorizationToken\b/,
  },
  { service: 'rds', operation: /^generate-db-auth-token$/, what: 'a database token' },
  {
    service: 'sts',
    operation:
      /^(?:assume-role(?:-with-web-identity|-with-saml)?|get-session-token|get-federation-token)$/,
    what: 'the session keys',
    fields: /\b(?:SecretAccessKey|SessionToken)\b/,
  },
  {
    service: 'iam',
    operation: /^create-access-key$/,
    what: 'a new access key',
    fields: /\bSecretAccessKey\b/,
  },
  { service: 'configure', operation: /^export-credentials$/, what: 'the session keys' },
  {
    service: 'configure',
    operation: /^get$/,
    what: 'the secret key',
    only: (call) => /secret|token/.test(call.operands[0]?.text ?? ''),
  },
  { service: 'kms', operation: /^decrypt$/, what: 'the decrypted text', fields: /\bPlaintext\b/ },
  {
    service: 'kms',
    operation: /^generate-data-key$/,
    what: 'the data key',
    fields: /\bPlaintext\b/,
  },
];

/** What secret a call answers with; undefined when it gives none. */
export function secretOf(call: AwsCall): string | undefined {
  const entry = calls.find(
    (one) => one.service === call.service && one.operation.test(call.operation),
  );
  if (!entry || (entry.only && !entry.only(call))) return undefined;
  if (
    call.options.has('generate-cli-skeleton') ||
    call.options.has('dry-run') ||
    call.options.has('help')
  )
    return undefined;
  const query = awsOption(call, 'query')?.text;
  if (query === undefined || !entry.fields) return entry.what;
  // A query without any field name of its own (`Parameters[]`, `@`, `Credentials`) selects everything.
  const selectsAll =
    /^(?:@|\*|Parameters?|Credentials|AccessKey|[aA]uthorizationData)?(?:\[[\d:*]*\])?$/.test(
      query,
    );
  return selectsAll || entry.fields.test(query) || query.includes('$') ? entry.what : undefined;
}
