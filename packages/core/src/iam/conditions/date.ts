import { typedComparison, type Comparison } from './comparison.ts';
import type { Order } from './number.ts';

/** Dates: ISO 8601 as W3C has it, or seconds since 1970. */
export function dateComparison(order: Order): Comparison {
  return typedComparison('date', (text) => {
    const expected = readDate(text);
    if (expected === undefined) return undefined;
    return (text) => {
      const presented = readDate(text);
      return presented === undefined ? 'undecided' : order(Math.sign(presented - expected));
    };
  });
}

const iso =
  /^(?<year>\d{4})(?:-(?<month>\d\d)(?:-(?<day>\d\d)(?:T(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?<fraction>\.\d{1,9})?)?(?<zone>Z|[+-]\d\d:?\d\d)?)?)?)?$/i;

/**
 * Milliseconds since 1970. Four digits are a year; a time without a zone is in UTC.
 * Source: https://www.w3.org/TR/NOTE-datetime
 */
function readDate(text: string): number | undefined {
  const parts = iso.exec(text)?.groups;
  if (parts === undefined)
    return /^-?\d{1,11}(?:\.\d{1,9})?$/.test(text) ? Number(text) * 1000 : undefined;
  const part = (name: string, least: number): number => Number(parts[name] ?? least);
  const [year, month, day] = [part('year', 0), part('month', 1), part('day', 1)];
  const [hour, minute, second] = [part('hour', 0), part('minute', 0), part('second', 0)];
  const midnight = Date.UTC(year, month - 1, day);
  const back = new Date(midnight);
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day) return undefined;
  if (hour > 24 || minute > 59 || second > 60) return undefined;
  const seconds = hour * 3600 + minute * 60 + second + Number(parts['fraction'] ?? 0);
  return midnight + seconds * 1000 - zoneOffset(parts['zone'] ?? 'Z');
}

function zoneOffset(zone: string): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}
