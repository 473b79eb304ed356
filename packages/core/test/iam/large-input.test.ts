import { describe, expect, it } from 'vitest';

import { allow, read, whole, withCondition } from './policy-text.ts';

describe('a large policy', () => {
  it('may have two million characters and ten thousand statements, not one more', () => {
    const statement = `{${allow}}`;
    const list = (count: number): string =>
      `{"Statement": [${Array.from({ length: count }, () => statement).join()}]}`;
    expect(read(list(10_000)).verdict).toBe('allowed');
    expect(read(list(10_001))).toMatchObject({
      verdict: 'undecided',
      problems: ['1:15 policy-too-large!'],
    });
    const long = whole(`${allow}, "Sid": "${'x'.repeat(2_000_000)}"`);
    expect(read(long).verdict).toBe('allowed');
    const wide = withCondition(`{"StringLike": {"test:key": "${'*a'.repeat(500_000)}"}}`);
    expect(read(wide).verdict).toBe('denied');
  });

  // What makes readers that go back slow: a minute at least, where a thousandth of a second will do.
  const blanks = ' '.repeat(300_000);
  it.each([
    ['a variable without end', `\${a${blanks}`],
    ['many variables without end', '${a'.repeat(300_000)],
    ['a default without end', `\${a,${blanks}`],
    ['defaults without end', "${a, '".repeat(200_000)],
    ['a default with much after it', `\${a, 'b'${blanks}`],
    ['an escape with much after it', `\${*${blanks}`],
    ['colons', ':'.repeat(900_000)],
    ['digits', '1'.repeat(900_000)],
    ['equal signs', '='.repeat(900_000)],
  ])('is read at once with %s', (_name, value) => {
    for (const operator of ['StringLike', 'ArnLike', 'NumericEquals', 'BinaryEquals', 'IpAddress'])
      expect(read(withCondition(`{"${operator}": {"test:key": "${value}"}}`)).verdict).not.toBe(
        'allowed',
      );
    const resource = allow.replace('"Resource": "*"', `"Resource": "arn:aws:s3:::${value}"`);
    expect(read(whole(resource)).verdict).toBe('denied');
    for (const name of [`ForAllValues${value}\\n`, `${value}:IfExists`])
      expect(read(withCondition(`{"${name}": {"test:key": "a"}}`)).verdict).toBe('undecided');
  });
});
