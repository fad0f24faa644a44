import type { WhatIfRequest } from '#renderer/data/what-if/what-if-job.ts';

/** Why figures of `shown` no longer answer `wanted`; undefined while they do. */
export function staleReason(
  shown: WhatIfRequest,
  wanted: WhatIfRequest,
): 'stale' | 'otherBase' | 'otherPeriod' | undefined {
  if (!isSame(shown.draft, wanted.draft)) return 'stale';
  if (!isSame(shown.base, wanted.base)) return 'otherBase';
  return shown.months === wanted.months ? undefined : 'otherPeriod';
}

/** Not canonical: a number that is being typed may be none. */
const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
