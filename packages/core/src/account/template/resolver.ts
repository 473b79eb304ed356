import type { DocumentNode, TemplateText } from '../../iam/document/node.ts';

/** What intrinsic functions ask of the template around them. */
export interface Resolver {
  /** The value of a node; undefined for `AWS::NoValue`. */
  resolve(node: DocumentNode): DocumentNode | undefined;
  /** What `Ref` gives for a parameter, a resource or a pseudo parameter. */
  reference(name: string, at: DocumentNode): DocumentNode | undefined;
  /** What `Fn::GetAtt` gives; a hole where it is not known. */
  attribute(name: string, attribute: string): TemplateText;
  /** The value of a condition: undefined when it depends on what no file says. */
  condition(name: string): boolean | undefined;
  /** A section of the template under a name, not yet resolved. */
  mapping(name: string): DocumentNode | undefined;
}
