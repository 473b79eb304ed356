/** The groups of policies that have a say, in the order in which they are asked. */
export type PolicyLayer =
  | 'scp'
  | 'rcp'
  | 'resource'
  | 'trust'
  | 'identity'
  | 'boundary'
  | 'session';

/** How AWS's messages name a layer. */
const layerNames: Readonly<Record<PolicyLayer, string>> = {
  scp: 'service control policy',
  rcp: 'resource control policy',
  resource: 'resource-based policy',
  trust: 'role trust policy',
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
};

/** As AWS writes it after `with`: `an explicit deny in an identity-based policy`. */
export function explicitDenyIn(layer: PolicyLayer): string {
  const article = layer === 'trust' ? 'the' : layer === 'identity' ? 'an' : 'a';
  return `an explicit deny in ${article} ${layerNames[layer]}`;
}

/** As AWS writes it after `because`: `no session policy allows the s3:GetObject action`. */
export function noneAllows(layer: PolicyLayer, action: string): string {
  return `no ${layerNames[layer]} allows the ${action} action`;
}
