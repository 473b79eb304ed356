import { expect } from 'vitest';

import { compilePolicy } from '../../src/iam/compile.ts';
import { readJsonDocument } from '../../src/iam/document/json.ts';
import { evaluate } from '../../src/iam/evaluate.ts';
import { parsePolicy } from '../../src/iam/parse/policy.ts';
import type { PolicyProblem } from '../../src/iam/policy.ts';
import { requestContext } from '../../src/iam/request/context.ts';
import { accessRequest } from '../../src/iam/request/request.ts';
import { sourceFile } from '../../src/text/source.ts';

const request = accessRequest({
  principal: { kind: 'unspecified' },
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::acme/x',
  context: requestContext({ values: [['test:key', 'a']], complete: true }),
});

/** What became of a policy. */
interface Read {
  readonly verdict: string;
  readonly reason: string;
  /** `line:column code`, with `!` where it is fatal. */
  readonly problems: readonly string[];
  readonly messages: string;
}

/** Reads a policy and asks it one question that it should allow. */
export function read(text: string): Read {
  const file = sourceFile('policy.json', text);
  const policy = compilePolicy(parsePolicy(readJsonDocument(file)), 'identity');
  const shown = ({ code, range, fatal }: PolicyProblem): string => {
    const { line, column } = file.lines.position(range.start);
    expect(range.end).toBeLessThanOrEqual(file.text.length + 1);
    return `${line}:${column} ${code}${fatal ? '!' : ''}`;
  };
  const { verdict, reason, trace } = evaluate({ identity: [policy] }, request);
  expect(trace).toBeDefined();
  return {
    verdict,
    reason,
    problems: policy.problems.map(shown),
    messages: policy.problems.map(({ message }) => message).join('\n'),
  };
}

/** The elements of a statement that allows everything. */
export const allow = '"Effect": "Allow", "Action": "*", "Resource": "*"';
/** A policy of one statement, which stands in line 3 from column 4. */
export const whole = (statement: string): string =>
  `{"Version": "2012-10-17",\n "Statement": [\n  {${statement}}]}`;
/** The same with a condition, in line 4 from column 17. */
export const withCondition = (condition: string): string =>
  whole(`${allow},\n   "Condition": ${condition}`);
