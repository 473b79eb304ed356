import { YAMLException } from 'js-yaml';
import { LineCounter, parseDocument, type YAMLParseError } from 'yaml';

import { readDirectly } from './direct/read.ts';
import { treeFromDocument } from './from-document.ts';
import { maxDepth, treeFromEvents } from './from-events.ts';
import type { YamlNode } from './node.ts';
import type { YamlProblem } from './problem.ts';

/** A parsed YAML text: its tree as far as there is one, and what is wrong with it. */
export interface ParsedYaml {
  readonly root: YamlNode | undefined;
  readonly problems: readonly YamlProblem[];
}

/**
 * Parses YAML 1.2 with positions. Never throws: what cannot be read is a problem with its place.
 * A reader of our own takes the texts that are written as workflows are. What it leaves is read from
 * js-yaml's event stream, and whatever that refuses with `yaml`, which names every error and is right
 * where the two disagree (docs/decisions/0001-two-yaml-parsers.md).
 */
export function parseYaml(text: string): ParsedYaml {
  const direct = readDirectly(text);
  if (direct) return { root: direct, problems: [] };
  const problems: YamlProblem[] = [];
  try {
    const { root } = treeFromEvents(text, problems);
    return { root, problems };
  } catch (error) {
    return parseSlowly(text, error);
  }
}

function parseSlowly(text: string, refusal: unknown): ParsedYaml {
  const reason = refusal instanceof YAMLException ? refusal : undefined;
  const at = Math.min(reason?.mark?.position ?? 0, Math.max(text.length - 1, 0));
  const message = reason?.reason ?? (refusal instanceof Error ? refusal.message : String(refusal));
  // ATTACKER: `yaml` recurses on nesting, so what js-yaml found too deep must not reach it.
  if (message.includes('nesting') || message.includes(`maxDepth (${maxDepth})`)) {
    const range = { start: at, end: at + 1 };
    return { root: undefined, problems: [{ code: 'yaml-too-deep', range, message, fatal: true }] };
  }
  try {
    const document = parseDocument(text, {
      lineCounter: new LineCounter(),
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
    });
    const problems = document.errors.map(fromYamlError);
    if (problems.length > 0) return { root: undefined, problems };
    return { root: treeFromDocument(text, document.contents), problems };
  } catch {
    const range = { start: at, end: at + 1 };
    return { root: undefined, problems: [{ code: 'yaml-syntax', range, message, fatal: true }] };
  }
}

function fromYamlError(error: YAMLParseError): YamlProblem {
  const [start, end] = error.pos;
  const code = error.code === 'MULTIPLE_DOCS' ? 'yaml-many-documents' : 'yaml-syntax';
  return {
    code,
    range: { start, end: Math.max(end, start + 1) },
    message: error.message,
    fatal: true,
  };
}
