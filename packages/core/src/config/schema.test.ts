import { expect, it } from 'vitest';

import { configJsonSchema } from './schema.ts';

// Update with `npx vitest run packages/core/src/config -u`.
it('is published as it is', async () => {
  const text = `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../../../docs/reference/config.schema.json');
});
