import { describe, expect, it } from 'vitest';

import { Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';

function talk(isTTY: boolean, quiet: boolean, total: number): string {
  const written: string[] = [];
  const stderr = { isTTY, columns: 60, write: (text: string) => written.push(text) };
  const terminal: Terminal = { stdout: stderr, stderr, stdin: none(), env: {}, cwd: '/' };
  const progress = new Progress(terminal, quiet);
  progress.start('examining', total);
  progress.step('first\u001b[31m');
  progress.step('second');
  progress.end();
  return written.join('');
}

async function* none(): AsyncGenerator<Uint8Array> {}

describe('Progress', () => {
  it('draws a bar on a terminal and takes it away', () => {
    expect(talk(true, false, 12)).toBe(
      '\rexamining [==                      ] 1/12 first␛[31m\u001b[K\r\u001b[K',
    );
  });

  it('writes one line elsewhere', () => {
    expect(talk(false, false, 12)).toBe('examining 12 repositories and files\n');
  });

  it('is silent for short work and when nobody wants to hear', () => {
    expect(talk(true, false, 3)).toBe('');
    expect(talk(false, true, 12)).toBe('');
  });
});
