import { isReal, secretsOf } from '../../credentials/credentials.ts';
import type { ExaminedPlace, KeyClass, KeyGroup } from '../../credentials/place.ts';
import type { Severity } from '../../finding/severity.ts';
import { defineRule, type Place, type Rule } from '../rule.ts';

type Data = {
  keyClass: KeyClass;
  reason: string;
  names: string[];
  secrets: string[];
  scope: string;
};

const severityOf: Partial<Record<KeyClass, Severity>> = {
  static: 'high',
  minted: 'medium',
  'app-runtime': 'medium',
};

/**
 * A long-lived AWS key in a workflow. It works from anywhere, for anyone who reads it, until somebody
 * deletes it; OIDC gives the same job a session that ends by itself. The value decides, not the
 * name: see `credentials/classify.ts` for what is no key.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles
 */
export const rule: Rule = defineRule<Data>({
  id: 'static-aws-credentials',
  title: 'Long-lived AWS key in a workflow',
  severity: 'high',
  confidence: 'high',
  plane: 'authentication',
  check({ credentials }, report) {
    for (const group of credentials.groups.filter(isReal)) {
      const [first, ...rest] = runOf(group);
      const others = group.places.filter((place) => place !== first && !rest.includes(place));
      report({
        at: {
          file: first.file,
          range: { start: first.range.start, end: (rest.at(-1) ?? first).range.end },
          label: labelOf(first),
        },
        related: [...rest, ...others].map((place): Place => ({
          file: place.file,
          range: place.range,
          label: labelOf(place),
        })),
        severity: severityOf[group.class] ?? 'high',
        confidence: first.by === 'script' || group.class !== 'static' ? 'medium' : 'high',
        data: {
          keyClass: group.class,
          reason: group.reason,
          names: group.places.map((place) => place.name),
          secrets: secretsOf(group),
          scope: first.scope,
        },
        subject: {
          ...(first.workflow ? { workflow: first.workflow } : {}),
          ...(first.job ? { job: first.job } : {}),
          ...(first.step ? { step: first.step } : {}),
          detail: group,
        },
      });
    }
  },
  message: ({ keyClass, reason, names, scope }) => {
    const where =
      scope === 'script'
        ? 'in a script'
        : `in ${scope === 'step' ? 'a step' : `the ${scope}'s environment`}`;
    const what = keyClass === 'minted' ? 'an access key made in the run' : 'a long-lived AWS key';
    const use = keyClass === 'app-runtime' ? ' for the application' : '';
    return `${what}${use} ${where}: ${names.map((name) => `"${name}"`).join(', ')}, ${reason}`;
  },
  help: ({ keyClass }) => {
    if (keyClass === 'app-runtime')
      return 'give the application a role of its own (instance profile, task role, Roles Anywhere); OIDC for the job does not replace this key';
    if (keyClass === 'minted')
      return 'assume a role instead of making a key: a minted key outlives the run if its deletion fails';
    return 'use `role-to-assume` with `permissions: id-token: write` (`sallyport fix`), then delete the key in IAM';
  },
});

/** The first place and those that follow it without another line between, so that one mark shows them all. */
function runOf(group: KeyGroup): [ExaminedPlace, ...ExaminedPlace[]] {
  const [first, ...rest] = group.places;
  const run: [ExaminedPlace, ...ExaminedPlace[]] = [first];
  for (const place of rest) {
    const last = run.at(-1) ?? first;
    if (place.file !== first.file || place.range.start < last.range.end) break;
    if (/\S/.test(withoutPunctuation(first.file.text.slice(last.range.end, place.range.start))))
      break;
    run.push(place);
  }
  return run;
}

function withoutPunctuation(text: string): string {
  return text.replaceAll(/[,"'}]/g, '').replaceAll(/#[^\n]*/g, '');
}

function labelOf(place: ExaminedPlace): string {
  return {
    id: 'access key id',
    secret: 'secret access key',
    token: 'session token',
    pair: 'both halves of the key',
  }[place.part];
}
