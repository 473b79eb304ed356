import { plainWords } from './command-words.ts';
import { stepKinds, type StepKind } from './kinds.ts';

/** The words with which a command starts, its options left out, and what it then does. */
export interface Row {
  readonly kind: StepKind;
  readonly start: readonly string[];
}

/** A row that holds only when all the words of the command agree. */
export interface ConditionalRow extends Row {
  readonly when: (words: readonly string[]) => boolean;
}

/** One command a line or between bars. */
const starts: Readonly<Record<StepKind, string>> = {
  credential: `
    aws sts assume-role | aws sts assume-role-with-web-identity | aws ecr get-login-password
    aws ecr-public get-login-password | aws ecr get-login | aws configure set
    docker login | podman login | helm registry login`,
  scan: `
    trivy image | trivy i | trivy fs | trivy filesystem | trivy config | trivy conf | trivy repo
    trivy repository | trivy rootfs | trivy sbom | trivy vm | trivy k8s
    grype | snyk test | snyk code test | snyk container test | snyk iac test
    cfn_nag_scan | cfn_nag | cfn-guard validate | tfsec | terrascan scan | kics scan
    semgrep scan | semgrep ci
    gitleaks detect | gitleaks protect | gitleaks dir | gitleaks git
    trufflehog git | trufflehog github | trufflehog filesystem | trufflehog docker | trufflehog s3
    npm audit | yarn audit | pnpm audit | bun audit | yarn npm audit | audit-ci | better-npm-audit
    pip-audit | safety check | safety scan | bandit | hadolint
    docker scout cves | docker scout quickview | docker scan
    aws ecr describe-image-scan-findings | aws ecr wait image-scan-complete
    aws inspector2 list-findings | aws inspector2 list-coverage | inspector-sbomgen
    govulncheck | osv-scanner | cargo audit | cargo deny
    bundle audit | bundle-audit | bundler-audit | brakeman | gosec | detect-secrets scan
    conftest test | prowler | zizmor | dependency-check | kube-score score | kubesec scan`,
  test: `
    npm test | npm t | yarn test | pnpm test | bun test | pytest | py.test | tox | nox | jest | vitest | mocha
    rspec | phpunit | bats | ctest | go test | go vet | cargo test | cargo clippy | cargo nextest
    dotnet test | playwright test | cypress run | python -m unittest | mvn test | mvn verify
    mvn install | gradle test | gradle check | gradlew test | gradlew check | rake test | rake spec
    deno test | newman run | k6 run | artillery run | nx test | turbo test | helm lint | helm test
    eslint | ruff | flake8 | pylint | mypy | pyright | tflint | actionlint | shellcheck | yamllint
    golangci-lint | pre-commit | rubocop | biome | oxlint | cfn-lint | sam validate
    terraform validate | tofu validate | aws cloudformation validate-template`,
  verify: `
    cosign verify | cosign verify-attestation | cosign verify-blob | gh attestation verify
    slsa-verifier | notation verify`,
  approval: '',
  build: `
    docker build | docker buildx build | docker buildx bake | docker image build
    docker compose build | docker-compose build | podman build | buildah bud | buildah build
    cdk synth | cdk synthesize | sam build | sam package | aws cloudformation package
    serverless package | sls package | go build | cargo build | mvn package | gradle build
    gradlew build | dotnet build | dotnet publish | python -m build | poetry build | uv build
    yarn build | pnpm build | nx build | webpack | vite build | next build`,
  publish: `
    docker push | docker image push | docker compose push | docker-compose push
    docker manifest push | docker buildx imagetools create | podman push | buildah push
    crane push | crane copy | crane cp | skopeo copy | oras push | helm push
    yarn npm publish | changeset publish | publib-npm | publib-pypi | publib-maven | publib-nuget | twine upload | gem push | mvn deploy
    aws s3api put-object | aws ecr put-image | aws lambda publish-layer-version
    aws codeartifact publish-package-version | sam publish`,
  deploy: `
    cdk deploy | cdktf deploy | aws cloudformation deploy | aws cloudformation create-stack
    aws cloudformation update-stack | aws cloudformation execute-change-set
    aws cloudformation create-stack-instances | aws cloudformation update-stack-set
    terraform apply | tofu apply | terragrunt apply | terragrunt run-all apply | pulumi up
    sam deploy | sam sync | aws ecs update-service | aws ecs create-service
    aws lambda update-function-code | aws lambda create-function | aws lambda update-alias
    aws deploy create-deployment | aws elasticbeanstalk update-environment
    aws elasticbeanstalk create-environment | aws apprunner start-deployment
    aws apprunner update-service | aws amplify start-job | aws amplify start-deployment
    aws autoscaling start-instance-refresh | eb deploy | serverless deploy | sls deploy
    osls deploy | sst deploy | helm upgrade | helm install | helmfile apply | helmfile sync
    kubectl set image | kubectl rollout restart | copilot deploy | copilot svc deploy
    copilot job deploy | chalice deploy | zappa deploy | zappa update | ecspresso deploy
    ecs-deploy | argocd app sync`,
  notify: 'aws sns publish',
};

/** Rows by the program they start with. */
export const plain: ReadonlyMap<string, readonly Row[]> = byProgram(
  stepKinds.flatMap((kind) =>
    starts[kind]
      .split(/[|\n]/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => ({ kind, start: line.split(/\s+/) })),
  ),
);

const has =
  (...flags: readonly RegExp[]) =>
  (words: readonly string[]): boolean =>
    words.some((word) => flags.some((flag) => flag.test(word)));
const lacks =
  (flag: RegExp) =>
  (words: readonly string[]): boolean =>
    !words.some((word) => flag.test(word));
const pushes = has(/^--push(?:=true)?$/, /type=registry/, /push=true/);
const webhook = has(
  // Whatever matches holds one of `webhookWords`.
  /hooks\.slack\.com|webhook\.office\.com|discord(?:app)?\.com\/api\/webhooks|slack\.com\/api|SLACK|TEAMS_|DISCORD|WEBHOOK/i,
);
/** Words of which one stands in every address of a chat, in any case. */
export const webhookWords: RegExp = /slack|discord|webhook|teams_/i;
/** Whether the target of a copy is a bucket: an upload, not a download. */
const uploads = ([program = '', ...args]: readonly string[]): boolean =>
  (plainWords(program, args)[4] ?? '').startsWith('s3:');

const when = (
  kind: StepKind,
  agrees: (words: readonly string[]) => boolean,
  lines: string,
): ConditionalRow[] =>
  lines.split('|').map((line) => ({ kind, start: line.trim().split(/\s+/), when: agrees }));

/** Rows that need more than the first words; they go before {@link plain}. */
export const conditional: ReadonlyMap<string, readonly ConditionalRow[]> = byProgram([
  ...when(
    'scan',
    has(/^(?:-d|-f|--directory|--file|--image|--docker-image|--framework)(?:=|$)/),
    'checkov',
  ),
  ...when('scan', has(/^(?:--config|-c|--error)(?:=|$)/), 'semgrep'),
  ...when('test', has(/^--test$/), 'node'),
  ...when('test', has(/^--?check$/), 'terraform fmt | black | prettier'),
  ...when('verify', has(/^(?:-c|--check)$/), 'sha256sum | shasum'),
  ...when('verify', has(/^--verify$/), 'gpg'),
  ...when(
    'publish',
    pushes,
    'docker build | docker buildx build | docker buildx bake | docker image build',
  ),
  ...when(
    'publish',
    lacks(/^--dry-run/),
    'npm publish | pnpm publish | yarn publish | bun publish | lerna publish | poetry publish | uv publish | cargo publish | flit publish | hatch publish | gradle publish | gradlew publish',
  ),
  ...when('publish', lacks(/^--(?:snapshot|skip)/), 'goreleaser release'),
  ...when('publish', uploads, 'aws s3 sync | aws s3 cp | aws s3 mv'),
  ...when('deploy', lacks(/^--dry-run/), 'kubectl apply | kubectl replace'),
  ...when('notify', webhook, 'curl | wget | http'),
]);

function byProgram<Found extends Row>(rows: readonly Found[]): Map<string, Found[]> {
  const index = new Map<string, Found[]>();
  for (const row of rows) {
    const program = row.start[0] ?? '';
    index.set(program, [...(index.get(program) ?? []), row]);
  }
  return index;
}

/** Every row of both tables. */
export const allRows: readonly Row[] = [...plain.values(), ...conditional.values()].flat();

/** Package managers and their like: `npm run TASK`. */
export const packageManagers: ReadonlySet<string> = new Set(
  'npm pnpm yarn bun nx turbo lerna deno poe hatch composer'.split(' '),
);

/** Programs that run tasks which somebody else defines. */
export const taskRunners: ReadonlySet<string> = new Set([
  ...packageManagers,
  ...'make gmake just task invoke inv rake gradle gradlew ant'.split(' '),
]);
