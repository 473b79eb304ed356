import { defaultMaxFileSize, readTextFile } from '@sallyport/adapters';
import {
  compilePolicy,
  guessKind,
  parsePolicy,
  readJsonDocument,
  SallyportError,
  sourceFile,
  type CompiledPolicy,
  type PolicyKind,
} from '@sallyport/core';

/**
 * Reads and prepares a policy; without a kind it is told by its looks.
 * @throws SallyportError `INPUT_INVALID` when it is not JSON
 */
export function readPolicy(cwd: string, path: string, kind?: PolicyKind): CompiledPolicy {
  const file = sourceFile(path, readInput(cwd, path));
  const document = readJsonDocument(file);
  const problem = document.problems?.find(({ fatal }) => fatal);
  if (problem) {
    const { line, column } = file.lines.position(problem.range.start);
    throw new SallyportError('INPUT_INVALID', {
      path,
      problem: `line ${line}, column ${column}: ${problem.message}`,
      cure: 'give a policy as JSON, as aws iam get-role-policy prints it',
    });
  }
  const policy = parsePolicy(document);
  return compilePolicy(policy, kind ?? guessKind(policy));
}

/**
 * Reads an object of JSON.
 * @throws SallyportError `INPUT_INVALID`
 */
export function readObject(cwd: string, path: string, cure: string): Record<string, unknown> {
  const text = readInput(cwd, path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SallyportError('INPUT_INVALID', { path, problem: 'it is not JSON', cure });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new SallyportError('INPUT_INVALID', { path, problem: 'it is no JSON object', cure });
}

function readInput(cwd: string, path: string): string {
  const file = readTextFile(cwd, path, { followAnywhere: true, maxSize: defaultMaxFileSize });
  if (file.kind === 'text') return file.text;
  const problem = file.kind === 'absent' ? 'no such file' : file.problem;
  const cure = 'correct the path; it is relative to the current folder';
  throw new SallyportError('INPUT_INVALID', { path, problem, cure });
}
