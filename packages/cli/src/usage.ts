import { nearest, SallyportError } from '@sallyport/core';
import type { Command, CommanderError } from 'commander';

/** What the parser of arguments refused, as an error of ours that names the nearest valid word. */
export function usageError(error: CommanderError, program: Command): SallyportError {
  const [first = '', ...rest] = error.message.split('\n');
  const problem = first.replace(/^error: /, '').replace(/\.$/, '');
  const meant =
    /\(Did you mean (?:one of )?(.+)\?\)/.exec(rest.join(' '))?.[1] ?? nearestChoice(problem);
  const names = program.commands.map((command) => command.name()).join(', ');
  return new SallyportError('USAGE', {
    problem,
    cure:
      meant === undefined
        ? `commands: ${names}; sallyport <command> --help lists options`
        : `did you mean ${meant}?`,
  });
}

/** Commander offers words for options and commands, not for the choices of an option. */
function nearestChoice(problem: string): string | undefined {
  const match = /argument '(.*)' is invalid\. Allowed choices are (.+)$/.exec(problem);
  return match ? nearest(match[1] ?? '', (match[2] ?? '').split(', ')) : undefined;
}
