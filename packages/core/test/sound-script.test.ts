import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { readSoundScript } from '../src/script/sound-script.ts';
import { engine } from './audit.ts';

const folder = fileURLToPath(new URL('../../../corpus/script', import.meta.url));
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.sh'))
  .flatMap((name) => readFileSync(join(folder, name), 'utf8').split(/^#%%.*\n/m))
  .filter((source) => source.trim() !== '');

describe('a script that is read without the engine', () => {
  it('means what the engine says', () => {
    const sound = cases.filter((source) => readSoundScript(source) !== undefined);
    for (const source of sound) {
      expect(readSoundScript(source), source).toEqual(engine.parseShell(source));
    }
    expect(sound.length).toBeGreaterThan(cases.length / 2);
  });

  it('means so with any one character left out', () => {
    for (const source of cases) {
      for (let at = 0; at < Math.min(source.length, 5000); at += 1) {
        const cut = source.slice(0, at) + source.slice(at + 1);
        const read = readSoundScript(cut);
        if (read) expect(read, cut).toEqual(engine.parseShell(cut));
      }
    }
  });

  it.each([
    'a; ; b',
    'if a; fi',
    'case x in a) b; c) d;; esac',
    'a $( )',
    'for a in; do b; done',
    '{ a',
  ])('is left to the engine when it is like %j', (source) => {
    expect(readSoundScript(source)).toBeUndefined();
  });
});
