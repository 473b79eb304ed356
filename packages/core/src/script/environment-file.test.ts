import { describe, expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { environmentFileWrites } from './environment-file.ts';

function writes(source: string): string[] {
  return environmentFileWrites(engine.parseShell(source)).map(
    ({ file, name, valueText }) =>
      `${file.slice(7)} ${name ?? '-'} ${valueText === undefined ? '?' : JSON.stringify(valueText)}`,
  );
}

describe('writes into the files of the runner', () => {
  it.each<[string, string[]]>([
    ['echo "A=b" >> $GITHUB_ENV', ['ENV A "b"']],
    ['echo "A=b c" >> "${GITHUB_OUTPUT}"', ['OUTPUT A "b c"']],
    ["echo 'A=b' | tee -a $GITHUB_ENV", ['ENV A "b"']],
    ['echo A=$B >>"$GITHUB_OUTPUT"', ['OUTPUT A "$B"']],
    ['echo "A=${{ secrets.B }}" >> $GITHUB_ENV', ['ENV A "${{ secrets.B }}"']],
    ['echo "A=$(aws x)" >> $GITHUB_ENV', ['ENV A "$(aws x)"']],
    ['echo "$HOME/bin" >> $GITHUB_PATH', ['PATH - "$HOME/bin"']],
    ['echo "# Title" >> $GITHUB_STEP_SUMMARY', ['STEP_SUMMARY - "# Title\\n"']],
    ['cat report >> $GITHUB_STEP_SUMMARY', ['STEP_SUMMARY - ?']],
    ['echo A=b >> ${{ github.env }}', ['ENV A "b"']],
    ['echo A=b >> ${{ github.token }}', []],
    ['printf "A=%s\\nC=d\\n" b >> $GITHUB_ENV', ['ENV A "b"', 'ENV C "d"']],
    ['{ echo A=b; echo C=d; } >> $GITHUB_ENV', ['ENV A "b"', 'ENV C "d"']],
    ['cat >> $GITHUB_ENV <<EOF\nA=b\nC=$D\nEOF', ['ENV A "b"', 'ENV C "$D"']],
    ['aws x >> $GITHUB_OUTPUT', ['OUTPUT - ?']],
    ['echo "$LINE" >> $GITHUB_ENV', ['ENV - ?']],
    ['echo "A=b" > file', []],
    ['OUT=$GITHUB_OUTPUT\necho A=b >> "$OUT"', ['OUTPUT A "b"']],
    ['OUT=$GITHUB_OUTPUT\nOUT=x\necho A=b >> "$OUT"', []],
    ['echo "A=b=c<<d" >> $GITHUB_ENV', ['ENV A "b=c<<d"']],
    ['echo "A<<EOF" >> $GITHUB_ENV\necho b >> $GITHUB_ENV\necho EOF >> $GITHUB_ENV', ['ENV A "b"']],
    [
      '{\n echo "A<<EOF"\n aws x\n echo EOF\n echo C=d\n} >> "$GITHUB_OUTPUT"',
      ['OUTPUT A ?', 'OUTPUT C "d"'],
    ],
    ['printf "A<<E\\nb\\nc\\nE\\n" >> $GITHUB_ENV', ['ENV A "b\\nc"']],
    ['echo "A<<EOF" >> $GITHUB_ENV', ['ENV A ?']],
    ['if x; then echo A=b; fi >> $GITHUB_ENV', ['ENV - ?', 'ENV A "b"']],
    ['echo "A=b" >> $GITHUB_ENV >> $GITHUB_OUTPUT', ['ENV A "b"', 'OUTPUT A "b"']],
  ])('%s', (source, expected) => {
    expect(writes(source)).toEqual(expected);
  });

  it('stand on their own line of a here-document', () => {
    const source = 'cat >> $GITHUB_ENV <<EOF\nA=b\nC=d\nEOF';
    const slices = environmentFileWrites(engine.parseShell(source)).map(({ start, end }) =>
      source.slice(start, end),
    );
    expect(slices).toEqual(['A=b', 'C=d']);
  });

  it('name the command that makes them', () => {
    const found = environmentFileWrites(engine.parseShell('ls\necho A=b | tee -a $GITHUB_ENV'));
    expect(found.map((write) => write.command)).toEqual([2]);
  });
});
