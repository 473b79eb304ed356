import { describe, expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { possibleTexts, variableValues } from './variable-values.ts';

describe('the values of a variable', () => {
  it.each([
    ['A=b', 'A', 'b', true],
    ['A=b; A="c $D"', 'A', 'b|c $D', true],
    ['export A=b', 'A', 'b', true],
    ['for A in b c; do :; done', 'A', 'b|c', true],
    ['A=(b c)', 'A', 'b|c', true],
    ['A=b; A+=c', 'A', 'b|c', false],
    ['read A', 'A', '', false],
    [': ${A:=b}', 'A', 'b', false],
    ['export A', 'A', '', false],
    ['A=b; export A', 'A', 'b', true],
  ])('%s', (source, name, words, certain) => {
    const values = variableValues(engine.parseShell(source)).get(name);
    expect(values?.words.map((word) => word.text).join('|')).toBe(words);
    expect(values?.certain).toBe(certain);
  });

  it('know whether children see it, and leave out what holds for one command', () => {
    const values = variableValues(engine.parseShell('A=b; export A; C=d; E=f cmd'));
    expect(values.get('A')?.exported).toBe(true);
    expect(values.get('C')?.exported).toBe(false);
    expect(values.has('E')).toBe(false);
  });
});

describe('the texts that a word can be', () => {
  it.each<[string, string[] | undefined]>([
    ['echo a', ['a']],
    ['A=b; echo $A', ['b']],
    ['A=b; C="x-$A"; echo "$C/${A}"', ['x-b/b']],
    ['A=b; A=c; echo $A', ['b', 'c']],
    ['for A in b c; do echo "$A-$A"; done', ['b-b', 'b-c', 'c-b', 'c-c']],
    ['echo $HOME', undefined],
    ['read A; echo $A', undefined],
    ['A=$(cmd); echo $A', undefined],
    ['A=b; echo ${A%x}', undefined],
    ['echo *.txt', undefined],
    ['A=$B; B=$A; echo $A', undefined],
    ['A="$A:b"; echo $A', undefined],
    ['for A in 1 2 3 4 5 6; do echo $A$A$A; done', undefined],
  ])('%s', (source, expected) => {
    const script = engine.parseShell(source);
    const word = script.commands.findLast((command) => command.name?.text === 'echo')?.args[0];
    expect(word && possibleTexts(word, variableValues(script))).toEqual(expected);
  });
});
