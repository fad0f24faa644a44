import { useEffect } from 'react';
import { useStore } from '#renderer/data/store-context.tsx';
import { usePrograms, useShop } from '#renderer/data/usual-data.tsx';

/**
 * What the owner changes in one window holds in every other from the next stamp on: a program published elsewhere, and
 * the country by which numbers are read.
 */
export function useFollowWindows(): void {
  const store = useStore();
  const programs = usePrograms();
  const country = useShop()?.country;
  useEffect(() => {
    if (programs) void store.ledger.refreshPrograms();
  }, [store, programs]);
  useEffect(() => {
    if (country !== undefined) void store.refreshRegion();
  }, [store, country]);
}
