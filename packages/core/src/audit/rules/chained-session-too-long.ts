import type { FramedText } from '../../credentials/frame.ts';
import { originsOf } from '../../credentials/origin.ts';
import { placeOfStep, placeOfText } from '../places.ts';
import { defineRule, type Rule } from '../rule.ts';

type Data = {
  seconds: number;
  /** How the step gets its source credentials. */
  by: 'role-chaining' | 'session keys';
  role: string;
};

/** Seconds that STS allows for a role that is taken with the credentials of another role. */
const limit = 3600;

/**
 * A chained session of more than an hour: STS refuses it, whatever the role's maximum is.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export const rule: Rule = defineRule<Data>({
  id: 'chained-session-too-long',
  title: 'A chained session longer than the hour that STS allows',
  severity: 'high',
  confidence: 'high',
  plane: 'authentication',
  check({ repository, credentials }, report) {
    for (const found of credentials.steps) {
      const role = found.input('role-to-assume');
      const duration = found.input('role-duration-seconds');
      const chains = found.method === 'chained' || found.method === 'session-keys';
      if (!chains || !role || !duration) continue;
      for (const origin of originsOf(duration.text, duration.frame, repository)) {
        const seconds = origin.kind === 'literal' ? Number(origin.value) : Number.NaN;
        if (!(seconds > limit)) continue;
        const written: FramedText = origin.trail.at(-1) ?? duration;
        report({
          at: placeOfText(written, `more than ${limit} seconds`),
          related: [placeOfStep(found.step, 'takes the role with the credentials of another one')],
          data: {
            seconds,
            by: found.method === 'chained' ? 'role-chaining' : 'session keys',
            role: role.text.value.trim(),
          },
          ...(found.jobStep ? {} : { confidence: 'medium' }),
          subject: { step: found.step, ...(found.frame.job ? { job: found.frame.job } : {}) },
        });
      }
    }
  },
  message: ({ seconds, by, role }) =>
    `"role-duration-seconds" is ${seconds}, but role "${role}" is taken with the credentials of another role (by ${by}): STS allows at most ${limit} there`,
  help: () =>
    `set it to ${limit} or less; for longer sessions let the role trust GitHub's provider and take it by OIDC in one hop`,
});
