import { expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { stdoutOf } from './stdout.ts';

function end(source: string, needle = 'show'): string {
  const script = engine.parseShell(source);
  const command = script.commands.find((one) => one.name?.text === needle);
  if (!command) throw new Error(`no ${needle} in ${source}`);
  const { to, through, files, variable, argumentOf } = stdoutOf(command, script);
  const how = [
    ...through.map((one) => one.name?.text),
    ...files.map((one) => one.text),
    variable,
    argumentOf?.name?.text,
  ];
  return [to, ...how.filter((one) => one !== undefined)].join(' ');
}

it.each([
  ['show', 'log'],
  ['show > out.txt', 'file out.txt'],
  ['show >> "$GITHUB_OUTPUT"', 'file $GITHUB_OUTPUT'],
  ['show 2>/dev/null', 'log'],
  ['show > /dev/null 2>&1', 'nowhere'],
  ['show &> /dev/null', 'nowhere'],
  ['show >&2', 'log'],
  ['show | jq -r .a', 'log jq'],
  ['show | base64 -d > out.bin', 'file base64 out.bin'],
  ['show | tee copy.txt', 'log tee copy.txt'],
  ['show | tee copy.txt > /dev/null', 'nowhere tee copy.txt'],
  ['A=$(show)', 'variable A'],
  ['A="$(show | jq -r .a)"', 'variable jq A'],
  ['export A="$(show)"', 'variable A'],
  ['echo "$(show)"', 'argument echo'],
  ['{ show; other; } > out.txt', 'file out.txt'],
  ['for i in 1 2; do show; done > out.txt', 'file out.txt'],
  ['for i in 1 2; do show; done | sort', 'log sort'],
  ['if show; then :; fi', 'log'],
  ['f() { show; }\nA=$(f)', 'elsewhere'],
  ['f() { show; }\nf', 'log'],
  ['f() { show; }', 'elsewhere'],
  ['cat <(show)', 'elsewhere'],
])('%s ends in %s', (source, expected) => {
  expect(end(source)).toBe(expected);
});
