/**
 * Account and last part of the name in an ARN of IAM, whatever the partition
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html); undefined for
 * anything else.
 */
export function iamArn(
  arn: string | undefined,
): { readonly account: string; readonly kind: string; readonly name: string } | undefined {
  if (arn === undefined || arn.length > 2048) return undefined;
  const match = /^arn:aws[a-z-]*:iam::(\d{12}|aws):([a-z-]+)\/(?:[^/]*\/)*([^/]+)$/.exec(arn);
  const [, account = '', kind = '', name = ''] = match ?? [];
  return match ? { account, kind, name } : undefined;
}
