import { wrongUsage } from '../evaluate/usage.ts';

/**
 * Reads `NAME=VALUE` options over what a configuration says.
 * @throws SallyportError `USAGE`
 */
export function namedValues(
  option: string,
  given: readonly string[],
  configured: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, string> {
  const values = new Map(Object.entries(configured));
  for (const [name, value] of pairs(option, given)) values.set(name, value);
  return values;
}

/**
 * The same for inputs, which can be given several times; what the command line names, it names alone.
 * @throws SallyportError `USAGE`
 */
export function listedValues(
  option: string,
  given: readonly string[],
  configured: Readonly<Record<string, string | readonly string[]>> = {},
): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>(
    Object.entries(configured).map(([name, value]) => [
      name,
      typeof value === 'string' ? [value] : value,
    ]),
  );
  const own = new Map<string, string[]>();
  for (const [name, value] of pairs(option, given))
    own.set(name, [...(own.get(name) ?? []), value]);
  for (const [name, list] of own) values.set(name, list);
  return values;
}

function pairs(option: string, given: readonly string[]): readonly (readonly [string, string])[] {
  return given.map((text) => {
    const at = text.indexOf('=');
    if (at < 1) throw wrongUsage(`--${option} is "${text}"`, `write --${option} NAME=VALUE`);
    return [text.slice(0, at), text.slice(at + 1)];
  });
}
