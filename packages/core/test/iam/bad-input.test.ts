import { assert, constantFrom, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { runs } from './arbitrary.ts';
import { allow, read, whole, withCondition } from './policy-text.ts';

/** Name, text, what is found where, and words that the message must have. */
type Row = readonly [name: string, text: string, problem: string, words: RegExp];

describe('a policy that cannot be read is undecided, and the place is named', () => {
  const syntax: readonly Row[] = [
    ['nothing', '', '1:1 policy-syntax!', /ends too early/],
    ['blanks', ' \n\t ', '2:3 policy-syntax!', /ends too early/],
    ['cut in a string', '{"Version": "2012-', '1:13 policy-syntax!', /string does not end/],
    ['cut after a comma', '{"Version": "2012-10-17",', '1:26 policy-syntax!', /double quotes/],
    ['cut in the list', whole(allow).slice(0, -2), '3:54 policy-syntax!', /comma or "\]"/],
    ['cut before the last brace', whole(allow).slice(0, -1), '3:55 policy-syntax!', /comma or "}"/],
    ['a line comment', `// x\n${whole(allow)}`, '1:1 policy-syntax!', /no comments/],
    ['a block comment', whole(`${allow} /* x */`), '3:54 policy-syntax!', /no comments/],
    ['a comment that does not end', `${whole(allow)} /*`, '3:57 policy-syntax!', /comment/],
    ['a comma at the end', whole(`${allow},`), '3:54 policy-syntax!', /double quotes/],
    ['single quotes', whole(allow).replaceAll('"', "'"), '1:2 policy-syntax!', /double quotes/],
    ['a name without quotes', '{Version: 1}', '1:2 policy-syntax!', /double quotes/],
    ['text after the end', `${whole(allow)} x`, '3:57 policy-syntax!', /after the end/],
    ['two policies', `${whole(allow)}${whole(allow)}`, '3:56 policy-syntax!', /after the end/],
    ['a line end in a string', '{"Version": "a\nb"}', '1:13 policy-syntax!', /does not end/],
    ['a tab in a string', '{"Version": "a\tb"}', '1:13 policy-syntax!', /control character/],
    ['a wrong escape', '{"Version": "\\x"}', '1:13 policy-syntax!', /escape/],
    ['a short escape', '{"Version": "\\u12"}', '1:13 policy-syntax!', /hexadecimal/],
    ['a number that is none', '{"Version": 01}', '1:14 policy-syntax!', /comma/],
    ['NaN', '{"Version": NaN}', '1:13 policy-syntax!', /value is expected/],
    ['deep lists', '['.repeat(5000), '1:102 policy-syntax!', /nested deeper than 100/],
    ['deep objects', '{"a":'.repeat(5000), '1:506 policy-syntax!', /nested deeper than 100/],
    ['YAML', 'Version: 2012-10-17\nStatement: []', '1:1 policy-syntax!', /value is expected/],
    [
      'too large',
      `"${'x'.repeat(2 * 1024 * 1024)}"`,
      '1:1 policy-too-large!',
      /2097154 characters/,
    ],
    ['a second mark', `\ufeff\ufeff${whole(allow)}`, '1:1 policy-syntax!', /value is expected/],
  ];
  const types: readonly Row[] = [
    ['a list', '[]', '1:1 policy-wrong-type!', /a list, expected an object/],
    ['a string', '"x"', '1:1 policy-wrong-type!', /"x", expected an object/],
    ['null', 'null', '1:1 policy-wrong-type!', /null/],
    ['no statement', '{"Version": "2012-10-17"}', '1:1 policy-missing-element!', /no Statement/],
    ['an empty list of statements', '{"Statement": []}', '1:15 policy-missing-element!', /empty/],
    [
      'a statement that is text',
      '{"Statement": "x"}',
      '1:15 policy-wrong-type!',
      /expected an obj/,
    ],
    [
      'a statement that is null',
      `{"Statement": [{${allow}}, null]}`,
      '1:69 policy-wrong-type!',
      /2/,
    ],
    [
      'another version',
      `{"Version": "2020-01-01", "Statement": {${allow}}}`,
      '1:13 policy-invalid-value!',
      /2012-10-17/,
    ],
    [
      'a version that is a number',
      `{"Version": 2012, "Statement": {${allow}}}`,
      '1:13 policy-invalid-value!',
      /2012/,
    ],
    ['no effect', whole('"Action": "*", "Resource": "*"'), '3:3 policy-missing-element!', /Effect/],
    [
      'an effect in another case',
      whole(allow.replace('Allow', 'allow')),
      '3:14 policy-invalid-value!',
      /"allow", expected "Allow"/,
    ],
    [
      'an effect that is a list',
      whole(allow.replace('"Allow"', '["Allow"]')),
      '3:14 policy-invalid-value!',
      /a list/,
    ],
    [
      'no action',
      whole('"Effect": "Allow", "Resource": "*"'),
      '3:3 policy-missing-element!',
      /neither Action/,
    ],
    [
      'an empty list of actions',
      whole(allow.replace('"Action": "*"', '"Action": []')),
      '3:33 policy-missing-element!',
      /names nothing/,
    ],
    [
      'an action that is a number',
      whole(allow.replace('"Action": "*"', '"Action": 1')),
      '3:33 policy-wrong-type!',
      /the number 1/,
    ],
    [
      'an action among the list that is an object',
      whole(allow.replace('"Action": "*"', '"Action": ["*", {}]')),
      '3:39 policy-wrong-type!',
      /an object/,
    ],
    [
      'an action without service',
      whole(allow.replace('"Action": "*"', '"Action": "Get*"')),
      '3:33 policy-invalid-value!',
      /service:action/,
    ],
    [
      'both kinds of action',
      whole(`${allow}, "NotAction": "s3:*"`),
      '3:55 policy-invalid-value!',
      /both Action and NotAction/,
    ],
    [
      'no resource',
      whole('"Effect": "Allow", "Action": "*"'),
      '3:3 policy-missing-element!',
      /no Resource/,
    ],
    [
      'a resource that is true',
      whole(allow.replace('"Resource": "*"', '"Resource": true')),
      '3:50 policy-wrong-type!',
      /boolean true/,
    ],
    [
      'a resource that is no ARN',
      whole(allow.replace('"Resource": "*"', '"Resource": "acme/*"')),
      '3:50 policy-invalid-value!',
      /an ARN/,
    ],
    [
      'a principal in an identity policy',
      whole(`${allow}, "Principal": "*"`),
      '3:55 policy-unknown-element!',
      /may not have/,
    ],
    ['a sid that is an object', whole(`${allow}, "Sid": {}`), '3:62 policy-wrong-type!', /Sid/],
    [
      'an element with a slip',
      whole(`${allow}, "Conditions": {}`),
      '3:55 policy-unknown-element!',
      /mean "Condition"/,
    ],
    [
      'an element in another case',
      whole(`${allow}, "condition": {}`),
      '3:55 policy-unknown-element!',
      /mean "Condition"/,
    ],
    [
      'an element called __proto__',
      whole(`${allow}, "__proto__": {}`),
      '3:55 policy-unknown-element!',
      /__proto__/,
    ],
    [
      'a policy element with a slip',
      `{"Statements": [{${allow}}]}`,
      '1:2 policy-unknown-element!',
      /mean "Statement"/,
    ],
    ['a condition that is a list', withCondition('[]'), '4:17 policy-wrong-type!', /a list/],
    ['a condition that is null', withCondition('null'), '4:17 policy-wrong-type!', /null/],
    [
      'an operator that is text',
      withCondition('{"StringEquals": "x"}'),
      '4:34 policy-wrong-type!',
      /condition keys/,
    ],
    [
      'a value that is an object',
      withCondition('{"StringEquals": {"test:key": {}}}'),
      '4:47 policy-wrong-type!',
      /an object/,
    ],
    [
      'a value that is null',
      withCondition('{"StringEquals": {"test:key": null}}'),
      '4:47 policy-wrong-type!',
      /null/,
    ],
    [
      'a list of lists',
      withCondition('{"StringEquals": {"test:key": [["a"]]}}'),
      '4:48 policy-wrong-type!',
      /a list/,
    ],
  ];
  const operators: readonly Row[] = [
    'StringMatches',
    'StringEqual',
    'StringLikeIfExist',
    'ForAllValue:StringLike',
    'ForAllValuesStringLike',
    'NullIfExists',
    'ForAnyValue:Null',
    '',
    '__proto__',
    'constructor',
    ':StringEquals',
    'StringEquals:',
  ].map((name): Row => [
    `the operator "${name}"`,
    withCondition(`{"${name}": {"test:key": "a"}}`),
    '4:18 policy-unknown-operator!',
    /there is no operator/,
  ]);

  it.each([...syntax, ...types, ...operators])('%s', (_name, text, problem, words) => {
    const { verdict, problems, messages, reason } = read(text);
    expect(problems).toContain(problem);
    expect(messages).toMatch(words);
    expect(verdict).toBe('undecided');
    expect(reason).toMatch(/^policy\.json cannot be evaluated: /);
  });
});

describe('a policy that is odd but can be read', () => {
  const rows: readonly (readonly [string, string, string, readonly string[]])[] = [
    ['a byte order mark', `\ufeff${whole(allow)}`, 'allowed', ['1:1 policy-syntax']],
    ['carriage returns', whole(allow).replaceAll('\n', '\r\n'), 'allowed', []],
    ['a statement that is no list', `{"Statement": {${allow}}}`, 'allowed', []],
    [
      'the last of two effects',
      whole(`"Effect": "Deny", ${allow}`),
      'allowed',
      ['3:4 policy-duplicate-key'],
    ],
    [
      'the last of two statements',
      `{"Statement": {${allow}}, "Statement": {${allow.replace('Allow', 'Deny')}}}`,
      'denied',
      ['1:2 policy-duplicate-key'],
    ],
    [
      'the last of two conditions',
      withCondition('{"StringEquals": {"test:key": "a", "test:key": "b"}}'),
      'denied',
      ['4:35 policy-duplicate-key'],
    ],
    ['an escaped name', `{"\\u0053tatement": {${allow}}}`, 'allowed', []],
    ['a number for a value', withCondition('{"StringEquals": {"test:key": 1}}'), 'denied', []],
    [
      'an empty list of values',
      withCondition('{"StringEquals": {"test:key": []}}'),
      'denied',
      ['4:47 policy-invalid-value'],
    ],
    [
      'an operator in another case',
      withCondition('{"stringequals": {"test:key": "a"}}'),
      'allowed',
      ['4:18 policy-unknown-operator'],
    ],
    [
      'a date that is none',
      withCondition('{"DateLessThan": {"test:key": "soon"}}'),
      'undecided',
      [],
    ],
    [
      'a range that is none',
      withCondition('{"IpAddress": {"test:key": "10.0.0.0/33"}}'),
      'undecided',
      [],
    ],
  ];
  it.each(rows)('%s', (_name, text, verdict, problems) => {
    expect(read(text)).toMatchObject({ verdict, problems });
  });
});

const sound = withCondition(
  '{"StringLike": {"test:key": ["a*", "\\u0062\\n"]}, "Null": {"test:no": true}}',
);

describe('a policy that was damaged', () => {
  it('is undecided wherever it was cut', () => {
    for (let length = 0; length < sound.length; length += 1) {
      const { verdict, problems } = read(sound.slice(0, length));
      expect(verdict).toBe('undecided');
      expect(problems.some((one) => one.endsWith('policy-syntax!'))).toBe(true);
    }
    expect(read(sound)).toMatchObject({ verdict: 'allowed', problems: [] });
  });

  it('is read exactly where JSON can be read', () => {
    const letters = constantFrom(...'{}[]:,"\\/*\n\t\0 aeu0-.+\u2028\u00a0\ufeff');
    const edit = tuple(
      integer({ min: 0, max: sound.length }),
      integer({ min: 0, max: 2 }),
      letters,
    );
    assert(
      property(edit, edit, (...edits) => {
        let text = sound;
        for (const [at, gone, added] of edits)
          text = text.slice(0, at) + (gone === 1 ? '' : added) + text.slice(at + gone);
        const { problems, verdict } = read(text);
        const broken = problems.some((one) => one.endsWith('policy-syntax!'));
        expect(broken).toBe(!isJson(text.replace(/^\ufeff/, '')));
        if (broken) expect(verdict).toBe('undecided');
      }),
      { numRuns: runs },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
