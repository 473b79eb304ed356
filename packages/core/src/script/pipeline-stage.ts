import type { ShellCommand, ShellScript } from './shell.ts';

type Stages = ReadonlyMap<string, readonly ShellCommand[]>;

// ATTACKER: one look at all commands for each stage would be quadratic.
const known = new WeakMap<ShellScript, Stages>();

/**
 * The commands of a stage of a pipeline in the order of the text: one, or those of a group, loop or
 * subshell. Those inside its substitutions and its own inner pipelines' stages are left out.
 */
export function stageOf(script: ShellScript, id: number, index: number): readonly ShellCommand[] {
  let stages = known.get(script);
  if (!stages) {
    stages = stagesIn(script);
    known.set(script, stages);
  }
  return stages.get(`${id}:${index}`) ?? [];
}

function stagesIn(script: ShellScript): Stages {
  const stages = new Map<string, ShellCommand[]>();
  for (const command of script.commands) {
    const { pipeline } = command.context;
    if (!pipeline) continue;
    const key = `${pipeline.id}:${pipeline.index}`;
    const stage = stages.get(key);
    if (stage) stage.push(command);
    else stages.set(key, [command]);
  }
  return stages;
}
