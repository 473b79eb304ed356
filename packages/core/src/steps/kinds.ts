/**
 * What a step does on the way to AWS:
 * - `credential`: obtains credentials, or logs in somewhere with them;
 * - `scan`: looks for vulnerabilities, misconfiguration or leaked secrets;
 * - `test`: runs tests, linters or checks;
 * - `verify`: checks a signature, a checksum or an attestation;
 * - `approval`: waits for a person;
 * - `build`: makes what will be published or deployed;
 * - `publish`: puts an image, a package or files where others take them from;
 * - `deploy`: changes what runs;
 * - `notify`: tells people.
 */
export const stepKinds = [
  'credential',
  'scan',
  'test',
  'verify',
  'approval',
  'build',
  'publish',
  'deploy',
  'notify',
] as const;

/** One of {@link stepKinds}. */
export type StepKind = (typeof stepKinds)[number];

/** A kind, and the tool as people call it: `trivy image`, `cdk deploy`, `make deploy`. */
export interface Deed {
  readonly kind: StepKind;
  readonly tool: string;
  /** Only a name says so: a script `deploy.sh`, a task `npm run lint`. */
  readonly byName?: true;
}
