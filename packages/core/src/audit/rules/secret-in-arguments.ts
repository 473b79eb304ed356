import type { Severity } from '../../finding/severity.ts';
import {
  expandedSecrets,
  pastedSecrets,
  type SecretArgument,
} from '../../steps/argument-secrets.ts';
import type { Exposure } from '../../steps/exposure.ts';
import { isRunToken, isSensitive } from '../../steps/secrets.ts';
import type { Range } from '../../text/range.ts';
import { fileOf, type Step } from '../../workflow/model.ts';
import type { StepScript } from '../../workflow/scripts.ts';
import type { Shell } from '../../workflow/shell.ts';
import { defineRule, type Rule, type RuleContext } from '../rule.ts';

type Data = {
  /** Names of stored secrets; empty for one that the script fetches from AWS. */
  secrets: string[];
  /** Written into the script by `${{ }}`, or expanded from a variable by the shell. */
  by: 'expression' | 'variable';
  written: string;
  exposure: Exposure;
  program: string;
  option: string | null;
  shell: Shell;
};

/**
 * A secret on a command line. `${{ secrets.X }}` is pasted into the script before any shell reads
 * it: quotes in the value break the script, and the value stands in a file and in the arguments of
 * every program that gets it. CDK context goes further, into the template in the assets bucket.
 * Sources: https://docs.github.com/actions/reference/security/secure-use#use-secrets-for-sensitive-information
 * and https://docs.aws.amazon.com/cdk/v2/guide/context.html
 */
export const rule: Rule = defineRule<Data>({
  id: 'secret-in-arguments',
  title: 'Secret on a command line or in the text of a script',
  severity: 'medium',
  confidence: 'high',
  check(context, report) {
    for (const step of context.repository.steps()) {
      const script = context.scripts.of(step);
      if (!script) continue;
      for (const hit of perPlace(worstPerSecret(hitsOf(script, context)))) {
        report({
          at: {
            file: fileOf(step),
            range: script.range(hit.start, hit.end),
            label: labelOf(hit.data),
          },
          severity: hit.severity,
          ...(isSensitive(hit.secret) ? {} : { confidence: 'low' }),
          data: hit.data,
          subject: { step, detail: hit },
        });
      }
    }
  },
  message({ secrets, by, written, exposure, program, option }) {
    const several = written.includes('", "');
    const holds = `which hold${several ? '' : 's'} ${described(secrets)},`;
    const value = by === 'expression' ? `"${written}"` : `"${written}", ${holds}`;
    if (exposure !== 'argument')
      return `${value} is passed with "${option ?? program}" and ${consequences[exposure]}`;
    if (by === 'expression')
      return `${value} is pasted into the script before any shell reads it: a quote or "$" in the secret becomes code`;
    return `${value} ${several ? 'are arguments' : 'is an argument'} of "${program}", which every process of the machine can read`;
  },
  help({ secrets, by, written, exposure, shell }) {
    if (exposure === 'context' || exposure === 'parameter') {
      return `store the value in Secrets Manager before the deployment and pass only its ARN; ${exposure === 'parameter' ? 'a parameter needs `NoEcho: true`' : 'CDK reads it with `Secret.fromSecretNameV2`'}`;
    }
    if (exposure === 'build-arg')
      return 'use a build secret: `docker build --secret id=name,env=NAME` and `RUN --mount=type=secret`';
    if (by === 'expression') {
      const [name = 'VALUE'] = secrets.filter((secret) => /^[A-Za-z_]\w*$/.test(secret));
      return `set \`env: { ${name}: "${written}" }\` on the step and read \`${reading(name, shell)}\` in the script`;
    }
    return 'give the value by standard input, a file or the environment';
  },
});

/** How a script of each language reads an environment variable. */
function reading(name: string, shell: Shell): string {
  if (shell === 'pwsh' || shell === 'powershell') return `$env:${name}`;
  if (shell === 'python') return `os.environ["${name}"]`;
  return shell === 'cmd' ? `%${name}%` : `"$${name}"`;
}

const consequences: Record<Exclude<Exposure, 'argument'>, string> = {
  context: 'stands in clear text in the synthesised template and the assets bucket',
  parameter: 'becomes a parameter of the stack, which describe-stacks shows unless it is NoEcho',
  'build-arg': 'stays readable in the history of the image',
};

function described(secrets: readonly string[]): string {
  if (secrets.length === 0) return 'a secret fetched from AWS';
  return secrets.map((secret) => (secret.endsWith(']') ? secret : `secrets.${secret}`)).join(', ');
}

function labelOf({ secrets, by, exposure }: Data): string {
  if (exposure === 'context') return 'a secret in the context';
  return `${described(secrets)} in the ${by === 'expression' ? 'text of the script' : 'arguments'}`;
}

interface Hit extends Range {
  readonly secret: string;
  readonly severity: Severity;
  readonly data: Data;
}

function hitsOf(script: StepScript, context: RuleContext): Hit[] {
  const all = pastedSecrets(script, context.repository);
  const reported = all.length > 0 ? keysIn(script.step, context) : new Set<string>();
  const pasted = all.filter((one) => !reported.has(one.secret));
  return [...pasted, ...expandedSecrets(script, context.repository)].map((one) => ({
    start: one.start,
    end: one.end,
    secret: one.secret,
    severity: severityOf(one),
    data: {
      secrets: one.secret === '' ? [] : [one.secret],
      by: one.by,
      written: one.written,
      exposure: one.exposure,
      program: one.program,
      option: one.option,
      shell: script.shell,
    },
  }));
}

/** AWS keys in scripts are findings of `static-aws-credentials`, whose cure takes them away. */
function keysIn(step: Step, { credentials }: RuleContext): Set<string> {
  const places = credentials.realKeys
    .flatMap((group) => group.places)
    .filter((place) => place.step === step && place.by === 'script');
  return new Set(
    places.flatMap((place) =>
      place.origins.flatMap((origin) => (origin.kind === 'secret' ? origin.name : [])),
    ),
  );
}

function severityOf({ secret, exposure, by, tested }: SecretArgument): Severity {
  if (!isSensitive(secret) || isRunToken(secret) || tested) return 'low';
  if (exposure === 'context') return 'high';
  return exposure === 'argument' && by === 'variable' ? 'low' : 'medium';
}

const ranks: readonly Severity[] = ['high', 'medium', 'low', 'info'];

/** One finding per secret of a step: the worst, and of equals the first. */
function worstPerSecret(hits: readonly Hit[]): Hit[] {
  const worst = new Map<string, Hit>();
  for (const hit of hits) {
    const key = hit.secret === '' ? hit.data.written : hit.secret;
    const known = worst.get(key);
    if (!known || ranks.indexOf(hit.severity) < ranks.indexOf(known.severity)) worst.set(key, hit);
  }
  return [...worst.values()].toSorted((a, b) => a.start - b.start);
}

/** Secrets that stand at one place are one finding. */
function perPlace(hits: readonly Hit[]): Hit[] {
  const places = new Map<string, Hit>();
  for (const hit of hits) {
    const key = `${hit.start} ${hit.end} ${hit.severity} ${hit.data.by}`;
    const before = places.get(key);
    places.set(key, before ? { ...before, data: together(before.data, hit.data) } : hit);
  }
  return [...places.values()];
}

function together(one: Data, other: Data): Data {
  const written = one.written.split('", "').includes(other.written)
    ? one.written
    : `${one.written}", "${other.written}`;
  return { ...one, written, secrets: [...new Set([...one.secrets, ...other.secrets])] };
}
