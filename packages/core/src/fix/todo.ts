/**
 * Something that must still be done outside the files. `fix` prints it as a box that stays open:
 * a box is ticked only from what was observed.
 */
export type Todo =
  | { readonly kind: 'provider' }
  | {
      readonly kind: 'role';
      readonly variable: string;
      readonly stage: string;
      readonly jobs: readonly string[];
    }
  | { readonly kind: 'hub-role'; readonly variable: string; readonly target: string }
  | { readonly kind: 'variable'; readonly name: string; readonly stage: string | null }
  | { readonly kind: 'delete-secret'; readonly name: string }
  | { readonly kind: 'external-callers'; readonly workflow: string }
  | { readonly kind: 'presence-gate'; readonly secret: string; readonly place: string };

/** A key under which equal todos are one. */
export function todoKey(todo: Todo): string {
  return JSON.stringify(
    todo,
    Object.keys(todo)
      .filter((key) => key !== 'jobs')
      .toSorted(),
  );
}
