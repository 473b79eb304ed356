import { type ErrorArguments, type ErrorCode, exitCodes } from './codes.ts';

const brand = Symbol.for('sallyport.error');

/**
 * The one error class: a code of the closed union and its typed arguments. Prose is made at the
 * edge, in the command line's renderer. Recognised by brand, so that two copies of the package agree.
 */
export class SallyportError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly args: ErrorArguments[Code];

  constructor(code: Code, args: ErrorArguments[Code], cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'SallyportError';
    this.code = code;
    this.args = args;
    Object.defineProperty(this, brand, { value: true });
  }

  get exitCode(): number {
    return exitCodes[this.code];
  }
}

/** Whether a thrown value is one of ours, whichever copy of the package made it. */
export function isSallyportError(value: unknown): value is SallyportError {
  return typeof value === 'object' && value !== null && brand in value;
}
