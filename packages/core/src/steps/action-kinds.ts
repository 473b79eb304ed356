import { inputOf, type Step } from '../workflow/model.ts';
import { stepKinds, type Deed, type StepKind } from './kinds.ts';

/** Actions by what they do, compared without the part behind `@` and in lower case. */
const actions: Readonly<Record<StepKind, readonly string[]>> = {
  // See the builders below.
  build: [],
  credential: [
    'aws-actions/amazon-ecr-login',
    'docker/login-action',
    'azure/docker-login',
    'redhat-actions/podman-login',
  ],
  scan: [
    'aquasecurity/trivy-action',
    'aquasecurity/tfsec-action',
    'aquasecurity/tfsec-pr-commenter-action',
    'aquasecurity/tfsec-sarif-action',
    'anchore/scan-action',
    'snyk/actions',
    'bridgecrewio/checkov-action',
    'github/codeql-action/analyze',
    'gitleaks/gitleaks-action',
    'zricethezav/gitleaks-action',
    'trufflesecurity/trufflehog',
    'semgrep/semgrep-action',
    'returntocorp/semgrep-action',
    'stelligent/cfn_nag',
    'hadolint/hadolint-action',
    'actions/dependency-review-action',
    'aws-actions/vulnerability-scan-github-action-for-amazon-inspector',
    'docker/scout-action',
    'crazy-max/ghaction-container-scan',
    'alexjurkiewicz/ecr-scan-image',
    'zizmorcore/zizmor-action',
    'ossf/scorecard-action',
    'google/osv-scanner-action',
    'checkmarx/kics-github-action',
    'checkmarx/ast-github-action',
    'tenable/terrascan-action',
    'pypa/gh-action-pip-audit',
    'shiftleftsecurity/scan-action',
    'sonarsource/sonarqube-scan-action',
    'sonarsource/sonarcloud-github-action',
    'veracode/veracode-pipeline-scan-action',
    'fossas/fossa-action',
    'securego/gosec',
    'azure/container-scan',
  ],
  test: [
    'cypress-io/github-action',
    'golangci/golangci-lint-action',
    'super-linter/super-linter',
    'github/super-linter',
    'pre-commit/action',
    'scottbrenner/cfn-lint-action',
    'terraform-linters/tflint',
    'reviewdog/action-actionlint',
    'raven-actions/actionlint',
    'rhysd/actionlint',
    'browserstack/github-actions',
    'psf/black',
    'astral-sh/ruff-action',
    'instrumenta/conftest-action',
  ],
  verify: ['slsa-framework/slsa-verifier'],
  approval: [
    'trstringer/manual-approval',
    'hasura/gh-manual-approval',
    'jasonetco/is-approved',
    'nearform-actions/approval-action',
  ],
  publish: [
    'pypa/gh-action-pypi-publish',
    'js-devtools/npm-publish',
    'jakejarvis/s3-sync-action',
    'redhat-actions/push-to-registry',
    'elgohr/publish-docker-github-action',
    'mr-smithers-excellent/docker-build-push',
    'shallwefootball/s3-upload-action',
    'reggionick/s3-deploy',
  ],
  deploy: [
    'aws-actions/amazon-ecs-deploy-task-definition',
    'aws-actions/amazon-ecs-deploy-express-service',
    'aws-actions/aws-cloudformation-github-deploy',
    'aws-actions/aws-lambda-deploy',
    'einaregilsson/beanstalk-deploy',
    'appleboy/lambda-action',
    'serverless/github-action',
    'webfactory/create-aws-codedeploy-deployment',
    'kodermax/kubectl-aws-eks',
    'deliverybot/helm',
    'donaldpiret/ecs-deploy',
    'youyo/aws-cdk-github-actions',
  ],
  notify: [
    'slackapi/slack-github-action',
    '8398a7/action-slack',
    'rtcamp/action-slack-notify',
    'act10ns/slack',
    'voxmedia/github-action-slack-notify-build',
    'ravsamhq/notify-slack-action',
    'jdcargile/ms-teams-notification',
    'skitionek/notify-microsoft-teams',
    'aliencube/microsoft-teams-actions',
    'toko-bifrost/ms-teams-deploy-card',
    'ilshidur/action-discord',
    'sarisia/actions-status-discord',
    'appleboy/discord-action',
    'appleboy/telegram-action',
    'dawidd6/action-send-mail',
    'archive/github-actions-slack',
    'pullreminders/slack-action',
  ],
};

/** Actions whose inputs say whether they publish what they build. */
const builders = new Set([
  'docker/build-push-action',
  'docker/bake-action',
  'depot/build-push-action',
  'depot/bake-action',
  'redhat-actions/buildah-build',
  'whoan/docker-build-with-cache-action',
]);

const index = new Map(
  stepKinds.flatMap((kind) => actions[kind].map((name) => [name, kind] as const)),
);

/** The name of the action that a step uses: lower case, without its version; undefined for scripts. */
export function actionName(step: Step): string | undefined {
  const uses = step.uses?.value;
  if (uses === undefined) return undefined;
  let name = names.get(uses);
  if (name === undefined) {
    name = (uses.split('@')[0] ?? '').trim().toLowerCase();
    // ATTACKER: the names kept must not grow with the number of files of a long run.
    if (names.size > 10_000) names.clear();
    names.set(uses, name);
  }
  return name;
}

/** The same few actions are used again and again. */
const names = new Map<string, string>();

/** What a `uses:` step does, as far as the name and inputs of its action tell. */
export function actionDeeds(step: Step): Deed[] {
  const name = actionName(step);
  if (name === undefined || /^\.\.?(?:\/|$)/.test(name)) return [];
  if (name.startsWith('docker://')) return imageDeeds(name.slice('docker://'.length));
  if (builders.has(name)) return [{ kind: pushes(step) ? 'publish' : 'build', tool: name }];
  const kind = index.get(name) ?? index.get(name.split('/').slice(0, 2).join('/'));
  return kind ? [{ kind, tool: name }] : [];
}

/** What running an image does, by the scanner that its name says it holds. */
export function imageDeeds(image: string): Deed[] {
  const name = image.split(/[@:]/)[0]?.split('/').at(-1) ?? '';
  return scannerImages.has(name) ? [{ kind: 'scan', tool: name }] : [];
}

/** Images, by the last part of their names, that hold a scanner. */
export const scannerImages: ReadonlySet<string> = new Set([
  'trivy',
  'grype',
  'checkov',
  'tfsec',
  'kics',
  'semgrep',
  'gitleaks',
  'trufflehog',
  'hadolint',
  'terrascan',
  'cfn_nag',
  'cfn-lint',
  'snyk',
  'bandit',
  'osv-scanner',
]);

/** Whether a builder pushes; one whose `push` only the run knows counts as pushing. */
function pushes(step: Step): boolean {
  const push = inputOf(step, 'push')?.value.trim().toLowerCase();
  if (push !== undefined && push !== '' && push !== 'false') return true;
  const outputs = inputOf(step, 'outputs')?.value ?? inputOf(step, 'set')?.value ?? '';
  return /type=registry|push=true/.test(outputs);
}
