import { imageDeeds } from './action-kinds.ts';
import { conditional, packageManagers, plain, taskRunners, type Row } from './command-table.ts';
import { plainWords } from './command-words.ts';
import type { Deed, StepKind } from './kinds.ts';
import { wordsOf } from './stage.ts';

/** What a command does, as far as its words tell; `words` start with the program. */
export function commandDeeds(words: readonly string[]): Deed[] {
  const [program = '', ...args] = words;
  if (idle.has(program)) return [];
  if (args.length > 0 && args.every((word) => onlyAsks.test(word))) return [];
  const task = taskOf(words);
  if (task) return taskDeeds(task, words);
  if (program === 'docker' || program === 'podman') {
    const image = containerOf(args);
    if (image) return imageDeeds(image);
  }
  const start = plainWords(program, args);
  const found = longest(conditional, start, (row) => row.when(words)) ?? longest(plain, start);
  if (found) return [{ kind: found.kind, tool: found.start.join(' ') }];
  return scriptDeeds(program, args);
}

/** What most commands of most scripts are; none of them does any of it. */
const idle = new Set(
  ': [ [[ awk basename cat cd chmod cp cut date dirname echo exit export false find git grep head jq local ls mkdir mktemp mv printf pwd read return rm sed set shift sleep sort tail tar tee test touch tr true unset unzip wc zip'.split(
    ' ',
  ),
);

/** `trivy --version` scans nothing. */
const onlyAsks = /^(?:--version|-v|-V|--help|-h|version|help)$/;

function longest<Found extends Row>(
  rows: ReadonlyMap<string, readonly Found[]>,
  words: readonly string[],
  agrees: (row: Found) => boolean = () => true,
): Found | undefined {
  let best: Found | undefined;
  for (const row of rows.get(words[0] ?? '') ?? []) {
    if (best && best.start.length >= row.start.length) continue;
    if (row.start.every((word, index) => words[index] === word) && agrees(row)) best = row;
  }
  return best;
}

/** `npm run lint`, `yarn lint`, `make test`: the name of a task that somebody else defines. */
function taskOf(words: readonly string[]): string[] | undefined {
  const [program = '', ...args] = words;
  if (!taskRunners.has(program)) return undefined;
  const plainOnes = plainWords(program, args);
  const [, first = '', second] = plainOnes;
  if (packageManagers.has(program)) {
    if (/^run(?:-script|-many)?$/.test(first))
      return second === undefined ? undefined : rest(args, second);
    // yarn and pnpm run a task without `run` too.
    const known =
      longest(plain, plainOnes) ?? longest(conditional, plainOnes, (row) => row.when(words));
    if (/^(?:yarn|pnpm|bun)$/.test(program) && !known && first !== '') return rest(args, first);
    return undefined;
  }
  if (longest(plain, plainOnes)) return undefined;
  const target = plainOnes.slice(1).find((word) => !word.includes('='));
  return target === undefined ? undefined : [target];
}

function rest(args: readonly string[], from: string): string[] {
  return args.slice(args.indexOf(from)).filter((word) => word !== '--');
}

/** A task called like a program is that program: `npm run cdk -- deploy`. */
function taskDeeds(task: readonly string[], words: readonly string[]): Deed[] {
  const [name = '', ...args] = task;
  const start = plainWords(name, args);
  const found = longest(conditional, start, (row) => row.when(task)) ?? longest(plain, start);
  if (found && found.start.length > 1) return [{ kind: found.kind, tool: found.start.join(' ') }];
  const run = words[1]?.startsWith('run') ? ' run' : '';
  return namedDeeds(name, `${words[0]}${run} ${name}`);
}

/** `./scripts/deploy.sh`, `bash deploy.sh`, `python tools/deploy.py`. */
function scriptDeeds(program: string, args: readonly string[]): Deed[] {
  const interpreter = interpreters.test(program);
  const file = interpreter ? args.find((word) => !word.startsWith('-')) : program;
  if (file === undefined || !/\.(?:sh|bash|py|[cm]?[jt]s|rb|ps1)$|^\.{1,2}\//.test(file)) return [];
  const own = namedDeeds(file.replace(/^.*\//, '').replace(/\.\w+$/, ''), file);
  // `./ci/docker-helper.sh push`: the first argument says what a script of many tasks does.
  const [task = ''] = interpreter ? args.slice(args.indexOf(file) + 1) : args;
  return own.length > 0 || !/^[a-z][\w:-]*$/.test(task) ? own : namedDeeds(task, `${file} ${task}`);
}

const interpreters = /^(?:bash|sh|zsh|python3?|node|ruby|pwsh|tsx|ts-node|source|\.)$/;

/** Kinds by the words of names; gates first, so that a doubtful name counts as one. */
const named: readonly (readonly [StepKind, string])[] = [
  [
    'test',
    `test tests testing e2e lint check checks spec specs validate validation verify typecheck
    coverage ci qa smoke integration precheck preflight gate`,
  ],
  ['scan', 'scan scans scanner audit security sast vulnerability vulnerabilities'],
  ['approval', 'approve approval'],
  ['notify', 'notify notification slack teams announce'],
  ['deploy', 'deploy deployment apply rollout promote ship'],
  ['publish', 'publish release push upload'],
  ['build', 'build compile synth bundle package'],
];

const kindByName: ReadonlyMap<string, StepKind> = new Map(
  named.flatMap(([kind, words]) => words.split(/\s+/).map((word) => [word, kind] as const)),
);

/** What a text, in lower case, must match for a name in it to say what it does. */
export const namedWords: RegExp = new RegExp([...kindByName.keys()].join('|'));

/** What is done around tests is no test: `upload-test-results`, `install-test-deps`. */
const around: ReadonlySet<string> = new Set(
  `result results report reports reporting upload ingest save install setup env environment generate
  collect merge combine start stop download summary comment dependencies deps prepare clean cleanup
  list split stub function functions`.split(/\s+/),
);

/** What a script or task does by its name alone. */
function namedDeeds(name: string, tool: string): Deed[] {
  const parts = wordsOf(name);
  if (parts.some((part) => around.has(part))) return [];
  const kinds = new Set(parts.map((part) => kindByName.get(part)));
  const found = named.find(([kind]) => kinds.has(kind));
  return found ? [{ kind: found[0], tool, byName: true }] : [];
}

/** The image that `docker run` starts: the first word that is neither an option nor its value. */
function containerOf(args: readonly string[]): string | undefined {
  if (args[0] !== 'run') return undefined;
  for (let at = 1; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (!word.startsWith('-')) return word;
    const flag = /^(?:--rm|--init|--privileged|--detach|--interactive|--tty|--read-only|-[ditP]+)$/;
    if (!word.includes('=') && !flag.test(word)) at += 1;
  }
  return undefined;
}
