import { printable } from '../terminal/safe.ts';

/**
 * Text inside Markdown that must stay text.
 * ATTACKER: names come from workflow files, and a summary or comment is rendered where people trust
 * it: no HTML, no link, no image, no mention, no new table cell, no runner command.
 */
export function escapeMarkdown(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '@&#8203;')
    .replaceAll('|', '&#124;')
    .replaceAll('##[', '#&#35;[')
    .replaceAll(/[\\`*_{}[\]~]/g, String.raw`\$&`)
    .replaceAll(/\b(https?|ftp):/gi, '$1&#58;')
    .replaceAll(/\b(www)\./gi, '$1&#46;');
}

/** Text as inline code. Backticks and pipes end code or cell in some renderers, so HTML is used. */
export function code(text: string): string {
  const safe = printable(text).replaceAll(
    /[&<>|`@[\]*_\\~:#]/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
  return `<code>${safe}</code>`;
}
