import { join } from 'node:path';

import { bundleOptions } from './tools/build/bundle.mjs';

const cli = join(import.meta.dirname, 'packages/cli');

export default bundleOptions({
  entries: { main: join(cli, 'src/main.ts'), worker: join(cli, 'src/audit/worker.ts') },
  dist: join(cli, 'dist'),
});
