import { inspect } from 'node:util';

import type { Target } from '@sallyport/adapters';
import { isSallyportError, SallyportError, sourceFile } from '@sallyport/core';

import type { Examined, ExamineOptions } from './examine.ts';
import type { RepositoryReport } from './report.ts';

/** What a thread is started with. */
export interface WorkerData {
  readonly targets: readonly Target[];
  readonly options: ExamineOptions;
  /** One number: the index of the next target that nobody has taken. */
  readonly next: Int32Array;
}

/** What became of a target: an error is kept until its turn comes. */
export type Outcome = { readonly examined: Examined } | { readonly error: unknown };

/** An {@link Outcome} as it goes from one thread to another: plain data. */
export type Message = { readonly index: number } & (
  | {
      readonly report: RepositoryReport;
      readonly errors: readonly SentError[];
      readonly files: readonly SentFile[];
    }
  | { readonly failed: SentError }
);

interface SentFile {
  readonly path: string;
  readonly text: string;
}

/** Classes do not survive the way: ours is taken apart, others arrive as plain errors. */
type SentError =
  | { readonly ours: Pick<SallyportError, 'code' | 'args'>; readonly cause: unknown }
  | { readonly other: unknown };

/** Makes the message about a target. */
export function sent(index: number, outcome: Outcome): Message {
  if ('error' in outcome) return { index, failed: sentError(outcome.error) };
  const { report, errors, sources } = outcome.examined;
  // Only these are ever quoted.
  const paths = new Set(
    report.findings.flatMap(({ locations }) => locations.map(({ file }) => file)),
  );
  const files = [...paths].flatMap((path): SentFile[] => {
    const file = sources(path);
    return file ? [{ path, text: `${file.bom ? '\ufeff' : ''}${file.text}` }] : [];
  });
  return { index, report, errors: errors.map(sentError), files };
}

/** Takes a message for what it says. */
export function received(message: Message): Outcome {
  if ('failed' in message) return { error: receivedError(message.failed) };
  const { report, errors, files } = message;
  const byPath = new Map(files.map(({ path, text }) => [path, sourceFile(path, text)]));
  return {
    examined: {
      report,
      errors: errors.map(receivedError).filter(isSallyportError),
      sources: (path) => byPath.get(path),
    },
  };
}

function sentError(error: unknown): SentError {
  if (!isSallyportError(error)) return { other: plain(error) };
  return { ours: { code: error.code, args: error.args }, cause: plain(error.cause) };
}

/** Errors can be sent, functions and the like cannot. */
function plain(thrown: unknown): unknown {
  return thrown === undefined || thrown instanceof Error ? thrown : inspect(thrown);
}

function receivedError(error: SentError): unknown {
  if ('other' in error) return error.other;
  return new SallyportError(error.ours.code, error.ours.args, error.cause);
}
