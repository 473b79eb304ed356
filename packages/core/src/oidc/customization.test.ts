import { expect, it } from 'vitest';

import { subjectFormatOf, type SubjectCustomization } from './customization.ts';

it.each<[SubjectCustomization, unknown]>([
  [{ repository: { useDefault: true, prefix: 'repo:acme/app' } }, { kind: 'classic' }],
  [{ repository: { useDefault: true, prefix: 'repo:acme@1/app@2' } }, { kind: 'immutable' }],
  [
    { repository: { useDefault: true, prefix: 'repo:acme/app', immutable: true } },
    { kind: 'classic' },
  ],
  [{ repository: { useDefault: true, immutable: true } }, { kind: 'immutable' }],
  [
    {
      repository: { useDefault: true, immutable: false },
      organization: { claims: ['actor'], immutable: true },
    },
    { kind: 'classic' },
  ],
  [
    { repository: { useDefault: true }, organization: { claims: [], immutable: true } },
    { kind: 'immutable' },
  ],
  [{ repository: { useDefault: true } }, 'GitHub named neither'],
  [{ repository: { useDefault: true, claims: ['actor'], immutable: false } }, { kind: 'classic' }],
  [
    { repository: { useDefault: false, claims: ['repo'], immutable: true } },
    { kind: 'custom', claims: ['repo'], immutable: true },
  ],
  [
    {
      repository: { useDefault: false, claims: [], immutable: false },
      organization: { claims: ['actor'] },
    },
    { kind: 'custom', claims: ['actor'], immutable: false },
  ],
  [
    {
      repository: { useDefault: false, claims: ['repo'], immutable: false },
      organization: { claims: ['actor'] },
    },
    { kind: 'custom', claims: ['repo'], immutable: false },
  ],
  [{ repository: { useDefault: false, immutable: false } }, 'opted out of the default'],
])('%j', (customization, expected) => {
  const found = subjectFormatOf(customization);
  if (found.kind === 'known') expect(found.format).toEqual(expected);
  else expect(found.reason).toContain(expected);
});
