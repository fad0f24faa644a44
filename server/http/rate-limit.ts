/** Token buckets by key: `burst` at once, `perSecond` on the average. */

export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

/** More keys than this and the ones asked longest ago are forgotten, so that made-up addresses can't fill the memory. */
const MAX_KEYS = 50_000;

/** @returns what takes one and says how many seconds to wait, 0 when there is one left */
export function createRateLimit({ perSecond, burst }: RateLimit, now: () => number): (key: string) => number {
  const buckets = new Map<string, Bucket>();
  return (key) => {
    const atMs = now();
    const before = buckets.get(key) ?? { tokens: burst, atMs };
    // A clock that was set back gives nothing and takes nothing.
    const elapsedMs = Math.max(0, atMs - before.atMs);
    const tokens = Math.min(burst, before.tokens + (elapsedMs * perSecond) / 1000);
    buckets.delete(key);
    buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs });
    if (buckets.size > MAX_KEYS) for (const oldest of buckets.keys()) if (buckets.delete(oldest)) break;
    return tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond));
  };
}
