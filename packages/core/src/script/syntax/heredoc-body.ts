import { blank, type HereOperator, lineOwner, markPlain, type Scan } from './scan.ts';

// ATTACKER: delimiters are short; without a limit each open quote would cost a search of the rest.
const maximumDelimiter = 1000;

/** What is wrong with a here-document that goes on to the end of the script. */
export function noDelimiterLine(delimiter: string): string {
  return `the here-document has no line "${delimiter}"`;
}

function blanksAround(delimiter: string): string {
  return `the here-document does not end: blanks stand beside "${delimiter}" on its line`;
}

/** Reads `<<` or `<<-` and its delimiter; the skeleton gets `< word` (Bash manual 3.6.6). */
export function scanHeredocOperator(scan: Scan): void {
  const at = scan.at;
  const operator = scan.text[at + 2] === '-' ? '<<-' : '<<';
  const after = skipBlanks(scan.text, at + operator.length);
  const word = readDelimiter(scan.text, after);
  blank(scan, at, after);
  scan.at = Math.max(word.end, after);
  if (word.end === after) {
    scan.plain.set(at, 'the here-document has no delimiter');
    return;
  }
  scan.out[at - scan.from] = 0x3c;
  const here: HereOperator = { operator };
  scan.here.set(at, here);
  scan.pending.push({
    at,
    here,
    delimiter: word.text,
    quoted: word.quoted,
    owner: lineOwner(scan),
  });
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t' || text.startsWith('\\\n', at)) {
    at += text[at] === '\\' ? 2 : 1;
  }
  return at;
}

function readDelimiter(text: string, from: number): { text: string; quoted: boolean; end: number } {
  let word = '';
  let quoted = false;
  let at = from;
  for (; at < text.length && !' \t\r\n;&|()<>'.includes(text[at] ?? ''); at += 1) {
    const unit = text[at] ?? '';
    const quotes = unit === '"' || unit === "'";
    const length = quotes ? text.slice(at + 1, at + 1 + maximumDelimiter).indexOf(unit) : -1;
    if (length !== -1) {
      word += text.slice(at + 1, at + 1 + length);
      at += length + 1;
    } else if (unit === '\\') {
      at += 1;
      word += text[at] ?? '';
    } else {
      word += unit;
      continue;
    }
    quoted = true;
  }
  return { text: word, quoted, end: Math.min(at, text.length) };
}

/** Reads the bodies that wait for the line that starts here, and leaves them out of the skeleton. */
export function scanHeredocBodies(scan: Scan): void {
  // Those of the innermost owner stand last.
  const owner = lineOwner(scan);
  const first = scan.pending.findLastIndex((waiting) => waiting.owner !== owner) + 1;
  for (const waiting of scan.pending.splice(first)) {
    const start = scan.at;
    const line = scan.delimiters.find(waiting, start, scan.end);
    const end = line?.start ?? scan.end;
    const behind = line?.end ?? scan.end;
    waiting.here.body = { delimiter: waiting.delimiter, quoted: waiting.quoted, start, end };
    blank(scan, start, behind);
    scan.at = behind;
    if (!line) markPlain(scan, waiting.at, noDelimiterLine(waiting.delimiter));
    else if (line.blanks) markPlain(scan, waiting.at, blanksAround(waiting.delimiter));
    if (scan.text[behind] === '\n') {
      blank(scan, behind, behind + 1);
      scan.at += 1;
    }
  }
}
