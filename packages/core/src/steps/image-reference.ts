import { showValue, type Hole, type Value } from './value.ts';

/** An image reference, cut at its tag. Source: https://docs.docker.com/reference/cli/docker/image/tag/ */
export interface ImageReference {
  /** Registry and repository. */
  readonly name: Value;
  /** Undefined when no tag is written: Docker then takes `latest`. */
  readonly tag?: Value;
  readonly digest: boolean;
  /** Only a run knows where the tag begins: `$IMAGE`, `${{ steps.meta.outputs.tags }}`. */
  readonly open?: true;
}

/** Cuts a reference at its tag. */
export function reference(value: Value): ImageReference {
  const text = value.map((piece) => (typeof piece === 'string' ? piece : '\0')).join('');
  if (text.includes('@')) return { name: value, digest: true };
  const colon = text.lastIndexOf(':');
  const slash = text.lastIndexOf('/');
  if (colon > slash) {
    const [name, tag] = cutAt(value, colon);
    return { name, tag, digest: false };
  }
  return text === '' || text.endsWith('\0')
    ? { name: value, digest: false, open: true }
    : { name: value, digest: false };
}

/** Whether a registry is Amazon's ECR: by its address, or because the ECR login gives it. */
export function isEcr(name: Value): boolean {
  return (
    /\.dkr[.-]ecr\.|public\.ecr\.aws/.test(showValue(name)) ||
    name.some((piece) => typeof piece !== 'string' && fromEcrLogin(piece))
  );
}

function fromEcrLogin({ source, origin }: Hole): boolean {
  if (origin?.kind === 'step-output')
    return /amazon-ecr-login/.test(origin.step?.uses?.value ?? '');
  return /(?:^|[._])ECR(?:[._]|$)/i.test(source);
}

function cutAt(value: Value, at: number): [Value, Value] {
  const before: (string | Hole)[] = [];
  const after: (string | Hole)[] = [];
  let seen = 0;
  for (const piece of value) {
    const length = typeof piece === 'string' ? piece.length : 1;
    if (seen + length <= at) before.push(piece);
    else if (seen > at) after.push(piece);
    else if (typeof piece === 'string') {
      before.push(piece.slice(0, at - seen));
      after.push(piece.slice(at - seen + 1));
    }
    seen += length;
  }
  return [before.filter((piece) => piece !== ''), after.filter((piece) => piece !== '')];
}

/** A value of several references, one a line or between commas, cut into them. */
export function references(value: Value): Value[] {
  const found: (string | Hole)[][] = [[]];
  for (const piece of value) {
    if (typeof piece !== 'string') {
      found.at(-1)?.push(piece);
      continue;
    }
    const [first = '', ...rest] = piece.split(/[\n,]/);
    found.at(-1)?.push(first);
    for (const line of rest) found.push([line]);
  }
  return found
    .map((line) =>
      line
        .map((piece) => (typeof piece === 'string' ? piece.trim() : piece))
        .filter((piece) => piece !== ''),
    )
    .filter((line) => line.length > 0);
}
