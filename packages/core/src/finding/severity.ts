/** From worst to mildest; `info` never fails a run at the default `--fail-on medium`. */
export const severities = ['high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/** How sure a rule is that the finding is real. */
export type Confidence = 'high' | 'medium' | 'low';

/** The plane of an access finding (DESIGN: authentication, authorization, privilege). */
export type Plane = 'authentication' | 'authorization' | 'privilege';

/** Whether `severity` is at least as bad as `threshold`. */
export function atLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}
