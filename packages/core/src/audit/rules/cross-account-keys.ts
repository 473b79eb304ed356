import { outermost } from '../../credentials/frame.ts';
import { originsOf } from '../../credentials/origin.ts';
import { fileOf, inputOf } from '../../workflow/model.ts';
import { defineRule, type Rule } from '../rule.ts';

type Data = { role: string; account: string | null; job: string | null };

/**
 * A role that is assumed with a static key: the way into another account for pipelines that still
 * hold keys. The key's user must be trusted by every target account, so one leaked key opens all of
 * them. Where it belongs: OIDC into a hub role, then a chained step in the same job.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html (role chaining)
 */
export const rule: Rule = defineRule<Data>({
  id: 'cross-account-keys',
  title: 'Role reached with a static key',
  severity: 'high',
  confidence: 'high',
  plane: 'authentication',
  check({ repository, credentials }, report) {
    const real = new Set(
      credentials.realKeys
        .filter((group) => group.class === 'static')
        .flatMap((group) =>
          group.places.flatMap((place) => (place.by === 'with' && place.step ? place.step : [])),
        ),
    );
    for (const step of repository.steps()) {
      if (!real.has(step)) continue;
      for (const found of credentials.stepsOf(step)) {
        const role =
          found.step === step && found.method === 'keys'
            ? found.input('role-to-assume')
            : undefined;
        if (!role) continue;
        const id = inputOf(step, 'aws-access-key-id');
        report({
          at: {
            file: fileOf(step),
            range: role.text.node,
            label: 'reached with the key of this step',
          },
          related: id ? [{ file: fileOf(step), range: id.node, label: 'the key' }] : [],
          data: {
            role: role.text.value,
            account: accountIn(
              originsOf(role.text, role.frame, repository).flatMap((one) =>
                one.kind === 'literal' ? one.value : [],
              ),
            ),
            job: outermost(found.frame).job?.id ?? null,
          },
          subject: {
            step,
            ...(step.owner.kind === 'job'
              ? { job: step.owner, workflow: step.owner.workflow }
              : { action: step.owner }),
          },
        });
      }
    }
  },
  message: ({ role, account }) =>
    `the role "${role}"${account ? ` of account ${account}` : ''} is reached with a long-lived key`,
  help: () =>
    'assume a hub role by OIDC, then add a step in the same job with `role-chaining: true` and this role (`sallyport fix`)',
});

function accountIn(roles: readonly string[]): string | null {
  for (const role of roles) {
    const account = /^arn:aws[a-z-]*:iam::(\d{12}):role\//.exec(role)?.[1];
    if (account) return account;
  }
  return null;
}
