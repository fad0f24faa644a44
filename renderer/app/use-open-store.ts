import { useEffect, useState } from 'react';
import type { RebuildProgress } from '#renderer/data/rebuild.ts';
import { createSpaceGuard } from '#renderer/data/space-guard.ts';
import { openStore, type Store, type StoreFailure } from '#renderer/data/store.ts';
import type { Platform } from '#renderer/platform/platform-context.tsx';

export type Opening =
  | { readonly phase: 'opening'; readonly rebuild?: RebuildProgress }
  | { readonly phase: 'failed'; readonly failure: StoreFailure }
  /** `isClosed`: the connection was taken from us after it had been open. */
  | { readonly phase: 'open'; readonly store: Store; readonly isClosed: boolean };

export function useOpenStore(platform: Platform, isPractice: boolean): Opening {
  const [opening, setOpening] = useState<Opening>({ phase: 'opening' });
  useEffect(() => {
    let isLeft = false;
    let store: Store | undefined;
    const open = async () => {
      const { host, clock, ids, log } = platform;
      const opened = await openStore({
        isPractice,
        clock,
        ids,
        guard: createSpaceGuard({ hasRoom: (bytes) => host.hasRoom(bytes), clock, log }),
        marks: isPractice ? undefined : host.tillMarks,
        reportRebuild: (rebuild) => !isLeft && setOpening({ phase: 'opening', rebuild }),
      });
      if (isLeft) {
        if (opened.ok) opened.value.database.close();
        return;
      }
      if (!opened.ok) {
        log.error('open-failed', { code: opened.error.code });
        return setOpening({ phase: 'failed', failure: opened.error });
      }
      store = opened.value;
      const { value } = opened;
      value.database.on('close', () => setOpening({ phase: 'open', store: value, isClosed: true }));
      // The next read or stamp opened it again: nothing to reload for.
      value.database.on('ready', () => setOpening({ phase: 'open', store: value, isClosed: false }), true);
      void host.requestPersistentStorage();
      setOpening({ phase: 'open', store: value, isClosed: false });
    };
    void open();
    return () => {
      isLeft = true;
      store?.database.close();
    };
  }, [platform, isPractice]);
  return opening;
}
