import { z } from 'zod';

/**
 * The part of the SARIF 2.1.0 schema (https://docs.oasis-open.org/sarif/sarif/v2.1.0/) that the output
 * uses, and nothing else: objects are strict, so a property with a wrong name or place fails. The
 * whole output was also validated against the official schema when this was written.
 */
const message = z.strictObject({ text: z.string().min(1) });
const level = z.enum(['none', 'note', 'warning', 'error']);
const region = z.strictObject({
  startLine: z.int().min(1),
  startColumn: z.int().min(1),
  endLine: z.int().min(1).optional(),
  endColumn: z.int().min(1).optional(),
});
const physicalLocation = z.strictObject({
  artifactLocation: z.strictObject({
    // A relative reference (RFC 3986): no scheme, no blanks, every other character encoded.
    uri: z.string().regex(/^(?!\/)(?:[\w.!~*'()/-]|%[0-9A-F]{2})+$/),
  }),
  region: region.optional(),
});
const location = z.strictObject({
  id: z.int().min(0).optional(),
  physicalLocation,
  message: message.optional(),
});

const rule = z.strictObject({
  id: z.string().min(1),
  shortDescription: message,
  helpUri: z.url(),
  help: message,
  defaultConfiguration: z.strictObject({ level }),
  properties: z.strictObject({
    'security-severity': z.string().regex(/^\d+\.\d$/),
    precision: z.enum(['very-high', 'high', 'medium', 'low']),
    tags: z.array(z.string()).max(20),
  }),
});

const result = z.strictObject({
  ruleId: z.string().min(1),
  ruleIndex: z.int().min(0),
  level,
  message,
  locations: z.array(location).length(1),
  relatedLocations: z.array(location).min(1).optional(),
  partialFingerprints: z.record(z.string(), z.string()).optional(),
  suppressions: z
    .array(
      z.strictObject({
        kind: z.enum(['inSource', 'external']),
        justification: z.string().optional(),
      }),
    )
    .min(1)
    .optional(),
  properties: z.record(z.string(), z.unknown()),
});

const notification = z.strictObject({
  level,
  descriptor: z.strictObject({ id: z.string().min(1) }),
  message,
  locations: z.array(location).optional(),
});

/** A whole log as Sallyport writes it. */
export const sarifLog: z.ZodType<{
  runs: readonly { results: readonly z.infer<typeof result>[] }[];
}> = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: z.string(),
            semanticVersion: z.string().regex(/^\d+\.\d+\.\d+/),
            informationUri: z.url(),
            rules: z.array(rule),
          }),
        }),
        automationDetails: z.strictObject({ id: z.string() }),
        columnKind: z.literal('utf16CodeUnits'),
        invocations: z
          .array(
            z.strictObject({
              executionSuccessful: z.boolean(),
              exitCode: z.int(),
              toolExecutionNotifications: z.array(notification),
            }),
          )
          .length(1),
        results: z.array(result),
      }),
    )
    .length(1),
});
