import { inputOf, type Step } from '../workflow/model.ts';

/**
 * Whether a step's own script asks GitHub for an OIDC token: by the two variables that the runner
 * sets, or by `core.getIDToken` in actions/github-script.
 * Source: https://docs.github.com/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 */
export function asksForToken(step: Step): boolean {
  return /\bACTIONS_ID_TOKEN_REQUEST_(?:URL|TOKEN)\b|\bgetIDToken\s*\(/.test(codeOf(step));
}

/** Whether a step's script hands a web identity to AWS. */
export function handsTokenToAws(step: Step): boolean {
  return /\bassume-role-with-web-identity\b|\bAssumeRoleWithWebIdentity|\bAWS_WEB_IDENTITY_TOKEN_FILE\b|\bsts\.amazonaws\.com\b/i.test(
    codeOf(step),
  );
}

/** A step's script without the lines that are only a comment. */
function codeOf(step: Step): string {
  const isScript = /^actions\/github-script@/i.test(step.uses?.value ?? '');
  const text = step.run?.value ?? (isScript ? inputOf(step, 'script')?.value : undefined) ?? '';
  return text.replaceAll(/^[ \t]*(?:#|\/\/).*$/gm, '');
}
