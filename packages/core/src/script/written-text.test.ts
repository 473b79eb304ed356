import { describe, expect, it } from 'vitest';

import { engine } from '../../test/audit.ts';
import { formattedText } from './printed-format.ts';
import { writtenText } from './written-text.ts';

describe('the text of the last command', () => {
  it.each([
    ['echo', '\n'],
    ['echo a  b "c  d"', 'a b c  d\n'],
    ['echo -n a', 'a'],
    ['echo -ne "a\\tb\\n"', 'a\tb\n'],
    ['echo -e -E "a\\tb"', 'a\\tb\n'],
    ['echo a -n', 'a -n\n'],
    ['echo "a\\tb"', 'a\\tb\n'],
    ['echo -e "\\0101 \\x41"', 'A A\n'],
    ['echo -e "it\\\'s"', "it\\'s\n"],
    ['echo "A=$B ${C:-d} ${{ e }}"', 'A=$B ${C:-d} ${{ e }}\n'],
    ['printf "a\\n"', 'a\n'],
    ['printf "%s=%s\\n" A b C d', 'A=b\nC=d\n'],
    ['printf -- "%s" a', 'a'],
    ['printf "100%% %5.2f %b" 1 "x\\ty"', '100% 1 x\ty'],
    ['printf "%s\\n" "$A"', '$A\n'],
    ['printf -v X a', undefined],
    ['printf "%*s" 5 a', undefined],
    ['printf', undefined],
    ['cat <<EOF\na $B\nEOF', 'a $B\n'],
    ['cat - <<-EOF\n\ta\nEOF', 'a\n'],
    ['cat <<< "a b"', 'a b\n'],
    ['cat file', undefined],
    ['cat < file', undefined],
    ['cat', undefined],
    ['tee f <<EOF\na\nEOF', 'a\n'],
    ['echo a | tee f', 'a\n'],
    ['echo a | cat | sudo tee f', 'a\n'],
    ['{ echo a; echo b; } | tee f', 'a\nb\n'],
    ['{ echo a; cmd; } | tee f', undefined],
    ['cmd | tee f', undefined],
    ['echo a | base64', undefined],
    ['sudo echo a', 'a\n'],
  ])('%s', (source, expected) => {
    const script = engine.parseShell(source);
    const last = script.commands.at(-1);
    expect(last && writtenText(script, last)?.text).toBe(expected);
  });

  it('is literal only when nothing changes it', () => {
    const literal = (source: string): boolean | undefined => {
      const script = engine.parseShell(source);
      return script.commands[0] && writtenText(script, script.commands[0])?.literal;
    };
    expect(literal('echo a "b"')).toBe(true);
    expect(literal('echo $A')).toBe(false);
    expect(literal("cat <<'EOF'\n$A\nEOF")).toBe(true);
    expect(literal('cat <<EOF\n${{ a }}\nEOF')).toBe(false);
  });

  it('stands where its words or its here-document stand', () => {
    const source = 'echo -n "a b" c\ncat <<EOF\nx\nEOF';
    const script = engine.parseShell(source);
    const slices = script.commands.map((command) => {
      const text = writtenText(script, command);
      return source.slice(text?.start, text?.end);
    });
    expect(slices).toEqual(['"a b" c', 'x\n']);
  });
});

it('bounds the text of a format', () => {
  const values = Array.from({ length: 5000 }, () => 'a');
  expect(formattedText(`%s${'x'.repeat(1000)}`, values)).toBeUndefined();
  expect(formattedText('%s', values)).toHaveLength(5000);
  expect(formattedText('no directive', ['a', 'b'])).toBe('no directive');
});
