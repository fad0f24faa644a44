import { isDeepStrictEqual } from 'node:util';
import { canonicalJson } from '#shared/lib/canonical-json.ts';

// Millions of times a night: a matcher that builds a message each time would take longer than the engine.

export function same(actual: unknown, wanted: unknown): void {
  if (!Object.is(actual, wanted)) throw new Error(`${String(actual)} instead of ${String(wanted)}`);
}

export function alike(actual: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(actual, wanted)) {
    throw new Error(`${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`);
  }
}

export function notLess(actual: number, least: number): void {
  if (!(actual >= least)) throw new Error(`${actual} is less than ${least}`);
}

/** Equal bytes. The canonical form takes as long as everything else here together: only for what looks different. */
export function sameBytes(actual: unknown, wanted: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(wanted)) same(canonicalJson(actual), canonicalJson(wanted));
}
