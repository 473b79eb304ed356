import { kmsCalls, type KmsCall } from '../../steps/kms.ts';
import { fileOf } from '../../workflow/model.ts';
import { EditSet, type Fixer } from '../proposal.ts';

/**
 * Seals the file instead: an envelope of any size whose data key comes from the same KMS key, and
 * opens it where the scripts of the repository decrypt it. Unsafe: the jobs need `sallyport`.
 */
export const fix: Fixer = (finding, { repository, scripts }) => {
  const { step, detail } = finding.subject;
  const script = step && scripts.of(step);
  const call = detail as KmsCall;
  const output = call.outputs[0]?.file;
  if (!step || !script || !call.plaintext || !call.keyId || !output || call.outputs.length > 1) {
    return { refused: 'the call does not say plainly which file it writes' };
  }
  const source = script.text.value;
  const written = (word: { start: number; end: number }): string =>
    source.slice(word.start, word.end);
  const plain = written(call.plaintext.word).replace(/^(["']?)fileb?:\/\//, '$1');
  const key = written(call.keyId);
  const set = new EditSet();
  const { command } = call.call;
  if (command.context.pipeline) return { refused: 'the ciphertext goes through a pipe' };
  const end = Math.max(command.end, output.end);
  set.add(fileOf(step), {
    ...script.range(command.start, end),
    text: `npx sallyport seal ${plain} --output ${written(output)} --key ${key}`,
  });
  const sealed = basename(output.text);
  for (const other of repository.steps()) {
    const theirs = scripts.of(other);
    if (!theirs?.text.value.includes('kms')) continue;
    for (const use of kmsCalls(theirs.parsed() ?? emptyScript)) {
      if (use.operation !== 'decrypt' || !use.ciphertext) continue;
      if (basename(use.ciphertext.word.text) !== sealed) continue;
      return {
        refused: `"${sealed}" is decrypted by a script; replace both by sallyport seal and open together`,
      };
    }
  }
  return {
    title: 'seal the file with an envelope of any size',
    safe: false,
    reason:
      'it needs `sallyport seal`, which this version does not have yet, and `sallyport open` where the file is used',
    edits: set.edits,
  };
};

const emptyScript = {
  source: '',
  commands: [],
  assignments: [],
  variables: [],
  expressions: [],
  heredocs: [],
  functions: [],
  problems: [],
  complete: true,
};

function basename(path: string): string {
  return (
    path
      .replace(/^fileb?:\/\//, '')
      .split('/')
      .at(-1) ?? path
  );
}
