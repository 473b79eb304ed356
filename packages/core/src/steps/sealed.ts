import type { Repository } from '../workflow/repository.ts';
import type { Scripts } from '../workflow/scripts.ts';
import type { Upload } from './artifacts.ts';
import { overlap } from './glob.ts';
import { normalPath } from './kms.ts';
import { runningSteps } from './running.ts';
import { sealingsOf, type Sealing } from './sealing.ts';

/**
 * What encrypts the content of an upload: the last encrypting step before it in its job, unless all
 * of them write to files that the upload plainly does not take. Undefined when it travels in plain.
 */
export function sealedBy(
  upload: Upload,
  repository: Repository,
  scripts: Scripts,
): Sealing | undefined {
  const steps = runningSteps(upload.job, repository);
  const at = steps.findIndex((one) => one.step === upload.step && one.jobStep === upload.jobStep);
  const seals = steps
    .slice(0, at === -1 ? steps.length : at)
    .flatMap((running) => sealingsOf(running, scripts))
    .filter((one) => one.kind === 'seal');
  return seals.findLast(
    (one) => one.files.length === 0 || one.files.some((file) => takes(upload, file)),
  );
}

/** Whether an upload takes a file: by its path, as part of a folder, or renamed beyond recognition. */
function takes(upload: Upload, file: string): boolean {
  if (upload.paths.length === 0) return true;
  const wanted = basename(pattern(file));
  return upload.paths.some((path) => {
    const open = normalPath(pattern(path));
    // The script may have moved the file: the last part of both decides.
    if (overlap(open, pattern(file)) || overlap(basename(open), wanted)) return true;
    const folder = open.replace(/\/\*\*?$/, '');
    return open === '.' || overlap(`${folder}/*`, pattern(file)) || hasUnknown(file);
  });
}

function hasUnknown(file: string): boolean {
  return /^\$\{?\w+\}?$/.test(file);
}

/** Variables and expressions as `*`. */
function pattern(path: string): string {
  return path
    .replaceAll(/\$\{\{.*?\}\}|\$\{[^}]*\}|\$\w+|\$\([^)]*\)|\{[^}]*\}/g, '*')
    .replaceAll('**', '*');
}

function basename(path: string): string {
  return path.split('/').at(-1) ?? path;
}
