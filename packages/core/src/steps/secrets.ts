import type { Value } from './value.ts';

/** Words that make a name one of something secret. */
const secretWords =
  /(?:^|_)(?:SECRETS?|TOKENS?|PAT|PASS|PASSWORD|PASSWD|PASSPHRASE|PWD|PW|KEYS?|APIKEY|CREDENTIALS?|CREDS|PRIVATE|WEBHOOK|DSN|CERT|CERTIFICATE|KEYSTORE|JWT|OTP|PIN|SALT|SIGNING|KUBECONFIG)(?=_|$)/;

/** Addresses that usually carry a password. */
const databaseAddress =
  /(?:^|_)(?:DATABASE|DB|POSTGRES|POSTGRESQL|PG|MYSQL|MONGO|MONGODB|REDIS|AMQP|RABBITMQ|SUPABASE|SQLALCHEMY|CONNECTION)_(?:URL|URI|STRING)(?=_|$)/;

/** Keys that are only named: the id, alias or address of one. */
const onlyNamed =
  /(?:^|_)(?:KMS|CMK|PUBLIC|SECRETS?|KEY|TOKEN|PASSWORD)_(?:ARN|NAME|ALIAS|PATH|URL|URI|ENDPOINT|REGION)$|(?:^|_)(?:KMS|CMK)(?:_KEY)?(?:_ID)?$|(?:^|_)PUBLIC_KEY$/;

/** Words of names that say where or who, not a secret, although people store them as secrets. */
const addresses =
  /(?:^|_)(?:ACCOUNT|ACCOUNTID|ACCOUNT_NUMBER|REGION|ROLE|ROLE_TO_ASSUME|ASSUME_ROLE|ARN|BUCKET|NAME|ID|URL|URI|HOST|HOSTNAME|DOMAIN|EMAIL|USER|USERNAME|LOGIN|REPO|REPOSITORY|REGISTRY|CLUSTER|SERVICE|STACK|PROJECT|ENDPOINT|PORT|PATH|DISTRIBUTION|ZONE|SUBNET|SUBNETS|VPC|AMI|TAG|ENV|ENVIRONMENT|STAGE|TENANT|ORG|IP|ADDRESS|BRANCH|VERSION|DIR|FILE|ALIAS|SERVER|CHANNEL)$/;

/**
 * Whether a stored secret is one to keep, by its name: `DB_PASSWORD` is, `AWS_ACCOUNT_ID` and
 * `DEPLOY_ROLE_ARN` are not, though people store them the same way. Names that say nothing count as
 * secret.
 */
export function isSensitive(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toUpperCase();
  if (onlyNamed.test(words)) return false;
  if (databaseAddress.test(words) || secretWords.test(words)) return true;
  return !addresses.test(words.replace(variants, ''));
}

/** Endings that tell one of several from the others: `BUCKET_V2`, `ACCOUNT_DEV`. */
const variants =
  /(?:_(?:V?\d+|DEV|DEVELOPMENT|TEST|QA|UAT|STAGING|STAGE|STG|PROD|PRODUCTION|NEW|OLD))+$/;

/** The token that GitHub makes for the run; it ends with the job. */
export function isRunToken(name: string): boolean {
  return name.toUpperCase() === 'GITHUB_TOKEN';
}

/** The stored secrets that a value holds, by name; computed names are shown as `secrets[...]`. */
export function secretsIn(values: readonly Value[]): string[] {
  const names = values.flatMap((value) =>
    value.flatMap((piece) => {
      if (typeof piece === 'string' || piece.origin?.kind !== 'secret') return [];
      return piece.origin.dynamic ? 'secrets[...]' : piece.origin.name;
    }),
  );
  return [...new Set(names)];
}

/** Commands whose output is a secret that AWS keeps; GitHub has never seen it and masks nothing. */
const fetching =
  'get-secret-value|with-decryption|get-login-password|get-authorization-token|generate-db-auth-token|get-random-password|export-credentials';
const fetches = new RegExp(`\\baws\\b[\\s\\S]*?\\b(?:${fetching})\\b`);
const mentions = new RegExp(fetching);

/** Whether a value that {@link isFetched} can come from a script, by its text as it is written. */
export function mayFetch(script: string): boolean {
  return mentions.test(script);
}

/** Whether a value is fetched from AWS by a script: `$(aws secretsmanager get-secret-value ...)`. */
export function isFetched(values: readonly Value[]): boolean {
  return values.some((value) =>
    value.some((piece) => {
      if (typeof piece === 'string' || !/^(?:\$\(|`)/.test(piece.source)) return false;
      // ATTACKER: the search backs up at every "aws"; no call is that long.
      return fetches.test(piece.source.slice(0, 2000));
    }),
  );
}
