import type { Step } from './model.ts';

/**
 * What an action or a script says about OIDC. `perhaps` is the answer for everything that is not
 * known: a permission is only called superfluous where nothing in sight could use it.
 */
export type TokenUse = 'uses' | 'perhaps' | 'none';

/** Actions that ask for a token whenever they run, besides those that take AWS roles. */
const asking =
  /^(?:actions\/(?:deploy-pages|attest(?:-[\w-]+)?)|sigstore\/[\w-]+|pypa\/gh-action-pypi-publish|google-github-actions\/auth|azure\/login|rubygems\/(?:release-gem|configure-rubygems-credentials)|rust-lang\/crates-io-auth-action|octo-sts\/action)(?:@|$)/i;

/** Actions that never ask for one, by owner and name; `*` stands for any characters. */
const quiet = patterns([
  '8398a7/action-slack',
  'actions/*',
  'actions-rs/*',
  'amannn/action-semantic-pull-request',
  'appleboy/*',
  'astral-sh/*',
  'aws-actions/*',
  'docker/*',
  'dorny/*',
  'dtolnay/rust-toolchain',
  'easimon/maximize-build-space',
  'github/*',
  'golangci/golangci-lint-action',
  'gradle/*',
  'hadolint/*',
  'jlumbroso/free-disk-space',
  'mikefarah/yq',
  'nick-fields/retry',
  'peaceiris/*',
  'peter-evans/*',
  'pre-commit/action',
  'reviewdog/*',
  'slackapi/slack-github-action',
  'softprops/action-gh-release',
  'step-security/harden-runner',
  'streetsidesoftware/cspell-action',
  'swatinem/rust-cache',
  'taiki-e/*',
  'tj-actions/*',
  'webfactory/ssh-agent',
  '*/setup-*',
  '*/*-setup',
  'pnpm/action-setup',
]);

/** Words in scripts and inputs of everything that signs, attests or asks for a token. */
const tokenWords =
  /oidc|id[-_]token|getIDToken|provenance|attest|cosign|sigstore|trusted|workload[-_ ]identity|federat|\bsemantic-release\b|\bvault\b/i;

/** Tools that publish to registries with trusted publishing, and the word that does it. */
const publishers = /\b(?:npm|pnpm|yarn|lerna|changeset|cargo|poetry|uv|gem|hatch|flit|twine)\b/i;
const publishing = /\b(?:publish|release|push|upload)\b/i;

/** What a step with no local action behind it does with the token. */
export function tokenUseOf(step: Step): TokenUse {
  const uses = step.uses?.value ?? '';
  // BuildKit's `provenance:` is written by the builder and needs no token.
  const texts = uses.startsWith('docker/') ? [] : [...step.with.items, ...step.env.items];
  const spoken = texts.some((item) => tokenWords.test(`${item.name} ${item.value?.value ?? ''}`));
  if (step.run) return spoken || speaksOfToken(step.run.value) ? 'perhaps' : 'none';
  if (asking.test(uses)) return 'uses';
  if (spoken) return 'perhaps';
  return uses.startsWith('docker:') || !quiet.test(uses.split('@')[0] ?? '') ? 'perhaps' : 'none';
}

function speaksOfToken(script: string): boolean {
  if (tokenWords.test(script)) return true;
  return script.split('\n').some((line) => publishers.test(line) && publishing.test(line));
}

function patterns(names: readonly string[]): RegExp {
  const sources = names.map((name) => name.replaceAll(/[.+]/g, '\\$&').replaceAll('*', '[^/]*'));
  return new RegExp(`^(?:${sources.join('|')})(?:/|$)`, 'i');
}
