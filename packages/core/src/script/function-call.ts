import type { ShellCommand, ShellScript } from './shell.ts';

const known = new WeakMap<ShellScript, ReadonlyMap<string, readonly number[]>>();

/** The commands of a script that call one of its functions: their name is the function's. */
export function callsOf(script: ShellScript, name: string): readonly number[] {
  let calls = known.get(script);
  if (!calls) {
    calls = callsIn(script);
    known.set(script, calls);
  }
  return calls.get(name) ?? [];
}

function callsIn(script: ShellScript): ReadonlyMap<string, readonly number[]> {
  const calls = new Map<string, number[]>(script.functions.map((one) => [one.name, []]));
  script.commands.forEach((command: ShellCommand, index) => {
    if (command.name) calls.get(command.name.text)?.push(index);
  });
  return calls;
}
