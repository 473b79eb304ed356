import type { DocumentNode } from '../../iam/document/node.ts';
import { itemsOf, literal, literalOf } from '../document/access.ts';
import type { Resolver } from './resolver.ts';

/**
 * The value of a condition of a template: `Fn::Equals`, `Fn::And`, `Fn::Or`, `Fn::Not`, `Condition`
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html).
 * Undefined when it depends on what only the deployment knows.
 */
export function conditionValue(node: DocumentNode, resolver: Resolver): boolean | undefined {
  const [entry] = node.kind === 'map' && node.entries.length === 1 ? node.entries : [];
  if (!entry) return undefined;
  const operands = itemsOf(entry.value);
  const values = (): (boolean | undefined)[] =>
    operands.map((one) => conditionValue(one, resolver));
  switch (literal(entry.key)) {
    case 'Condition': {
      const name = literalOf(entry.value);
      return name === undefined ? undefined : resolver.condition(name);
    }
    case 'Fn::Equals': {
      const [left, right] = operands.map((one) => literalOf(resolver.resolve(one)));
      return left === undefined || right === undefined ? undefined : left === right;
    }
    case 'Fn::Not': {
      const [value] = values();
      return value === undefined ? undefined : !value;
    }
    case 'Fn::And': {
      const all = values();
      if (all.includes(false)) return false;
      return all.includes(undefined) ? undefined : true;
    }
    case 'Fn::Or': {
      const all = values();
      if (all.includes(true)) return true;
      return all.includes(undefined) ? undefined : false;
    }
    default:
      return undefined;
  }
}
