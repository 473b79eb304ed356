import type { Case, NameSet } from '../cases/case.ts';
import type { AcceptedToken } from '../config/config.ts';
import type { Formula } from '../language/formula.ts';
import { any as anyPart, globOf, type GlobPart } from '../language/glob.ts';
import type { KnownRepository } from '../oidc/run-tokens.ts';
import type { TokenShape } from '../oidc/token-data.ts';
import { all, any, equals, matches, not, present } from '../trust/formula.ts';

/** The tokens that a configuration says a role is for. */
export function configuredTokens(
  accepts: readonly AcceptedToken[],
  { owner, name }: KnownRepository,
): Formula {
  const own = equals('repository', `${owner}/${name}`, true);
  return all([
    own,
    any(
      accepts.map(({ branch, tag, environment, 'pull-request': pull }) => {
        const outside = not(present('environment'));
        return any([
          ...(branch === undefined ? [] : [all([outside, refLike(`refs/heads/`, branch)])]),
          ...(tag === undefined ? [] : [all([outside, refLike(`refs/tags/`, tag)])]),
          ...(environment === undefined ? [] : [matches('environment', pattern('', environment))]),
          ...(pull === true ? [all([outside, refLike('refs/pull/', '*')])] : []),
        ]);
      }),
    ),
  ]);
}

function refLike(prefix: string, name: string): Formula {
  return matches('ref', pattern(prefix, name));
}

/** `*` and `**` are any characters here: what is meant is rather too much than too little. */
function pattern(prefix: string, name: string): ReturnType<typeof globOf> {
  const parts = name
    .split(/\*+/)
    .flatMap((text, index): (string | GlobPart)[] => (index === 0 ? [text] : [anyPart, text]));
  return globOf([prefix, ...parts]);
}

/** A case with the shapes of its tokens. */
export interface CaseTokens {
  readonly case: Case;
  readonly shapes: readonly TokenShape[];
}

/** The tokens that the cases of a repository present. */
export function tokensOfCases(
  cases: readonly CaseTokens[],
  { owner, name }: KnownRepository,
): Formula {
  return all([
    equals('repository', `${owner}/${name}`, true),
    any(cases.flatMap((one) => one.shapes.map((shape) => tokensOfShape(one.case, shape)))),
  ]);
}

function tokensOfShape({ run, environment }: Case, { fields }: TokenShape): Formula {
  const name = fields.get('environment');
  if (name && environment.kind !== 'none') return inSet('environment', environment.name);
  const outside = not(present('environment'));
  const ref = fields.get('ref') ?? [];
  // The shape knows of a filter only its automaton.
  const filtered = ref.some((one) => one.kind === 'variable' && one.name === 'ref');
  if (filtered && run.refs.length > 0)
    return all([outside, any(run.refs.map((set) => inSet('ref', set)))]);
  return all([
    outside,
    matches('ref', globOf(ref.map((one) => (one.kind === 'literal' ? one.text : anyPart)))),
  ]);
}

function inSet(claim: string, set: NameSet): Formula {
  switch (set.kind) {
    case 'exact':
      return equals(claim, set.value);
    case 'filter':
      return any(
        set.patterns
          .filter((one) => !one.startsWith('!'))
          .map((one) => matches(claim, pattern(set.prefix, one.replaceAll(/[?+[\]]/g, '*')))),
      );
    case 'template':
      return matches(
        claim,
        globOf(set.pieces.map((piece) => (typeof piece === 'string' ? piece : anyPart))),
      );
    default:
      return set satisfies never;
  }
}
