/**
 * What the direct reader takes on. Each is at or below the limit of the complete parsers, which
 * report what is past it. `key` is the length that YAML allows for a key on one line
 * (https://yaml.org/spec/1.2.2/#742-flow-mappings), less room for its quotes.
 */
export const limits = { depth: 48, nodes: 200_000, key: 1000 } as const;
