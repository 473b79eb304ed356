/**
 * What a name says about the value under it: which part of a key, and how surely it is AWS's.
 * `strong` names are AWS keys by themselves (`STAGING_AWS_ACCESS_KEY_ID`, `aws-secret-access-key`);
 * `weak` ones are keys of some store (`accessKey`, `SECRET_KEY`, `AWS_KEY`) and need more evidence.
 */
export interface KeyName {
  readonly part: 'id' | 'secret' | 'token';
  readonly strength: 'strong' | 'weak';
}

/** Endings of names, longest first; word borders as underscores. */
const endings: readonly (readonly [RegExp, KeyName['part']])[] = [
  [
    /(?:^|_)(?:SECRET_ACCESS_KEY(?:_ID)?|ACCESS_KEY_SECRET|SECRET_KEY|SECRETKEY|SECRETACCESSKEY|KEY_SECRET|ACCESS_SECRET|SECRET_ACCESS|SECRET_KEY_ID)(?=_|$)/,
    'secret',
  ],
  [/(?:^|_)(?:SESSION_TOKEN|SECURITY_TOKEN|SESSIONTOKEN)(?=_|$)/, 'token'],
  [
    /(?:^|_)(?:ACCESS_KEY_ID|ACCESSKEYID|ACCESSKEY_ID|ACCESS_KEY|ACCESSKEY|ACCESS_ID|KEY_ID|KEYID|ACCESS_KEYID)(?=_|$)/,
    'id',
  ],
];

/** Names with these words hold something else, whatever they end in. */
const otherThings =
  /(?:^|_)(?:KMS|SSH|GPG|PGP|SIGNING|CMK|HOST|PUBLIC|PRIVATE|DEPLOY_KEY|API|NAME|ARN|PATH|FILE|REGION|BUCKET|URL|URI|ACCOUNT|ROLE|PAIR|LICENSE|ENCRYPTION|CACHE_KEY|PRIMARY|APP_STORE|ASC|APPSTORE|IOS|FASTLANE|NOTARY|APPLE)(?=_|$)/;

/** Services of AWS that stand in names of keys where `AWS` does not. */
const awsWords =
  /(?:^|_)(?:AWS\d*|AMAZON|ECR|SES|SQS|SNS|DYNAMO|DYNAMODB|ROUTE53|R53|CLOUDFRONT|CODEDEPLOY|CODECOMMIT|ELASTICBEANSTALK|EB|LAMBDA)(?=_|$)/;

/** Object stores: a key of one may be AWS's, but often is that of a compatible service. */
const storeWords = /(?:^|_)(?:S3|BUCKET)(?=_|$)/;

const cache = new Map<string, KeyName | undefined>();

/** Reads a name of an input, a variable, a secret or a flag. */
export function keyName(name: string): KeyName | undefined {
  if (cache.has(name)) return cache.get(name);
  if (cache.size > 20_000) cache.clear();
  const read = readName(name);
  cache.set(name, read);
  return read;
}

function readName(name: string): KeyName | undefined {
  if (name.length > 200) return undefined;
  const words = wordsOf(name);
  const aws = awsWords.test(words);
  const found = endings.find(([ending]) => ending.test(words));
  if (found) {
    const [ending, part] = found;
    // What stands around the ending decides whether it is another thing: AWS_KMS_KEY_ID, SSH_KEY_ID.
    const rest = words.replace(ending, '');
    if (otherThings.test(rest) && !/ACCESS_?KEY/.test(words)) return undefined;
    if (part === 'token') return aws ? { part, strength: 'strong' } : undefined;
    const canonical = /(?:^|_)(?:SECRET_ACCESS_KEY|ACCESS_KEY_ID)(?=_|$)/.test(words);
    // ACCESS_KEY_ID and SECRET_ACCESS_KEY are AWS's own words, whoever else has taken them over.
    if (aws || canonical) return { part, strength: 'strong' };
    if (storeWords.test(words)) return { part, strength: 'weak' };
    return /ACCESS_?KEY|SECRET_?KEY|SECRETACCESSKEY|ACCESS_KEY_SECRET/.test(words)
      ? { part, strength: 'weak' }
      : undefined;
  }
  // AWS_KEY, AWS_SECRET, AWS_USER_SECRET, AWS_ID, AWS_ACCESS.
  const short =
    /(?:^|_)AWS_(?:[A-Z0-9]+_)?(KEY|ID|SECRET|ACCESS)(?:_(?:DEV|STAGING|STAGE|STG|PROD|PRODUCTION|TEST|QA|UAT))?$/.exec(
      words,
    );
  if (!short || otherThings.test(words)) return undefined;
  return { part: short[1] === 'SECRET' ? 'secret' : 'id', strength: 'weak' };
}

/** `accessKeyId`, `access-key.id` and `ACCESS_KEY_ID` are the same words. */
function wordsOf(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
}

/** Other clouds and S3-compatible services by the words that their users put into names. */
const otherClouds =
  /(?:^|_)(?:R2|CLOUDFLARE|MINIO|HETZNER|HCLOUD|WASABI|BACKBLAZE|B2|SPACES|DIGITALOCEAN|SCALEWAY|SCW|OVH|LINODE|AKAMAI|OCI|ORACLE|ALIYUN|ALIBABA|OSS|ALICLOUD|TENCENT|COS|QCLOUD|YANDEX|YC|GCS|GCP|GOOGLE|IDRIVE|STORJ|TIGRIS|VULTR|SUPABASE|EXOSCALE|CONTABO|UPCLOUD|IONOS|STACKIT|CEPH|RADOS|GARAGE|SEAWEEDFS|OPENSTACK|SWIFT|AZURE|HUAWEI|OBS|QINIU|UPYUN|JFROG|BUNNY|FILEBASE|CUBBIT|ARVAN|LIARA)(?=_|$)/;

/** The other service that a name speaks of, in lower case; undefined when it speaks of none. */
export function otherCloud(name: string): string | undefined {
  const words = wordsOf(name);
  const found = /(?:^|_)AWS(?=_|$)/.test(words) ? undefined : otherClouds.exec(words)?.[0];
  return found?.replaceAll('_', '').toLowerCase();
}

/** What is left of a key's name without the part that names the half: the two halves of a key share it. */
export function stemOf(name: string): string {
  const words = wordsOf(name);
  const found = endings.find(([ending]) => ending.test(words));
  if (found) return words.replace(found[0], '').replace(/^_+|_+$/g, '');
  return words.replace(/_(?:KEY|ID|SECRET|ACCESS)(?=_|$)/, '');
}
