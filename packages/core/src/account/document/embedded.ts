import { parseJsonDocument } from '../../iam/document/json.ts';
import type { DocumentNode, PolicyDocument } from '../../iam/document/node.ts';
import type { Range } from '../../text/range.ts';
import { sourceFile } from '../../text/source.ts';
import type { ProblemList } from '../problem.ts';
import { literal } from './access.ts';
import { parseHoledJson } from './holed-json.ts';
import { unreadable } from './unreadable.ts';

/** No policy is larger: IAM's quotas end at 10,240 characters, escapes make at most six of one. */
const maxEmbedded = 256 * 1024;

/**
 * A policy document that is a map, or a string that holds one: JSON, or JSON as IAM's API gives it,
 * percent-encoded by RFC 3986 (https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html).
 * All places inside a string are the string's. What cannot be read is a problem and gives a document
 * that is `unresolved`, so that whoever evaluates it does not take it for absent.
 */
export function embeddedDocument(
  node: DocumentNode | undefined,
  problems: ProblemList,
): PolicyDocument | undefined {
  if (node === undefined) return undefined;
  const { file } = problems;
  if (node.kind === 'map' || node.kind === 'unresolved') return { file, root: node };
  if (node.kind === 'list' || node.scalar !== 'string') {
    return {
      file,
      root: unreadable(
        node.range,
        'a policy document must be an object or a string of JSON',
        problems,
      ),
    };
  }
  const text = literal(node.value);
  if (text === undefined) return { file, root: parseHoledJson(node, problems) };
  return { file, root: parseEmbedded(text, node.range, problems) };
}

/** The JSON in a string whose place is `range`. */
function parseEmbedded(text: string, range: Range, problems: ProblemList): DocumentNode {
  if (text.length > maxEmbedded)
    return unreadable(
      range,
      `a policy document of ${text.length} characters is larger than IAM takes`,
      problems,
    );
  const decoded = decode(text);
  if (decoded === undefined)
    return unreadable(range, 'the policy document is percent-encoded, but not as UTF-8', problems);
  const parsed = parseJsonDocument(sourceFile(problems.file.path, decoded));
  const fatal = parsed.problems.find((problem) => problem.fatal);
  if (parsed.root === undefined || fatal) {
    return unreadable(
      range,
      `the policy document in this string is no JSON: ${fatal?.message ?? 'it is empty'}`,
      problems,
    );
  }
  return placedAt(parsed.root, range);
}

/** The same tree with every place set to one range. */
export function placedAt(node: DocumentNode, range: Range): DocumentNode {
  if (node.kind === 'list') {
    return { ...node, range, items: node.items.map((item) => placedAt(item, range)) };
  }
  if (node.kind === 'map') {
    const entries = node.entries.map(({ key, value }) => ({
      key,
      keyRange: range,
      value: placedAt(value, range),
    }));
    return { ...node, range, entries };
  }
  return { ...node, range };
}

function decode(text: string): string | undefined {
  if (!/^\s*%7b/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
