import { join } from 'node:path';

import { bundleOptions } from './tools/build/bundle.mjs';

const cli = join(import.meta.dirname, 'packages/cli');

export default bundleOptions({
  name: 'main',
  entry: join(cli, 'src/main.ts'),
  dist: join(cli, 'dist'),
});
