import { expect, it } from 'vitest';

import { parseParameter } from './parameter.ts';

it.each([
  ['${A}', 'A'],
  ['${A:-b}', 'A :- b'],
  ['${A:=}', 'A := '],
  ['${A##*/}', 'A ## */'],
  ['${A/#a/b}', 'A /# a/b'],
  ['${A@Q}', 'A @Q '],
  ['${A[1]}', 'A [1]'],
  ['${A[@]:1:2}', 'A [@] : 1:2'],
  ['${#A}', 'A length'],
  ['${#A[@]}', 'A [@] length'],
  ['${#}', '#'],
  ['${#-x}', '# - x'],
  ['${!A}', 'A indirect'],
  ['${!A*}', 'A indirect'],
  ['${!A[@]}', 'A [@] indirect'],
  ['${!}', '!'],
  ['${1:-x}', '1 :- x'],
  ['${10}', '10'],
  ['${?}', '?'],
  ['${}', undefined],
  ['${A b}', undefined],
  ['${{x}', undefined],
])('%s', (text, expected) => {
  const pieces = parseParameter(text, 0);
  const slice = (range?: { start: number; end: number }): string =>
    text.slice(range?.start ?? 0, range?.end ?? 0);
  const printed = pieces && [
    slice(pieces.name),
    ...(pieces.subscript ? [`[${slice(pieces.subscript)}]`] : []),
    ...(pieces.operator === undefined ? [] : [pieces.operator]),
    ...(pieces.operand ? [slice(pieces.operand)] : []),
  ];
  expect(printed?.join(' ')).toBe(expected);
});
