import type { GlobPart } from '../language/glob.ts';

/** The six parts of an ARN, the last with all colons that follow; fewer when it has fewer. */
export function splitArn(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** The same for a pattern: a wildcard stands in one part. */
export function arnComponents(parts: readonly GlobPart[]): GlobPart[][] {
  const components: GlobPart[][] = [[]];
  for (const part of parts) {
    if (part.kind !== 'text') {
      components.at(-1)?.push(part);
      continue;
    }
    let text = part.text;
    while (components.length < 6 && text.includes(':')) {
      const colon = text.indexOf(':');
      pushText(components, text.slice(0, colon));
      components.push([]);
      text = text.slice(colon + 1);
    }
    pushText(components, text);
  }
  return components;
}

function pushText(components: readonly GlobPart[][], text: string): void {
  if (text !== '') components.at(-1)?.push({ kind: 'text', text });
}
