#!/usr/bin/env node
// Committed, not built: npm links a bin only when its file is there at install time.
// Kept to syntax that old Node versions parse, so that they get the sentence below, not a SyntaxError.
import * as nodeModule from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`sallyport needs Node 20.19 or later, this is ${process.version}\n`);
  process.exit(2);
}

// Node 22 and later keep compiled code between runs; earlier ones have no such function.
nodeModule.enableCompileCache?.();

try {
  await import('../dist/main.js');
} catch (error) {
  const url = String(error?.url ?? error?.message);
  if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !url.includes('dist/main.js')) throw error;
  process.stderr.write(
    'sallyport is not built: run `npm run build` at the root of the repository\n',
  );
  process.exit(70);
}
