import { awsOption, type AwsCall } from './aws-cli.ts';

/** A call that answers with a secret that AWS keeps or makes. */
interface SecretCall {
  readonly service: string;
  /** Its names, with blanks between them. */
  readonly operations: string;
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
    operations:
      'get-parameter get-parameters get-parameter-by-path get-parameters-by-path get-parameter-history get-parameters-history',
    what: 'the decrypted parameters',
    fields: /\bValue\b/,
    only: (call) => call.options.has('with-decryption'),
  },
  {
    service: 'secretsmanager',
    operations: 'get-secret-value batch-get-secret-value',
    what: 'the secret',
    fields: /\bSecret(?:String|Binary)\b/,
  },
  {
    service: 'secretsmanager',
    operations: 'get-random-password',
    what: 'the new password',
    fields: /\bRandomPassword\b/,
  },
  {
    service: 'ecr',
    operations: 'get-login-password',
    what: 'a registry password, valid for twelve hours,',
  },
  { service: 'ecr', operations: 'get-login', what: 'a `docker login` with a password' },
  {
    service: 'ecr',
    operations: 'get-authorization-token',
    what: 'a registry token',
    fields: /\bauthorizationToken\b/,
  },
  { service: 'ecr-public', operations: 'get-login-password', what: 'a registry password' },
  {
    service: 'codeartifact',
    operations: 'get-authorization-token',
    what: 'a package registry token',
    fields: /\bauthorizationToken\b/,
  },
  { service: 'rds', operations: 'generate-db-auth-token', what: 'a database token' },
  {
    service: 'sts',
    operations:
      'assume-role assume-role-with-web-identity assume-role-with-saml get-session-token get-federation-token',
    what: 'the session keys',
    fields: /\b(?:SecretAccessKey|SessionToken)\b/,
  },
  {
    service: 'iam',
    operations: 'create-access-key',
    what: 'a new access key',
    fields: /\bSecretAccessKey\b/,
  },
  { service: 'configure', operations: 'export-credentials', what: 'the session keys' },
  {
    service: 'configure',
    operations: 'get',
    what: 'the secret key',
    only: (call) => /secret|token/.test(call.operands[0]?.text ?? ''),
  },
  { service: 'kms', operations: 'decrypt', what: 'the decrypted text', fields: /\bPlaintext\b/ },
  {
    service: 'kms',
    operations: 'generate-data-key',
    what: 'the data key',
    fields: /\bPlaintext\b/,
  },
];

const byName = new Map<string, SecretCall>();
for (const one of calls) {
  for (const operation of one.operations.split(' ')) {
    byName.set(`${one.service} ${operation}`, one);
  }
}

/** The names of all operations that can answer with a secret. */
export const secretOperations: readonly string[] = calls.flatMap((one) =>
  one.operations.split(' '),
);

/** What secret a call answers with; undefined when it gives none. */
export function secretOf(call: AwsCall): string | undefined {
  const entry = byName.get(`${call.service} ${call.operation}`);
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
