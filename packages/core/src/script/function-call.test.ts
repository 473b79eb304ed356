import { expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { callsOf } from './function-call.ts';

it('finds the calls of functions, and only of those', () => {
  const script = engine.parseShell('f() { g; }\ng() { ls; }\nf a\nf || g');
  expect(callsOf(script, 'f')).toEqual([2, 3]);
  expect(callsOf(script, 'g')).toEqual([0, 4]);
  expect(callsOf(script, 'ls')).toEqual([]);
});
