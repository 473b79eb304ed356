import type { Comparison } from '../expression.ts';
import type { Scalar, SingleValue } from './value.ts';

/**
 * GitHub's conversions and comparisons. Types that differ are compared as numbers; strings are
 * compared without regard to case; lists and maps are equal only to themselves.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/expressions#operators
 */
export function compareScalars(operator: Comparison, left: Scalar, right: Scalar): boolean {
  const [a, b] = coerced(left, right);
  switch (operator) {
    case '==':
      return isEqual(a, b);
    case '!=':
      return !isEqual(a, b);
    case '<':
      return isLess(a, b);
    case '<=':
      return isEqual(a, b) || isLess(a, b);
    case '>':
      return isLess(b, a);
    case '>=':
      return isEqual(a, b) || isLess(b, a);
  }
}

/** A primitive as a string: null is empty, numbers have at most 15 digits behind the point. */
export function scalarText(value: Scalar): string {
  if (value === null) return '';
  if (typeof value !== 'number') return String(value);
  return value === 0 ? '0' : String(Number(value.toFixed(15)));
}

/** A primitive as a number: null and the empty string are 0, other text that is none is NaN. */
export function scalarNumber(value: Scalar): number {
  return Number(value);
}

/** A value as a string; undefined when only a run can tell. Lists and maps have only a name. */
export function textOf(value: SingleValue): string | undefined {
  switch (value.kind) {
    case 'known':
      return scalarText(value.value);
    case 'array':
      return 'Array';
    case 'object':
      return 'Object';
    case 'unknown':
      return undefined;
  }
}

/** Upper case for comparisons; the dotless i keeps its form, as in GitHub's runner. */
export function foldCase(text: string): string {
  if (!text.includes('ı')) return text.toUpperCase();
  return text
    .split('ı')
    .map((part) => part.toUpperCase())
    .join('ı');
}

function coerced(left: Scalar, right: Scalar): [Scalar, Scalar] {
  if (left === null && right === null) return [null, null];
  if (typeof left === typeof right && left !== null && right !== null) return [left, right];
  return [scalarNumber(left), scalarNumber(right)];
}

function isEqual(left: Scalar, right: Scalar): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    return left === right || foldCase(left) === foldCase(right);
  }
  return left === right;
}

function isLess(left: Scalar, right: Scalar): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    return foldCase(left) < foldCase(right);
  }
  if (typeof left === 'number' && typeof right === 'number') return left < right;
  return left === false && right === true;
}
