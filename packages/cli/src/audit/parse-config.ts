import { auditConfigOf, parseConfig as parse, rules } from '@sallyport/core';

import type { LoadedConfig } from './report.ts';

/**
 * Reads a configuration text.
 * @throws SallyportError `CONFIG_INVALID` with line and column
 */
export function parseConfig(text: string, path: string): LoadedConfig {
  const config = parse(
    text,
    path,
    rules.map(({ id }) => id),
  );
  return {
    audit: auditConfigOf(config),
    whole: config,
    ...(config.repository === undefined ? {} : { name: config.repository }),
    ...(config.audit?.['max-file-size'] === undefined
      ? {}
      : { maxFileSize: config.audit['max-file-size'] }),
  };
}
