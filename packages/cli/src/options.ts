import { severities, type Severity } from '@sallyport/core';
import { InvalidArgumentError, Option, type Command } from 'commander';

import { formats, type Format } from './render/renderer.ts';
import { colorModes, type ColorMode } from './terminal/color.ts';

/** Options that every command has (DESIGN section 4). */
export interface CommonOptions {
  readonly color: ColorMode;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Options of commands that print a report. */
export interface ReportOptions extends CommonOptions {
  readonly format: Format;
  readonly output?: string;
  readonly config?: string;
  readonly failOn: Severity | 'never';
}

/** Adds `--color`, `--quiet` and `--verbose`. */
export function withCommonOptions(command: Command): Command {
  return command
    .addOption(new Option('--color <when>', 'colours').choices(colorModes).default('auto'))
    .option('-q, --quiet', 'print results only', false)
    .option('-v, --verbose', 'print more: every key-like place, stacks of internal errors', false);
}

/** Adds what decides on the report and the exit code. */
export function withReportOptions(command: Command, choices: readonly Format[] = formats): Command {
  return command
    .addOption(new Option('-f, --format <format>', 'report').choices(choices).default('text'))
    .option('-o, --output <file>', 'write the report to a file')
    .option(
      '-c, --config <file>',
      "configuration instead of each repository's .github/sallyport.yml",
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 for findings from there up')
        .choices([...severities, 'never'])
        .default('medium'),
    );
}

/** `4096`, `512k`, `4m`: bytes. */
export function parseSize(text: string): number {
  const match = /^(\d{1,12})([km]?)b?$/i.exec(text.trim());
  const unit = { '': 1, k: 1024, m: 1024 * 1024 }[(match?.[2] ?? '').toLowerCase()] ?? 1;
  const bytes = Number(match?.[1] ?? 0) * unit;
  if (bytes < 1)
    throw new InvalidArgumentError('write a number of bytes, such as 4m, 512k or 100000.');
  return bytes;
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
