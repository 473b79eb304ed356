import type { AccountState, AttachedPolicy, RoleState } from '../src/account/model.ts';
import type { PolicySources } from '../src/account/read.ts';
import type { DocumentNode, PolicyDocument, TemplateText } from '../src/iam/document/node.ts';
import type { Range } from '../src/text/range.ts';
import type { SourceFile } from '../src/text/source.ts';

/** A text with its holes as `${...}`. */
function written(text: TemplateText): string {
  return text.map((piece) => (typeof piece === 'string' ? piece : `\${${piece.hole}}`)).join('');
}

/** A document in one line: JSON, with `<...>` for what is not resolved. */
function flat(node: DocumentNode): string {
  switch (node.kind) {
    case 'text':
      return node.scalar === 'string' ? JSON.stringify(written(node.value)) : written(node.value);
    case 'list':
      return `[${node.items.map(flat).join(', ')}]`;
    case 'map':
      return `{${node.entries.map(({ key, value }) => `${JSON.stringify(written(key))}: ${flat(value)}`).join(', ')}}`;
    case 'unresolved':
      return `<${node.expression}>`;
  }
}

function place(file: SourceFile, { start, end }: Range): string {
  const [from, to] = [file.lines.position(start), file.lines.position(end)];
  return `${file.path}:${from.line}:${from.column}-${to.line}:${to.column}`;
}

function document(label: string, one: PolicyDocument): string[] {
  const { root, file } = one;
  const head = `  ${label} @${place(file, root.range)}`;
  const statements =
    root.kind === 'map'
      ? root.entries.find(({ key }) => written(key) === 'Statement')?.value
      : undefined;
  if (statements?.kind !== 'list') return [head, `    ${flat(root)}`];
  const rest =
    root.kind === 'map' ? root.entries.filter(({ key }) => written(key) !== 'Statement') : [];
  return [
    `${head} ${rest.map(({ key, value }) => `${written(key)}=${flat(value)}`).join(' ')}`.trimEnd(),
    ...statements.items.map((item) => `    @${place(file, item.range)} ${flat(item)}`),
  ];
}

function policy(label: string, one: AttachedPolicy): string[] {
  const head = `${label} ${one.name}${one.arn === undefined ? '' : ` ${one.arn}`}`;
  return one.document ? document(head, one.document) : [`  ${head}`];
}

function role(one: RoleState): string[] {
  const name = one.name ? JSON.stringify(written(one.name)) : '-';
  const seconds = one.maxSessionDuration === undefined ? '' : ` ${one.maxSessionDuration}s`;
  return [
    `role ${one.label} name ${name} arn ${one.arn ?? '-'}${seconds} @${place(one.file, one.range)}`,
    ...(one.trust ? document('trust', one.trust) : []),
    ...one.policies.flatMap((each) => policy('policy', each)),
    ...(one.boundary ? policy('boundary', one.boundary) : []),
    ...one.unresolved.map((text) => `  ? ${text}`),
    ...(one.condition === undefined ? [] : [`  if ${one.condition}`]),
    ...(one.defaults ?? []).map(({ name: key, value }) => `  default ${key} = ${value}`),
  ];
}

function state(one: AccountState): string[] {
  const { roles, providers } = one.complete;
  return [
    `${one.source.kind} account ${one.account ?? '-'} roles ${roles ? 'all' : 'some'} providers ${providers ? 'all' : 'some'}`,
    ...(one.region === undefined ? [] : [`region ${one.region}`]),
    ...(one.takenAt === undefined ? [] : [`taken ${one.takenAt}`]),
    ...(one.listsRolesTrusting ?? []).map((url) => `lists roles trusting ${url}`),
    ...(one.missing ?? []).map((text) => `missing ${text}`),
    ...one.roles.flatMap(role),
    ...one.providers.map((each) => {
      const ids = each.clientIds?.map(written).join(' ') ?? '-';
      return `provider ${written(each.url)} arn ${each.arn ?? '-'} ids ${ids} thumbprints ${each.thumbprints?.join(' ') ?? '-'} @${place(each.file, each.range)}`;
    }),
    ...(one.policies ?? []).flatMap((each) => policy('unattached', each)),
    '',
  ];
}

/** Everything that was read, as lines that people can review. */
export function dump({ states, problems, unresolved }: PolicySources): string {
  const failures = problems.map(
    ({ code, fatal, file, range, message }) =>
      `! ${code}${fatal ? ' fatal' : ''} ${place(file, range)} ${message}`,
  );
  const parts = unresolved.map(
    ({ file, range, label, what }) => `? ${label} ${place(file, range)} ${what}`,
  );
  return `${[...states.flatMap(state), ...parts, ...failures].join('\n').trim()}\n`;
}
