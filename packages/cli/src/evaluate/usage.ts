import { SallyportError } from '@sallyport/core';

/** A command line that cannot be meant so. */
export function wrongUsage(problem: string, cure: string): SallyportError {
  return new SallyportError('USAGE', { problem, cure });
}
