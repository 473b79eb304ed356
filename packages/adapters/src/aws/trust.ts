/**
 * Whether a role could trust an issuer: its trust policy names the provider, or names no provider that
 * could be told apart. What cannot be read counts as trusting, so that it is looked at.
 */
export function mayTrust(document: string | undefined, issuers: readonly string[]): boolean {
  const policy = parse(document);
  if (policy === undefined) return true;
  const text = JSON.stringify(policy);
  const hosts = issuers.map((issuer) => issuer.replace(/^https:\/\//, '').replace(/\/+$/, ''));
  if (hosts.some((host) => text.includes(host))) return true;
  // A principal with a wildcard is everyone, tokens of any issuer included.
  return (
    /"(?:Principal|Federated)":(?:\[[^\]]*)?"\*"/.test(text) || text.includes('"NotPrincipal"')
  );
}

/** A policy document as the API gives it, percent-encoded; undefined when it is no JSON. */
export function parse(document: string | undefined): unknown {
  if (document === undefined) return undefined;
  try {
    return JSON.parse(
      /^\s*%7b/i.test(document) ? decodeURIComponent(document) : document,
    ) as unknown;
  } catch {
    return undefined;
  }
}
