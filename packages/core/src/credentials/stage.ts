/** The stages that nearly every release path has, by whatever names. */
export type Stage = 'dev' | 'staging' | 'prod';

const stages: readonly Stage[] = ['dev', 'staging', 'prod'];
const words: Readonly<Record<Stage, RegExp>> = {
  dev: /^(?:dev|develop|development)$/,
  staging: /^(?:stage|staging|stg|uat|preprod|preproduction)$/,
  prod: /^(?:prod|production|prd)$/,
};

/** The stage that a name speaks of: `deploy-prod`, `stagingEU`; undefined when it names none or several. */
export function stageOf(name: string): Stage | undefined {
  const parts = name
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z]+/);
  const found = stages.filter((stage) => parts.some((part) => words[stage].test(part)));
  return found.length === 1 ? found[0] : undefined;
}
