import type { Hole, TemplatePiece, TemplateText } from '../iam/document/node.ts';
import { fixedText } from '../iam/parse/reader.ts';
import type { Condition, Policy, PolicyText, Statement } from '../iam/policy.ts';
import { issuerOf } from '../iam/trust.ts';

/** A policy with something put in for what its source leaves open, and what that was. */
export interface FilledPolicy {
  readonly policy: Policy;
  /** By the name of what was open: `GitHubOrg`. */
  readonly taken: ReadonlyMap<string, string>;
}

/**
 * Puts names and numbers in for the holes of conditions on a token's claims where their place says what
 * they stand for: the owner in `repo:<GitHubOrg>/<Repo>:*`. What such a policy lets in, it lets in
 * whatever the names are. A hole that may be anything is left.
 */
export function fillHoles(policy: Policy, provider: string): FilledPolicy {
  const issuer = issuerOf(provider);
  const taken = new Map<string, string>();
  const fillCondition = (condition: Condition): Condition => {
    const key = keyOf(condition.key, issuer);
    const name = fixedText(key.pieces)?.toLowerCase();
    const prefix = `${issuer.toLowerCase()}:`;
    if (name === undefined || !name.startsWith(prefix)) return condition;
    const claim = name.slice(prefix.length);
    const values = condition.values.map((value) => fillValue(value, claim, taken));
    return { ...condition, key, values };
  };
  const statements = policy.statements.map((statement): Statement => ({
    ...statement,
    conditions: statement.conditions.map(fillCondition),
  }));
  return { policy: { ...policy, statements }, taken };
}

/** `<the provider's address>:sub` is the key of the only provider that the statement can mean. */
function keyOf(key: PolicyText, issuer: string): PolicyText {
  const [first, second, ...more] = key.pieces;
  const claim = typeof second === 'string' && /^:[a-z_]+$/.test(second);
  if (typeof first !== 'object' || !claim || more.length > 0) return key;
  return { ...key, pieces: [`${issuer}${second}`] };
}

function fillValue(value: PolicyText, claim: string, taken: Map<string, string>): PolicyText {
  if (value.pieces.every((piece) => typeof piece === 'string')) return value;
  const pieces: TemplatePiece[] = [];
  for (const [index, piece] of value.pieces.entries()) {
    if (typeof piece === 'string') {
      pieces.push(piece);
      continue;
    }
    const filled = taken.get(piece.hole) ?? fillerFor(piece, index, value.pieces, claim);
    if (filled === undefined) return value;
    taken.set(piece.hole, filled);
    pieces.push(filled);
  }
  return { ...value, pieces };
}

/** What may stand in a hole, by what stands around it; undefined where that may be anything. */
function fillerFor(
  { hole }: Hole,
  index: number,
  pieces: TemplateText,
  claim: string,
): string | undefined {
  const before = textAt(pieces, index - 1);
  const after = textAt(pieces, index + 1);
  const name = nameFrom(hole);
  if (claim === 'repository_id' || claim === 'repository_owner_id' || claim.endsWith('actor_id'))
    return pieces.length === 1 ? '1' : undefined;
  if (before.endsWith('@') && claim === 'sub') return '1';
  if (claim === 'repository' && pieces.length === 1) return `${name}/${name}`;
  if (claim === 'environment' || claim === 'actor' || claim === 'workflow' || claim === 'aud')
    return name;
  if (claim === 'ref') return pieces.length === 1 ? `refs/heads/${name}` : name;
  const slugStart =
    claim === 'repository' ? before === '' : before === 'repo:' || before === 'repository:';
  if (slugStart) {
    if (/^[/@*?]/.test(after)) return name;
    return after.startsWith(':') ? `${name}/${name}` : undefined;
  }
  if (before.endsWith('/') && /^(?:[:@/]|$)/.test(after)) return name;
  if (before.endsWith(':environment:') && (after === '' || after.startsWith(':'))) return name;
  if (before.endsWith(':ref:')) return `refs/heads/${name}`;
  return undefined;
}

function textAt(pieces: TemplateText, index: number): string {
  const piece = pieces[index];
  return typeof piece === 'string' ? piece : '';
}

/** A name that reads like what it stands for, within the grammar of GitHub's names. */
function nameFrom(hole: string): string {
  const letters = hole.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
  return letters.slice(0, 30) || 'open';
}
