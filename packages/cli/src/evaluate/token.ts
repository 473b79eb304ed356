import { SallyportError } from '@sallyport/core';
import { compactVerify, createLocalJWKSet, decodeProtectedHeader, decodeJwt } from 'jose';

import { readStdin } from '../terminal/stdin.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { claimsOf } from './claims.ts';
import { readObject } from './input.ts';

/** A token that was read; the token itself stays in here. */
export interface ReadToken {
  readonly claims: ReadonlyMap<string, string>;
  readonly signature: 'verified' | 'not checked' | 'refused';
  /** Why it was refused. */
  readonly problem?: string;
  /** Takes the token and its parts out of a text. */
  readonly hide: (text: string) => string;
}

/** The algorithms that STS takes. */
const algorithms = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'];
/** Characters; STS takes at most 20,000. */
const longest = 20_000;

/**
 * Reads a token from standard input, and checks its signature when keys are given. What stands there is
 * never repeated, whatever it is.
 * @throws SallyportError `INPUT_INVALID`
 */
export async function readToken(terminal: Terminal, jwks: string | undefined): Promise<ReadToken> {
  const bytes = await readStdin(terminal, longest + 100);
  const token = Buffer.from(bytes).toString('utf8').trim();
  const object = payloadOf(token);
  const claims = claimsOf(object, '<stdin>');
  const hide = (text: string): string => hideParts(token, text);
  if (jwks === undefined) return { claims, signature: 'not checked', hide };
  const problem = await signatureProblem(token, readObject(terminal.cwd, jwks, jwksCure), jwks);
  return problem === undefined
    ? { claims, signature: 'verified', hide }
    : { claims, signature: 'refused', problem, hide };
}

const jwksCure = 'give the keys of the issuer, as its /.well-known/jwks answers them';

function payloadOf(token: string): Record<string, unknown> {
  try {
    if (token.length > longest) throw new Error('too long');
    decodeProtectedHeader(token);
    return { ...decodeJwt(token) };
  } catch {
    // ATTACKER: jose's words could quote what stands there.
    throw new SallyportError('INPUT_INVALID', {
      path: '<stdin>',
      problem: 'it is not a token: three parts of base64 with dots between them',
      cure: "pipe the value that GitHub's token endpoint answers, and nothing else",
    });
  }
}

async function signatureProblem(
  token: string,
  keys: Record<string, unknown>,
  path: string,
): Promise<string | undefined> {
  const list = keys['keys'];
  if (!Array.isArray(list))
    throw new SallyportError('INPUT_INVALID', {
      path,
      problem: 'it has no list "keys"',
      cure: jwksCure,
    });
  try {
    await compactVerify(token, createLocalJWKSet({ keys: list }), { algorithms });
    return undefined;
  } catch (error) {
    const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
    return typeof code === 'string' ? (problems[code] ?? code) : 'it could not be checked';
  }
}

const problems: Readonly<Record<string, string>> = {
  ERR_JOSE_ALG_NOT_ALLOWED: 'its algorithm is none that STS takes',
  ERR_JWKS_NO_MATCHING_KEY: 'none of the keys is the one it names',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'it names no key, and several would do',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'the signature is not that of the key',
};

function hideParts(token: string, text: string): string {
  const [, , signature = ''] = token.split('.');
  let hidden = text.replaceAll(token, '***');
  if (signature.length >= 16) hidden = hidden.replaceAll(signature, '***');
  return hidden;
}
