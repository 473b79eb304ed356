import { lineEnd, lineStart } from '../../text/layout.ts';
import { EditSet, textOf, type Fixer } from '../proposal.ts';

/** Takes a suppression away that hides nothing; of several rules in one comment, only the idle one. */
export const fix: Fixer = (finding, { repository }) => {
  const [primary] = finding.locations;
  const file = repository.input.files.find((one) => one.path === primary.file);
  const line = file?.lines.range(primary.startLine);
  if (!file || !line) return { refused: 'the comment is gone' };
  const text = file.text.slice(line.start, line.end);
  const match = /#[ \t]*sallyport:[ \t]*ignore\[([^\]\n]*)\][^\r\n]*$/.exec(text);
  if (!match || match[1] === undefined)
    return { refused: 'the comment is written in an unusual way' };
  const name = textOf(finding, 'name');
  const others = match[1]
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one && one !== name);
  const set = new EditSet();
  const start = line.start + match.index;
  if (others.length > 0) {
    const open = start + match[0].indexOf('[') + 1;
    set.add(file, { start: open, end: open + match[1].length, text: others.join(', ') });
  } else if (text.trim() === match[0].trim()) {
    const end = lineEnd(file.text, line.end);
    set.add(file, {
      start: lineStart(file.text, start),
      end: file.text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, file.text.length),
      text: '',
    });
  } else {
    const before = file.text.slice(line.start, start).trimEnd().length;
    set.add(file, { start: line.start + before, end: line.end, text: '' });
  }
  return { title: 'remove the suppression', safe: true, edits: set.edits };
};
