import type { FindingData, JsonValue } from '@sallyport/core';

/**
 * Masks what looks like a secret itself, wherever it stands: a report is kept and sent around, and
 * the line that is quoted may hold the very key it is about. Same length, so that carets still fit.
 */
export function redact(text: string): string {
  if (text.length < 20) return text;
  return text
    .replaceAll(
      /\b(AKIA|ASIA|AROA|AIDA)([A-Z0-9]{16})\b/g,
      (_all, head: string, rest: string) => head + stars(rest),
    )
    .replaceAll(
      /\b(gh[pousr]_|github_pat_|xox[abposr]-)([\w-]{16,})/g,
      (_all, head: string, rest: string) => head + stars(rest),
    )
    .replaceAll(/(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40,}={0,2}/g, (run) =>
      looksSecret(run) ? stars(run) : run,
    );
}

/** {@link redact} for every string inside the arguments of a finding. */
export function redactData(data: FindingData): FindingData {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, redactJson(value)]));
}

function redactJson(value: JsonValue): JsonValue {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((one: JsonValue) => redactJson(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, redactJson(inner)]),
  );
}

/**
 * A secret access key is 40 characters of base64, a session token or private key line 64 and more.
 * Digests and commits are lower-case hexadecimal, paths have many slashes: both stay readable.
 */
function looksSecret(run: string): boolean {
  const mixed = /[A-Z]/.test(run) && /[a-z]/.test(run) && /[0-9]/.test(run);
  const length = run.replace(/=+$/, '').length;
  if (!mixed || (length > 40 && length < 64)) return false;
  return length >= 64 ? run.split('/').length <= length / 10 : run.split('/').length <= 6;
}

function stars(text: string): string {
  return '*'.repeat(text.length);
}
