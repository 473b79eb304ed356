import { expect, it } from 'vitest';

import { localUses } from './local-uses.ts';

it('finds folders however the line is written', () => {
  const text = [
    '- uses: ./a/b',
    `- 'uses': "./c/"`,
    '- {uses: ./d, with: {}}',
    '- uses:   ./.github/actions/e # comment',
    '- uses: actions/checkout@v4',
    '- uses: ./../out',
    '- uses: ./a/../../out',
    '- uses: ./',
  ].join('\n');
  expect(localUses(text)).toEqual(['a/b', 'c', 'd', '.github/actions/e', '']);
});
