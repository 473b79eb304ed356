import type { ConditionTrace, ElementTrace, StatementTrace } from '@sallyport/core';

import type { EvaluateReport } from '../../evaluate/report.ts';
import { version } from '../../version.ts';
import { safeJson, schemaVersion } from '../json.ts';

/** The whole answer. */
export function evaluateJson(report: EvaluateReport): string {
  const { decision, asked, message, unmapped, token, stored, problems, exitCode } = report;
  const json = {
    schemaVersion,
    tool: { name: 'sallyport', version },
    command: 'evaluate',
    summary: { verdict: decision.verdict, statements: decision.trace.length, exitCode },
    request: { ...asked, principal: asked.principal ?? null },
    verdict: decision.verdict,
    reason: decision.reason,
    message: message ?? null,
    assumptions: decision.assumptions,
    trace: decision.trace.map(statementJson),
    ...(token ? { token: { signature: token.signature, problem: token.problem ?? null } } : {}),
    ...(unmapped ? { unmappedClaims: unmapped } : {}),
    stored: {
      verdict: stored.verdict,
      reasons: stored.reasons.map((one) => ({ ...one, policy: one.policy ?? null })),
      sizes: stored.sizes.map(({ policy, size }) => ({ policy, ...size })),
    },
    problems,
  };
  return `${safeJson(json)}\n`;
}

function statementJson(trace: StatementTrace): unknown {
  return {
    layer: trace.layer,
    policy: trace.policy,
    statement: trace.statement,
    sid: trace.sid ?? null,
    effect: trace.effect,
    matched: trace.matched,
    elements: trace.elements.map((element: ElementTrace) => ({
      ...element,
      note: element.note ?? null,
    })),
    conditions: trace.conditions.map((condition: ConditionTrace) => ({
      ...condition,
      presented: condition.presented ?? null,
      note: condition.note ?? null,
    })),
    problem: trace.problem ?? null,
  };
}
