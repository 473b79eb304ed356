import { errorCodes, SallyportError, type ErrorArguments, type ErrorCode } from '@sallyport/core';
import { describe, expect, it } from 'vitest';

import type { Terminal } from '../terminal/terminal.ts';
import { asSallyportError, errorProse, renderError } from './error.ts';

const samples: { [Code in ErrorCode]: ErrorArguments[Code] } = {
  USAGE: { problem: 'unknown option "--formt"', cure: 'did you mean --format?' },
  CONFIG_UNREADABLE: { path: 'c.yml', problem: 'no such file' },
  CONFIG_INVALID: {
    path: 'c.yml',
    line: 2,
    column: 3,
    problem: 'unknown key "audti"',
    cure: 'did you mean "audit"?',
  },
  NOTHING_TO_EXAMINE: { paths: ['a', 'b'] },
  PATH_NOT_FOUND: { path: 'nope' },
  PATH_UNREADABLE: { path: 'x', problem: 'permission denied (EACCES)' },
  OUTPUT_NOT_WRITTEN: { path: 'out', problem: 'no space left on the device (ENOSPC)' },
  BASELINE_INVALID: { path: 'b.json', problem: 'it is not JSON' },
  DIRTY_TREE: { root: 'shop', files: ['1', '2', '3', '4', '5', '6', '7'] },
  GIT_NOT_AVAILABLE: { root: 'shop', problem: 'git is not installed' },
  FIX_NOT_WRITTEN: {
    path: 'a.yml',
    problem: 'the file system is read-only (EROFS)',
    written: ['b.yml'],
  },
  INPUT_INVALID: {
    path: 'claims.json',
    problem: 'it is not JSON',
    cure: 'write one object with a member for each claim',
  },
  UNKNOWN_TOPIC: { topic: 'statc', nearest: undefined },
  AWS_NO_CREDENTIALS: { problem: 'Could not load credentials from any providers' },
  AWS_CREDENTIALS_INVALID: { action: 'sts:GetCallerIdentity', problem: 'ExpiredToken: it ended' },
  AWS_REFUSED: { action: 'iam:ListRoles', problem: 'AccessDenied: no policy allows it' },
  AWS_UNREACHABLE: { action: 'sts:GetCallerIdentity', problem: 'connect ECONNREFUSED' },
  SNAPSHOT_PARTIAL: {
    missing: ['the roles: iam:ListRoles was refused'],
    refused: ['iam:ListRoles'],
  },
  INTERNAL: { problem: 'TypeError: x is undefined' },
};

const terminal: Terminal = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  stdin: {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: true, value: undefined }),
    }),
  },
  env: {},
  cwd: '/',
};
const plain = { color: 'never', verbose: false, terminal } as const;

describe('renderError', () => {
  it.each(errorCodes)('%s says what happened and what to do', (code) => {
    const error = new SallyportError(code, samples[code]);
    expect(renderError(error, plain)).toMatchSnapshot();
    // CDK's rule: lower case, no full stop, so that errors can be put into sentences.
    expect(errorProse(error).what).toMatch(/^["a-z0-9]/);
    expect(errorProse(error).what).not.toMatch(/\.$/);
  });

  it('shows what terminals would obey', () => {
    const error = new SallyportError('PATH_NOT_FOUND', { path: 'a\u001b[2J\nb' });
    expect(renderError(error, plain)).toContain('"a␛[2J␊b"');
  });

  it('keeps an internal error on one line; the stack is for those who ask', () => {
    const error = asSallyportError(new TypeError('broken\nlines'));
    expect(error.exitCode).toBe(70);
    expect(renderError(error, plain).trimEnd()).not.toContain('\n');
    expect(renderError(error, { ...plain, verbose: true })).toContain('    at ');
  });

  it('takes anything that is thrown', () => {
    expect(errorProse(asSallyportError('text')).what).toBe('internal error: text');
    const ours = new SallyportError('USAGE', samples.USAGE);
    expect(asSallyportError(ours)).toBe(ours);
  });
});
