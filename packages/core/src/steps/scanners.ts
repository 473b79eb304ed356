/**
 * Scanners that a step can install by itself, by the names of their packages, and the actions that
 * only put one in place. Whoever installs one and never starts it has scanned nothing.
 */
export const scannerPackages: ReadonlySet<string> = new Set([
  'trivy',
  'grype',
  'snyk',
  'checkov',
  'bandit',
  'semgrep',
  'pip-audit',
  'safety',
  'cfn-lint',
  'cfn-nag',
  'tfsec',
  'terrascan',
  'kics',
  'hadolint',
  'gitleaks',
  'trufflehog',
  'gosec',
  'govulncheck',
  'osv-scanner',
  'detect-secrets',
  'prowler',
  'cdk-nag',
]);

const setups: Readonly<Record<string, string>> = {
  'aquasecurity/setup-trivy': 'trivy',
  'snyk/actions/setup': 'snyk',
  'anchore/scan-action/download-grype': 'grype',
  'scottbrenner/cfn-lint-action': 'cfn-lint',
  'gitleaks/setup-gitleaks': 'gitleaks',
};

/** Programs that install others, by the words with which they do. */
export const installers: Readonly<Record<string, RegExp>> = {
  npm: /^(?:i|install|add)$/,
  pnpm: /^(?:i|install|add)$/,
  yarn: /^(?:add|global)$/,
  bun: /^(?:i|install|add)$/,
  pip: /^install$/,
  pip3: /^install$/,
  pipx: /^install$/,
  uv: /^(?:tool|pip|add)$/,
  brew: /^install$/,
  gem: /^install$/,
  apt: /^install$/,
  'apt-get': /^install$/,
  go: /^install$/,
  cargo: /^install$/,
};

/** The scanners that a command installs; `words` start with the program. */
export function installedBy(words: readonly string[]): string[] {
  const [program = '', ...args] = words;
  if (!Object.hasOwn(installers, program)) return [];
  const verb = args.find((word) => !word.startsWith('-')) ?? '';
  if (!installers[program]?.test(verb)) return [];
  return args.slice(args.indexOf(verb) + 1).flatMap((word) => scannerIn(word) ?? []);
}

/** The scanner that an action only puts in place. */
export function setUpBy(action: string | undefined): string | undefined {
  return action !== undefined && Object.hasOwn(setups, action) ? setups[action] : undefined;
}

/** `checkov==3.2`, `snyk@latest`, `github.com/aquasecurity/tfsec/cmd/tfsec@v1`. */
function scannerIn(word: string): string | undefined {
  const name = word
    .replace(/(?:[=<>~!]=?.*|\[.*|@[^/]*)$/, '')
    .split('/')
    .at(-1)
    ?.toLowerCase();
  return name !== undefined && scannerPackages.has(name) ? name : undefined;
}

/** Whether a command starts a scanner; asking for its version or its place is no start. */
export function starts(scanner: string, words: readonly string[]): boolean {
  const [program = '', ...args] = words;
  if (
    /^(?:echo|printf|which|command|type|hash|alias|chmod|mv|cp|rm|curl|wget|tar|unzip)$/.test(
      program,
    )
  )
    return false;
  const called = program.replaceAll('_', '-').replace(/-scan$|\.\w+$/, '');
  if (called === scanner) return !(args.length > 0 && args.every((word) => onlyAsks.test(word)));
  return (
    args.some((word) => word === scanner || word.endsWith(`/${scanner}`)) &&
    installedBy(words).length === 0
  );
}

const onlyAsks = /^(?:--version|-v|-V|--help|-h|version|help)$/;
