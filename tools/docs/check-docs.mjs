// Documentation that can be checked without reading it: every link to a file or heading of this
// repository leads somewhere, and every export of the packages has a comment above it.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { parseSync } from 'rolldown/utils';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** @type {string[]} */
const problems = [];

/** Files that git knows or would add, so that installed and built ones stay out. */
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && !path.startsWith('corpus/') && existsSync(join(root, path)));

/** @param {string} path */
const read = (path) => readFileSync(join(root, path), 'utf8');

/**
 * Text without fenced code, where brackets mean other things; lines stay where they were.
 * @param {string} text
 */
const withoutCode = (text) =>
  text.replaceAll(/^( *)(```|~~~)[\s\S]*?^\1\2/gm, (code) => code.replaceAll(/[^\n]/g, ' '));

/**
 * The anchors of a page, as GitHub makes them from its headings.
 * @param {string} text
 */
function anchors(text) {
  return [...withoutCode(text).matchAll(/^#+ +(.+)$/gm)].map((match) =>
    (match[1] ?? '')
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** @param {string} page */
function checkLinks(page) {
  const text = withoutCode(read(page));
  for (const match of text.matchAll(/\]\((?<target>[^)\s]+)\)/g)) {
    const target = match.groups?.['target'] ?? '';
    if (/^[a-z][a-z+.-]*:/i.test(target)) continue;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : join(dirname(page), decodeURIComponent(path));
    const line = text.slice(0, match.index).split('\n').length;
    if (!existsSync(join(root, file))) problems.push(`${page}:${line}: no such file: ${target}`);
    else if (
      anchor !== undefined &&
      file.endsWith('.md') &&
      !anchors(read(file)).includes(anchor)
    ) {
      problems.push(`${page}:${line}: no such heading: ${target}`);
    }
  }
}

/** @param {string} path */
function checkExports(path) {
  const text = read(path);
  const { program, comments } = parseSync(path, text);
  for (const node of program.body) {
    const declares = node.type === 'ExportNamedDeclaration' && node.declaration !== null;
    if (!declares && node.type !== 'ExportDefaultDeclaration') continue;
    const above = comments.some(
      (comment) =>
        comment.value.startsWith('*') && text.slice(comment.end, node.start).trim() === '',
    );
    if (above) continue;
    const line = text.slice(0, node.start).split('\n').length;
    problems.push(
      `${path}:${line}: no comment above ${text.slice(node.start, node.end).split('\n')[0]}`,
    );
  }
}

const pages = files.filter((path) => path.endsWith('.md'));
const sources = files.filter(
  (path) => /^packages\/[^/]+\/src\/.*\.ts$/.test(path) && !/\.(test|generated)\.ts$/.test(path),
);
for (const page of pages) checkLinks(page);
for (const source of sources) checkExports(source);

for (const problem of problems) console.error(problem);
console.log(`${pages.length} pages and ${sources.length} sources, ${problems.length} problems`);
if (problems.length > 0) process.exitCode = 1;
