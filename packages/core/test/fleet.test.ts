import { describe, expect, it } from 'vitest';

import { fixRepository } from '../src/fix/apply.ts';
import { keyLines, rollUp } from '../src/fleet/rollup.ts';
import { auditRepository } from '../src/index.ts';
import { engine } from './audit.ts';
import { families, fleetRepository } from './fleet-22.ts';

describe('a fleet of 22 workflows with keys', () => {
  const audit = auditRepository(fleetRepository(), { engine });

  it('reports each of them', () => {
    const found = audit.findings.filter((finding) => finding.rule === 'static-aws-credentials');
    expect(new Set(found.map((finding) => finding.locations[0].file)).size).toBe(22);
  });

  it('rolls them up by family, with the secrets, the gap and the role of each', () => {
    const lines = keyLines(audit);
    const dates = new Map(
      lines.map(({ path, line }) => [
        `${path}:${line}`,
        path.includes('nationwide') ? '2023-05-04' : '2024-01-02',
      ]),
    );
    const rollup = rollUp([audit], dates);
    expect(rollup.modes).toEqual({ static: 22, mixed: 0, oidc: 0, other: 0, none: 0 });
    expect(rollup.verdict).toBe('migrate');
    expect(rollup.keysSince).toBe('2023-05-04');
    const [row] = rollup.repositories;
    expect(row?.families.map((family) => [family.family, family.workflows])).toEqual(
      Object.entries(families).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
    const nationwide = row?.families.find((family) => family.family === 'nationwide');
    expect(nationwide).toMatchObject({
      secrets: [
        'ACME_NATIONWIDE_DEPLOYMENT_AWS_USER_KEY_ID',
        'ACME_NATIONWIDE_DEPLOYMENT_AWS_USER_KEY_SECRET',
      ],
      permissionsToAdd: 4,
      suggestedRoles: ['AWS_ROLE_ARN_NATIONWIDE'],
      keysSince: '2023-05-04',
    });
  });

  it('is migrated whole, and stays so', () => {
    const fixed = fixRepository(fleetRepository().input, { engine });
    expect(fixed.files.length).toBe(22);
    expect(
      fixed.after.findings.filter((finding) => finding.rule === 'static-aws-credentials'),
    ).toEqual([]);
    const rollup = rollUp([fixed.after]);
    expect(rollup.modes).toEqual({ static: 0, mixed: 0, oidc: 22, other: 0, none: 0 });
    expect(rollup.verdict).toBe('clean');
    expect(rollup.repositories[0]?.families.every((family) => family.permissionGaps === 0)).toBe(
      true,
    );
    expect(fixRepository(fixed.after.repository.input, { engine }).files).toEqual([]);
    const roles = fixed.files.map((file) => /vars\.(AWS_ROLE_ARN\w*)/.exec(file.after)?.[1]);
    expect(new Set(roles)).toEqual(
      new Set(Object.keys(families).map((family) => `AWS_ROLE_ARN_${family.toUpperCase()}`)),
    );
  });
});
