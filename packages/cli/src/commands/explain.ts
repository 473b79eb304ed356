import { errorCodes, exitCodes, helpUri, nearest, rules, SallyportError } from '@sallyport/core';

import type { CommonOptions } from '../options.ts';
import { pageOf } from '../pages.ts';
import { styleFor, wantsColor, type Style } from '../terminal/color.ts';
import { Output } from '../terminal/output.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { padEnd } from '../terminal/width.ts';

/**
 * Prints the page of a rule or of an error code; without a topic, the list of them.
 * @throws SallyportError `UNKNOWN_TOPIC`
 */
export function runExplain(
  topic: string | undefined,
  options: CommonOptions,
  terminal: Terminal,
): number {
  const isTTY = terminal.stdout.isTTY === true;
  const style = styleFor(wantsColor(options.color, terminal.env, isTTY), isTTY);
  const output = new Output(terminal);
  output.write(topic === undefined ? list(style) : page(topic, style));
  return 0;
}

function page(topic: string, style: Style): string {
  const rule = rules.find(({ id }) => id === topic.toLowerCase());
  if (rule)
    return styled(
      pageOf(rule.id, 'rules') ?? `# ${rule.id}\n\n${rule.title}. See ${helpUri(rule.id)}\n`,
      style,
    );
  const code = errorCodes.find((one) => one === topic.toUpperCase());
  if (code)
    return styled(pageOf(code, 'errors') ?? `# ${code}\n\nExit code ${exitCodes[code]}.\n`, style);
  const known = [...rules.map(({ id }) => id), ...errorCodes];
  throw new SallyportError('UNKNOWN_TOPIC', { topic, nearest: nearest(topic, known) });
}

function list(style: Style): string {
  const width =
    Math.max(...rules.map(({ id }) => id.length), ...errorCodes.map((code) => code.length)) + 2;
  return [
    style('strong', 'Rules'),
    ...rules.map(
      ({ id, title, severity }) => `  ${padEnd(id, width)}${padEnd(severity, 8)}${title}`,
    ),
    '',
    style('strong', 'Error codes'),
    ...errorCodes.map((code) => `  ${padEnd(code, width)}exit ${exitCodes[code]}`),
    '',
    'sallyport explain <rule or code> prints the page.',
    '',
  ].join('\n');
}

function styled(markdown: string, style: Style): string {
  const text = markdown.endsWith('\n') ? markdown : `${markdown}\n`;
  return text.replaceAll(/^#+ .*$/gm, (heading) => style('strong', heading));
}
