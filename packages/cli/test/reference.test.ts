import { expect, it } from 'vitest';

import { createProgram } from '../src/program.ts';
import { reference } from './reference.ts';

// Update with `npx vitest run packages/cli -u`.
it('docs/reference/cli.md is current', async () => {
  const stream = { write: () => true };
  const stdin = {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: true as const, value: undefined }),
    }),
  };
  const program = createProgram(
    { stdout: stream, stderr: stream, stdin, env: {}, cwd: '/' },
    () => undefined,
  );
  await expect(reference(program)).toMatchFileSnapshot('../../../docs/reference/cli.md');
});
