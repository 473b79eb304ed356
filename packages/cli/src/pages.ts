import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The documentation page of a rule or an error code, as Markdown; undefined when there is none. */
export function pageOf(topic: string, kind: 'rules' | 'errors'): string | undefined {
  // The build puts all pages into one file beside the code.
  const bundled = fileURLToPath(new URL('pages.json', import.meta.url));
  if (existsSync(bundled)) {
    const pages: unknown = JSON.parse(readFileSync(bundled, 'utf8'));
    const page = Object.entries(Object(pages)).find(([name]) => name === `${kind}/${topic}`)?.[1];
    return typeof page === 'string' ? page : undefined;
  }
  const source = fileURLToPath(new URL(`../../../docs/${kind}/${topic}.md`, import.meta.url));
  return existsSync(source) ? readFileSync(source, 'utf8') : undefined;
}
