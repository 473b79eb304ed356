import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import {
  auditRepository,
  loadScriptEngine,
  Repository,
  rules,
  sourceFile,
  type AuditConfig,
  type AuditFinding,
  type GitFacts,
  type RepositoryAudit,
} from '../src/index.ts';
import { examinePolicyFiles } from '../src/trust/examine-files.ts';
import { hclEngine } from './hcl.ts';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../../..', import.meta.url));
const bytes = (id: string): Uint8Array => new Uint8Array(readFileSync(require.resolve(id)));

/** The script engine with the grammars of the devDependencies. */
export const engine = await loadScriptEngine({
  engine: bytes('web-tree-sitter/web-tree-sitter.wasm'),
  bash: bytes('tree-sitter-bash/tree-sitter-bash.wasm'),
});

/** Extra knowledge that a case needs. */
export interface CaseFacts {
  readonly config?: Partial<AuditConfig>;
  readonly git?: GitFacts;
  readonly sizes?: Readonly<Record<string, number>>;
}

/** Audits files given as path -> text; a lone string is one workflow. */
export function audit(
  files: string | Readonly<Record<string, string>>,
  facts: CaseFacts = {},
): RepositoryAudit {
  const named = typeof files === 'string' ? { '.github/workflows/test.yml': files } : files;
  const all = Object.entries(named).map(([path, text]) => sourceFile(path, text));
  const policies = all.filter(({ path }) => isPolicyFile(path));
  const repository = new Repository({
    name: 'acme/shop',
    prefix: '',
    files: all.filter((file) => !policies.includes(file)),
    ...(facts.git ? { git: facts.git } : {}),
    ...(facts.sizes ? { sizes: new Map(Object.entries(facts.sizes)) } : {}),
  });
  const config = {
    rules: {},
    publicArtifacts: [],
    environments: {},
    accounts: {},
    ...facts.config,
  };
  return auditRepository(repository, {
    engine,
    config,
    policies: examinePolicyFiles(policies, hclEngine),
  });
}

/** Whatever is neither a workflow nor an action. */
function isPolicyFile(path: string): boolean {
  return !path.startsWith('.github/') && !/(?:^|\/)action\.ya?ml$/.test(path);
}

/** The findings of one rule. */
export function findingsOf(
  rule: string,
  files: string | Readonly<Record<string, string>>,
  facts: CaseFacts = {},
): AuditFinding[] {
  return audit(files, facts).findings.filter((finding) => finding.rule === rule);
}

/** The lines (from 1) at which a rule reports. */
export function linesOf(
  rule: string,
  files: string | Readonly<Record<string, string>>,
  facts: CaseFacts = {},
): number[] {
  return findingsOf(rule, files, facts).map((finding) => finding.locations[0].startLine);
}

/**
 * Runs the corpus of a rule: `ok-*` cases must be silent, `err-*` cases must say exactly what stands
 * in the golden file beside them. A case is one workflow, one policy (`.json`), or a folder that is a
 * repository; facts that are in no file stand in `<case>.facts.json`.
 */
export function testCorpus(rule: string): void {
  const folder = join(root, 'corpus/audit', rule);
  const cases = readdirSync(folder).filter((name) =>
    /^(?:ok|err)-[^.]+(?:\.ya?ml|\.json)?$/.test(name),
  );
  describe(`corpus/audit/${rule}`, () => {
    it('is a known rule with ok and err cases', () => {
      expect(rules.map((one) => one.id)).toContain(rule);
      expect(cases.some((name) => name.startsWith('ok-'))).toBe(true);
      expect(cases.some((name) => name.startsWith('err-'))).toBe(true);
    });
    it.each(cases)('%s', async (name) => {
      const stem = join(folder, name.replace(/\.(?:ya?ml|json)$/, ''));
      const facts = existsSync(`${stem}.facts.json`)
        ? (JSON.parse(readFileSync(`${stem}.facts.json`, 'utf8')) as CaseFacts & {
            git?: { onDefaultBranch?: string[] };
          })
        : {};
      const git = facts.git?.onDefaultBranch
        ? { git: { ...facts.git, onDefaultBranch: new Set(facts.git.onDefaultBranch) } }
        : {};
      const found = findingsOf(rule, filesOf(join(folder, name)), { ...facts, ...git });
      if (name.startsWith('ok-')) expect(found.map(print)).toEqual([]);
      else {
        expect(found.length).toBeGreaterThan(0);
        await expect(`${found.map(print).join('\n')}\n`).toMatchFileSnapshot(`${stem}.out`);
      }
    });
  });
}

function filesOf(path: string): Record<string, string> {
  if (statSync(path).isFile()) {
    const name = path.endsWith('.json') ? 'trust.json' : '.github/workflows/test.yml';
    return { [name]: readFileSync(path, 'utf8') };
  }
  const files: Record<string, string> = {};
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath, entry.name);
    files[relative(path, full).split(sep).join('/')] = readFileSync(full, 'utf8');
  }
  return files;
}

function print(finding: AuditFinding): string {
  const places = finding.locations.map(
    (at) =>
      `${at.role === 'primary' ? '-->' : '   '} ${at.file}:${at.startLine}:${at.startColumn}-${at.endLine}:${at.endColumn} ${at.label}`,
  );
  return [
    `${finding.severity}[${finding.rule}] ${finding.message}`,
    ...places,
    `    help: ${finding.help}`,
  ].join('\n');
}
