/** A policy as plain data. */
export interface PlainPolicy {
  readonly Version: string;
  readonly Statement: readonly PlainStatement[];
}

/** A statement whose elements are always lists, as `aws_iam_policy_document` writes them. */
interface PlainStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: Readonly<Record<string, readonly string[]>>;
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A string of HCL. */
function hclString(text: string): string {
  const escaped = text.replaceAll(/["\\\n\r\t]/g, (letter) => escapes[letter] ?? letter);
  return `"${withoutTemplates(escaped)}"`;
}

/** Text that HCL would otherwise take for an interpolation or a directive. */
export function withoutTemplates(text: string): string {
  return text.replaceAll('${', () => '$${').replaceAll('%{', '%%{');
}

/** Any plain value as an expression of HCL. */
export function hclValue(value: unknown): string {
  if (typeof value === 'string') return hclString(value);
  if (Array.isArray(value)) return `[${value.map((item) => hclValue(item)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{\n${Object.entries(value)
    .map(([key, item]) => `${hclString(key)} = ${hclValue(item)}\n`)
    .join('')}}`;
}

/** A data source that makes the policy; `&{` is how it writes what HCL would take for a template. */
export function policyDocumentSource(policy: PlainPolicy): string {
  const statements = policy.Statement.map(
    ({ Sid, Effect, Principal = {}, Action, Resource, Condition = {} }) => {
      const principals = Object.entries(Principal).map(
        ([type, identifiers]) =>
          `principals {\n type = ${hclString(type)}\n identifiers = ${hclValue(identifiers)}\n}\n`,
      );
      const conditions = Object.entries(Condition).flatMap(([test, variables]) =>
        Object.entries(variables).map(
          ([variable, values]) =>
            `condition {\n test = ${hclString(test)}\n variable = ${hclString(variable)}\n values = ${hclValue(values)}\n}\n`,
        ),
      );
      return `statement {
${Sid === undefined ? '' : `sid = ${hclString(Sid)}\n`}effect = "${Effect}"
${principals.join('')}actions = ${hclValue(Action)}
${Resource === undefined ? '' : `resources = ${hclValue(Resource)}\n`}${conditions.join('')}}
`;
    },
  );
  return `data "aws_iam_policy_document" "it" {\n version = ${hclString(policy.Version)}\n${statements.join('')}}\n`;
}
