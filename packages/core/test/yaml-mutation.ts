type Numbers = (below: number) => number;

const pieces =
  `|"|'|:|: |,|#| #|-|- |--- |---\n|...\n|[|]|{|}|&a |*a|!|!!str |%|@|\`|?|? |<<: *a|\\|\\n|\\x|''|""
 |\n|\r\n|\r|\t| |  |    |\n\n|\n  |\n    |>|>-|>+|>2|\u00a0|\u0085|\u2028|\ufeff|\u0000|\u{1f4a5}|\ud83d|é|a|0|null|~
|: |:\n|-\n|key: |"a": |[a, b]|{a: b}|{a: b, c: "d"}|# c\n|[a: b]|&a|*b |=|$|\${{ x }}|\n#|\n # c\n|"\n"|'\n'`
    .split('|')
    .concat('|', '|-\n', '|+\n', '|2\n', '>\n', '>-\n  ');

/** A window of whole lines, so that long files are cheap and start in the middle too. */
function cut(text: string, next: Numbers): string {
  const lines = text.split('\n');
  if (lines.length < 40 || next(8) === 0) return text.slice(0, 20_000);
  const from = next(2) === 0 ? 0 : next(lines.length);
  return lines.slice(from, from + 4 + next(40)).join('\n') + (next(4) === 0 ? '' : '\n');
}

function mutateLines(text: string, next: Numbers): string {
  const lines = text.split('\n');
  const at = next(lines.length);
  const other = next(lines.length);
  const line = lines[at] ?? '';
  const kind = next(8);
  if (kind === 0) lines.splice(at, 1);
  else if (kind === 1) lines.splice(other, 0, line);
  else if (kind === 2) [lines[at], lines[other]] = [lines[other] ?? '', line];
  else if (kind === 3) lines[at] = ' '.repeat(1 + next(3)) + line;
  else if (kind === 4) lines[at] = line.replace(new RegExp(`^ {0,${1 + next(3)}}`), '');
  else if (kind === 5) lines[at] = `${line}\r`;
  else if (kind === 6) lines.splice(at, 0, ' '.repeat(next(10)));
  else lines[at] = line + ['', ' ', ' # c', ' #', '  ', ':', ' |', ' >-', ' &a', ','][next(10)];
  return lines.join('\n');
}

function mutateOnce(text: string, next: Numbers): string {
  const at = next(text.length + 1);
  const length = 1 + next(6);
  const piece = pieces[next(pieces.length)] ?? '';
  const kind = next(8);
  if (kind === 0) return text.slice(0, at) + text.slice(at + length);
  if (kind === 1 || kind === 2) return text.slice(0, at) + piece + text.slice(at);
  if (kind === 3) return text.slice(0, at) + piece + text.slice(at + length);
  if (kind === 4) return text.slice(0, at + length) + text.slice(at);
  if (kind === 5) {
    const pair = [text.charAt(at + 1), text.charAt(at)].join('');
    return text.slice(0, at) + pair + text.slice(at + 2);
  }
  return mutateLines(text, next);
}

/** A text that a few small accidents happened to. */
export function mutateYaml(original: string, next: Numbers): string {
  let text = cut(original, next);
  for (let i = 1 + next(3); i > 0; i -= 1) text = mutateOnce(text, next);
  if (next(30) === 0) text = text.replaceAll('\n', '\r\n');
  return text;
}
