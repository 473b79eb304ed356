/**
 * Folders that `uses: ./folder` names, inside the repository. Read from the text, before anything is
 * parsed: a name too many only costs a look at the disk.
 */
export function localUses(text: string): string[] {
  if (!text.includes('./')) return [];
  const folders = new Set<string>();
  for (const [, path] of text.matchAll(/\buses["']?\s*:\s*["']?\.\/([^\s"'#@,}]*)/g)) {
    const parts = (path ?? '').split('/').filter((part) => part !== '' && part !== '.');
    // ATTACKER: a path that climbs out would make us open files anywhere.
    if (!parts.includes('..')) folders.add(parts.join('/'));
  }
  return [...folders];
}
