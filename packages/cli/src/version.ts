import manifest from '../package.json' with { type: 'json' };

/** The version of the published package; the bundler puts the value in place of the file. */
export const version: string = manifest.version;
