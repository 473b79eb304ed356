import { styleText } from 'node:util';

import type { Terminal } from './terminal.ts';

/** The values of `--color`. */
export const colorModes = ['auto', 'always', 'never'] as const;
export type ColorMode = (typeof colorModes)[number];

/** What a piece of text is; how it looks is decided here alone. */
export type Role =
  | 'error'
  | 'warning'
  | 'note'
  | 'label'
  | 'related'
  | 'gutter'
  | 'strong'
  | 'added'
  | 'removed'
  | 'dim';

/** Gives text its colours, or leaves it as it is. */
export interface Style {
  readonly color: boolean;
  (role: Role, text: string): string;
  /** A link that the terminal opens; plain text where links would be shown as noise. */
  link(text: string, uri: string): string;
}

/** Whether to colour: the option, then NO_COLOR, FORCE_COLOR, GITHUB_ACTIONS, and the terminal itself. */
export function wantsColor(mode: ColorMode, env: Terminal['env'], isTTY: boolean): boolean {
  if (mode !== 'auto') return mode === 'always';
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  // GitHub's log is no terminal, but it renders colours.
  if (env['GITHUB_ACTIONS'] === 'true') return true;
  return isTTY && env['TERM'] !== 'dumb';
}

/** Makes a style; links need a terminal besides colours. */
export function styleFor(color: boolean, isTTY: boolean): Style {
  const paint = (role: Role, text: string): string =>
    color && text !== '' ? styleText(formats[role], text, unchecked) : text;
  return Object.assign(paint, {
    color,
    link: (text: string, uri: string): string =>
      color && isTTY ? `\u001b]8;;${uri}\u001b\\${text}\u001b]8;;\u001b\\` : text,
  });
}

/** Later versions of Node would ask the process's own stdout; the question is answered already. */
const unchecked = { validateStream: false };

const formats: Readonly<Record<Role, Parameters<typeof styleText>[0]>> = {
  error: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  note: ['bold', 'cyan'],
  label: ['bold'],
  related: ['bold', 'blue'],
  gutter: ['bold', 'blue'],
  strong: ['bold'],
  added: ['green'],
  removed: ['red'],
  dim: ['dim'],
};
