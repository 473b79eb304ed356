import {
  orderedClaims,
  type Beyond,
  type BeyondKind,
  type CaseVerdict,
  type Place,
  type TokenExample,
} from '@sallyport/core';

import type { Role } from '../../terminal/color.ts';

/** How each verdict looks. */
export const verdictRole: Readonly<Record<CaseVerdict, Role>> = {
  allowed: 'added',
  denied: 'error',
  sometimes: 'warning',
  undecided: 'warning',
};

/** What `sometimes` and the like mean, after a case's name. */
export const verdictText: Readonly<Record<CaseVerdict, string>> = {
  allowed: 'every token of this case gets the role',
  denied: 'no token of this case gets the role',
  sometimes: 'some tokens of this case get the role, others are refused',
  undecided: 'what was given does not decide it',
};

/** Whom or what a role lets in besides what is meant. */
export const beyondText: Readonly<Record<BeyondKind, string>> = {
  'other-owner': 'repositories of anybody',
  'other-repository': 'other repositories of the owner',
  branch: 'other branches',
  tag: 'other tags',
  'pull-request': 'pull requests',
  environment: 'other environments',
};

/** `file:line:column`, from 1. */
export function placeText({ file, range }: Place): string {
  const { line, column } = file.lines.position(range.start);
  return `${file.path}:${line}:${column}`;
}

/** A token by its subject; with the session's other claims where the subject does not tell them. */
export function subjectOf({ claims }: TokenExample): string {
  return claims.get('sub') ?? '(no subject)';
}

/** The claims of a witness that people need to see beside its subject. */
export function witnessText({ witness }: Beyond): string {
  const audience = witness.claims.get('aud');
  const usual = audience === undefined || audience === 'sts.amazonaws.com';
  return usual ? subjectOf(witness) : `${subjectOf(witness)} (aud ${audience})`;
}

/** Claims in the order people look for them. */
export function claimRows(
  claims: ReadonlyMap<string, string>,
): readonly (readonly [string, string])[] {
  return orderedClaims(claims);
}
