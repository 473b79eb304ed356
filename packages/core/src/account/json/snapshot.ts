import type { DocumentNode } from '../../iam/document/node.ts';
import { itemsOf, literalAt, literalOf, shorten, valueOf } from '../document/access.ts';
import type { AccountState, ProviderState } from '../model.ts';
import type { ProblemList } from '../problem.ts';
import { snapshotVersion } from '../snapshot.ts';
import { readAuthorizationDetails } from './authorization-details.ts';
import { apiProvider, list } from './role.ts';

/**
 * Our own snapshot, as `sallyport snapshot` writes it: `{schemaVersion?, account, region?, takenAt?,
 * authorizationDetails, openIdConnectProviders, issuers?, partial?}` (docs/guide/snapshot.md).
 * Providers are complete unless `partial` says that calls were refused; roles only without `issuers`.
 */
export function readSnapshot(root: DocumentNode, problems: ProblemList): AccountState[] {
  const version = literalAt(root, 'schemaVersion');
  // One without a version was written by hand: all of its parts are those of the first.
  if (version !== undefined && version !== String(snapshotVersion)) {
    const message = `schemaVersion ${shorten(version)} is not the known ${snapshotVersion}: take the snapshot again with this version`;
    problems.add('source-unknown-kind', root.range, message, true);
    return [];
  }
  const missing = itemsOf(valueOf(root, 'partial')).map((node) =>
    shorten(literalOf(node) ?? 'a part that is not named'),
  );
  const issuers = itemsOf(valueOf(root, 'issuers')).flatMap((node) => literalOf(node) ?? []);
  const providers = list(root, 'openIdConnectProviders', problems).flatMap(
    (node): ProviderState[] => {
      const provider = apiProvider(node, problems);
      return provider ? [provider] : [];
    },
  );
  const details = valueOf(root, 'authorizationDetails');
  const [state] = details ? readAuthorizationDetails(details, problems) : [];
  const shownProviders = valueOf(root, 'openIdConnectProviders')?.kind === 'list';
  const account = literalAt(root, 'account') ?? state?.account;
  const region = literalAt(root, 'region');
  const takenAt = literalAt(root, 'takenAt');
  const lacks = [...missing, ...(state?.missing ?? [])];
  if (!details) lacks.push('the roles: there is no authorizationDetails');
  if (!shownProviders) lacks.push('the providers: there is no openIdConnectProviders');
  const whole = lacks.length === 0;
  return [
    {
      ...(account === undefined ? {} : { account }),
      source: { kind: 'snapshot', file: problems.file },
      roles: state?.roles ?? [],
      providers,
      complete: {
        roles: whole && issuers.length === 0 && details !== undefined,
        providers: shownProviders && missing.length === 0,
      },
      ...(state?.policies ? { policies: state.policies } : {}),
      ...(issuers.length > 0 && whole ? { listsRolesTrusting: issuers } : {}),
      ...(whole ? {} : { missing: lacks }),
      ...(region === undefined ? {} : { region }),
      ...(takenAt === undefined ? {} : { takenAt }),
    },
  ];
}
