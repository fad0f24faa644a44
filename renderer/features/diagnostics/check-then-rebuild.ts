import { rebuildAndCompare, type RebuildOutcome, type RebuildRefusal } from '#renderer/data/diagnostics.ts';
import type { Ledger } from '#renderer/data/ledger-port.ts';
import type { Database } from '#renderer/data/database.ts';
import { verifyChains, type VerifyProgress, type VerifyReport } from '#renderer/data/verify-chains.ts';
import type { RebuildProgress } from '#renderer/data/rebuild.ts';

/** `damaged`: nothing was rebuilt, because the ledger is not what was written. */
export type CheckedRebuild =
  | { readonly code: RebuildOutcome | RebuildRefusal['code'] | 'cancelled' }
  | { readonly code: 'damaged'; readonly faults: number };

interface Watcher {
  readonly signal?: AbortSignal;
  readonly checking?: (progress: VerifyProgress) => void;
  readonly checked?: (report: VerifyReport) => void;
  readonly rebuilding?: (progress: RebuildProgress) => void;
}

/** Cards made from a damaged ledger would take a damage for the truth: only a whole one is rebuilt from. */
export async function checkThenRebuild(
  store: { readonly database: Database; readonly ledger: Ledger },
  { signal, checking, checked, rebuilding }: Watcher = {},
): Promise<CheckedRebuild> {
  const verified = await verifyChains(store.database, {
    ...(signal ? { signal } : {}),
    ...(checking ? { report: checking } : {}),
  });
  checked?.(verified);
  if (verified.faults.length > 0) return { code: 'damaged', faults: verified.faults.length };
  if (verified.isCancelled) return { code: 'cancelled' };
  const rebuilt = await rebuildAndCompare(store, rebuilding);
  return { code: rebuilt.ok ? rebuilt.value : rebuilt.error.code };
}
