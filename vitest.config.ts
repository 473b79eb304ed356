import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

import SkipReporter from './tools/ci/check-skips.mjs';

// The source condition lets the packages see each other's sources: no test needs a dist.
// What stands behind `module` is for bundlers: packages of the AWS SDK have files there that Node cannot load.
const conditions = [
  '@sallyport/source',
  ...defaultServerConditions.filter((condition) => condition !== 'module'),
];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // Tests assert what happens, not how long it takes: the limit only ends what hangs.
    testTimeout: 120_000,
    include: ['packages/*/{src,test}/**/*.test.ts', 'tools/**/*.test.ts'],
    reporters: ['default', new SkipReporter(), 'json'],
    outputFile: { json: 'reports/vitest.json' },
  },
});
