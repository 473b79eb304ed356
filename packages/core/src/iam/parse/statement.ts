import type { Range } from '../../text/range.ts';
import type { DocumentEntry, DocumentNode } from '../document/node.ts';
import type { PatternElement, PrincipalElement, Statement } from '../policy.ts';
import { readConditions } from './condition.ts';
import { readPrincipal } from './principal.ts';
import {
  described,
  entriesOf,
  fixedText,
  shownText,
  textOf,
  textsOf,
  type PolicyProblems,
} from './reader.ts';

const elements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const;
type Entries = ReadonlyMap<string, DocumentEntry>;

/** Reads one statement; undefined when there is nothing that could be evaluated. */
export function readStatement(
  node: DocumentNode,
  index: number,
  problems: PolicyProblems,
): Statement | undefined {
  if (node.kind !== 'map') {
    const code = node.kind === 'unresolved' ? 'policy-unresolved' : 'policy-wrong-type';
    problems.refuse(
      code,
      node.range,
      `statement ${index + 1} is ${described(node)}, expected an object`,
    );
    return undefined;
  }
  const where = `statement ${index + 1}`;
  const entries = entriesOf(node, where, elements, problems);
  const effect = readEffect(entries.get('Effect'), node.range, where, problems);
  const sid = readSid(entries.get('Sid'), where, problems);
  const principal = readPrincipals(entries, where, problems);
  const action = readPatterns(entries, 'Action', where, problems);
  const resource = readPatterns(entries, 'Resource', where, problems);
  if (!action && !entries.has('Action') && !entries.has('NotAction'))
    problems.refuse(
      'policy-missing-element',
      node.range,
      `${where} has neither Action nor NotAction`,
    );
  const condition = entries.get('Condition');
  const conditions = condition ? readConditions(condition.value, problems) : [];
  if (effect === undefined) return undefined;
  return {
    index,
    ...(sid === undefined ? {} : { sid }),
    effect,
    range: node.range,
    ...(principal ? { principal } : {}),
    ...(action ? { action } : {}),
    ...(resource ? { resource } : {}),
    conditions,
  };
}

/** The two values are written exactly so. Source: the grammar, `<effect_block>`. */
function readEffect(
  entry: DocumentEntry | undefined,
  range: Range,
  where: string,
  problems: PolicyProblems,
): Statement['effect'] | undefined {
  if (!entry) {
    problems.refuse('policy-missing-element', range, `${where} has no Effect`);
    return undefined;
  }
  const text = textOf(entry.value);
  const effect = text && fixedText(text.pieces);
  if (effect === 'Allow' || effect === 'Deny') return effect;
  const message = `Effect is ${described(entry.value)}, expected "Allow" or "Deny"`;
  const code = text && effect === undefined ? 'policy-unresolved' : 'policy-invalid-value';
  problems.refuse(code, entry.value.range, message);
  return undefined;
}

function readSid(
  entry: DocumentEntry | undefined,
  where: string,
  problems: PolicyProblems,
): string | undefined {
  if (!entry) return undefined;
  const { value } = entry;
  if (value.kind === 'text' && value.scalar === 'string') return shownText(value.value);
  if (value.kind === 'unresolved') return `<${value.expression}>`;
  problems.refuse(
    'policy-wrong-type',
    value.range,
    `Sid of ${where} is ${described(value)}, expected a string`,
  );
  return undefined;
}

function readPrincipals(
  entries: Entries,
  where: string,
  problems: PolicyProblems,
): PrincipalElement | undefined {
  const [plain, negated] = [entries.get('Principal'), entries.get('NotPrincipal')];
  refuseBoth(plain, negated, 'Principal', where, problems);
  if (plain) return readPrincipal(plain, 'Principal', problems);
  return negated && readPrincipal(negated, 'NotPrincipal', problems);
}

function readPatterns(
  entries: Entries,
  name: 'Action' | 'Resource',
  where: string,
  problems: PolicyProblems,
): PatternElement | undefined {
  const [plain, negated] = [entries.get(name), entries.get(`Not${name}`)];
  refuseBoth(plain, negated, name, where, problems);
  const entry = plain ?? negated;
  if (!entry) return undefined;
  const shown = plain ? name : `Not${name}`;
  const values = textsOf(entry.value, shown, ['string'], problems);
  if (values.length === 0)
    problems.refuse(
      'policy-missing-element',
      entry.value.range,
      `${shown} of ${where} names nothing`,
    );
  for (const { pieces, range } of values) {
    const text = fixedText(pieces);
    if (text === undefined || isPattern(name, text)) continue;
    const wanted = name === 'Action' ? '"*" or service:action' : '"*" or an ARN';
    problems.refuse(
      'policy-invalid-value',
      range,
      `${shown} "${text.slice(0, 60)}" is no ${name.toLowerCase()}: expected ${wanted}`,
    );
  }
  return {
    negated: !plain,
    values,
    range: { start: entry.keyRange.start, end: entry.value.range.end },
  };
}

/** IAM: "Actions/Conditions must be prefaced by a vendor", "must be in ARN format or \"*\"". */
function isPattern(name: 'Action' | 'Resource', text: string): boolean {
  if (/^\*+$/.test(text)) return true;
  return name === 'Action' ? /^[^:]+:./.test(text) : /^(?:arn:|\$\{|\*|a\*|ar\*|arn\*)/.test(text);
}

function refuseBoth(
  plain: DocumentEntry | undefined,
  negated: DocumentEntry | undefined,
  name: string,
  where: string,
  problems: PolicyProblems,
): void {
  if (!plain || !negated) return;
  const message = `${where} has both ${name} and Not${name}`;
  problems.refuse('policy-invalid-value', negated.keyRange, message);
}
