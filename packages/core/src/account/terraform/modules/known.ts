import { philipsLabs } from './philips-labs.ts';
import { githubOidcRole, iamRole } from './terraform-aws-iam.ts';
import { terraformModule } from './terraform-module.ts';
import { unfunco, unfuncoBefore3 } from './unfunco.ts';

/** A shared module: how its source is written, and the Terraform text that stands for it. */
interface KnownModule {
  /** The source without protocol, `//` and `ref`: `terraform-aws-modules/iam/aws/modules/iam-role`. */
  readonly source: RegExp;
  /** The text for a major version; undefined when the version is not known. */
  readonly text: (major: number | undefined) => string | undefined;
}

/**
 * Modules that many use for roles of GitHub Actions. Each text is ours and says what the module makes
 * of its inputs as far as roles, trust and policies go; its file names the source it follows.
 */
const modules: readonly KnownModule[] = [
  {
    source:
      /^(?:terraform-aws-modules\/iam\/aws|.*terraform-aws-modules\/terraform-aws-iam)\/modules\/iam-github-oidc-role$/,
    text: () => githubOidcRole,
  },
  {
    source:
      /^(?:terraform-aws-modules\/iam\/aws|.*terraform-aws-modules\/terraform-aws-iam)\/modules\/iam-role$/,
    text: () => iamRole,
  },
  {
    source: /^(?:unfunco\/oidc-github\/aws|.*unfunco\/terraform-aws-oidc-github)$/,
    text: (major) => (major === undefined || major >= 3 ? unfunco : unfuncoBefore3),
  },
  {
    source: /^(?:philips-labs\/github-oidc\/aws|.*philips-labs\/terraform-aws-github-oidc)$/,
    text: () => philipsLabs,
  },
  {
    source:
      /^(?:terraform-module\/github-oidc-provider\/aws|.*terraform-module\/terraform-aws-github-oidc-provider)$/,
    text: () => terraformModule,
  },
];

/** The text that stands for a shared module; undefined for all others. */
export function knownModule(
  source: string | undefined,
  version: string | undefined,
): string | undefined {
  if (source === undefined || source.length > 300) return undefined;
  const [address = '', query = ''] = source.split('?');
  const plain = address
    .replace(/^(?:git::)?(?:https:\/\/|ssh:\/\/git@|git@)?/, '')
    .replace(/^(?:registry\.terraform\.io|registry\.opentofu\.org)\//, '')
    .replace(/^github\.com[/:]/, '')
    .replace(/\.git(?=$|\/)/, '')
    .replaceAll(/\/{2,}/g, '/')
    .replace(/\/$/, '');
  const given = version ?? /(?:^|&)ref=([^&]*)/.exec(query)?.[1];
  const major = /(\d{1,3})(?:\.|$)/.exec(given ?? '')?.[1];
  return modules
    .find((one) => one.source.test(plain))
    ?.text(major === undefined ? undefined : Number(major));
}
