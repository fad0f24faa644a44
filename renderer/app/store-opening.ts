import type { RebuildProgress } from '#renderer/data/rebuild.ts';
import { createSpaceGuard } from '#renderer/data/space-guard.ts';
import { openStore, type Store, type StoreFailure } from '#renderer/data/store.ts';
import type { Platform } from '#renderer/platform/platform-context.tsx';
import { openSync } from '#renderer/sync/open-sync.ts';
import type { SyncDesk } from '#renderer/sync/sync-desk.ts';

export type Opening =
  | { readonly phase: 'opening'; readonly rebuild?: RebuildProgress }
  | { readonly phase: 'failed'; readonly failure: StoreFailure }
  /** `isClosed`: the connection was taken from us after it had been open. */
  | { readonly phase: 'open'; readonly store: Store; readonly sync: SyncDesk; readonly isClosed: boolean };

/** An opening that has begun, for React to follow. */
export interface StoreOpening {
  readonly current: () => Opening;
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * Begins to open the store at once: a large one takes the browser as long to touch as the page takes to draw, and both
 * can happen together.
 */
export function beginOpening(platform: Platform, isPractice: boolean): StoreOpening {
  const { host, clock, ids, log } = platform;
  const listeners = new Set<() => void>();
  let opening: Opening = { phase: 'opening' };
  const change = (next: Opening) => {
    opening = next;
    for (const listener of listeners) listener();
  };

  const open = async () => {
    const opened = await openStore({
      isPractice,
      clock,
      ids,
      guard: createSpaceGuard({ hasRoom: (bytes) => host.hasRoom(bytes), clock, log }),
      marks: isPractice ? undefined : host.tillMarks,
      reportRebuild: (rebuild) => change({ phase: 'opening', rebuild }),
    });
    if (!opened.ok) {
      log.error('open-failed', { code: opened.error.code });
      return change({ phase: 'failed', failure: opened.error });
    }
    const store = opened.value;
    const sync = openSync({ store, link: host.endpoint, clock, ids, log, reload: () => host.reload() });
    store.database.on('close', () => change({ phase: 'open', store, sync, isClosed: true }));
    // The next read or stamp opened it again: nothing to reload for.
    store.database.on('ready', () => change({ phase: 'open', store, sync, isClosed: false }), true);
    change({ phase: 'open', store, sync, isClosed: false });
    void host.requestPersistentStorage();
  };
  void open();

  return {
    current: () => opening,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
