/** What a literal in the place of a key is. */
export type LiteralKind = 'empty' | 'long-lived' | 'session' | 'placeholder';

const exampleId = 'AKIAIOSFODNN7EXAMPLE';
const exampleSecret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

/**
 * Tells a real key from a placeholder by its form. Access key ids start with AKIA (long-lived) or
 * ASIA (session) and have 20 characters; secrets have 40 of base64's alphabet. AWS's documentation
 * example and altered copies of it are placeholders, as is everything of another form.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function literalKind(value: string): LiteralKind {
  const text = value.trim();
  if (text === '') return 'empty';
  if (isExample(text)) return 'placeholder';
  if (/^A(?:KIA|SIA)[A-Z2-7]{16}$/.test(text)) {
    if (isMonotone(text.slice(4))) return 'placeholder';
    return text.startsWith('AKIA') ? 'long-lived' : 'session';
  }
  // ATTACKER: a pasted secret is long-lived unless it plainly is not one.
  if (/^[A-Za-z0-9/+=]{40}$/.test(text) && !isMonotone(text) && !/^[0-9a-f]{40}$/.test(text))
    return 'long-lived';
  return 'placeholder';
}

/** The AWS key ids that a longer text holds, with their offsets; the documentation's example is none. */
export function keyIdsIn(text: string): { readonly id: string; readonly start: number }[] {
  if (!text.includes('AKIA')) return [];
  return [...text.matchAll(/(?<![A-Z0-9])AKIA[A-Z2-7]{16}(?![A-Z0-9])/g)]
    .filter((match) => literalKind(match[0]) === 'long-lived')
    .map((match) => ({ id: match[0], start: match.index }));
}

function isExample(text: string): boolean {
  if (/EXAMPLE/i.test(text)) return true;
  return closeTo(text, exampleId) || closeTo(text, exampleSecret);
}

/** At most two characters dropped, added or replaced. */
function closeTo(text: string, example: string): boolean {
  if (Math.abs(text.length - example.length) > 2) return false;
  let row = Array.from({ length: example.length + 1 }, (_, i) => i);
  for (let i = 1; i <= text.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= example.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (text[i - 1] === example[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return (row[example.length] ?? 99) <= 2;
}

/** XXXXXXXX, 1234567890..., abcabcabc: nobody's key. */
function isMonotone(text: string): boolean {
  const distinct = new Set(text.toLowerCase()).size;
  return distinct <= 4 || /(?:test|fake|dummy|sample|mock|local|xxxx|0000|1234567)/i.test(text);
}
