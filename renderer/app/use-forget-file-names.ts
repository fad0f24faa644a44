import { useEffect } from 'react';
import { forgetFileNames } from '#renderer/data/forget-file-names.ts';
import { storageProblemOf } from '#renderer/data/storage-problem.ts';
import { useLive, useStore } from '#renderer/data/store-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';

/** After an erasure, wherever it was done, and at each start. */
export function useForgetFileNames(): void {
  const { database } = useStore();
  const { log } = usePlatform();
  const erased = useLive((store) => store.database.erased.count(), []);
  useEffect(() => {
    const forget = async () => {
      try {
        await forgetFileNames(database);
      } catch (error) {
        // The next start tries again.
        log.error('file-names-not-forgotten', { problem: storageProblemOf(error) });
      }
    };
    if (erased !== undefined && erased > 0) void forget();
  }, [database, log, erased]);
}
