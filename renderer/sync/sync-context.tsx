import { createContext, useContext, useSyncExternalStore } from 'react';
import { assert } from '#shared/lib/assert.ts';
import type { SyncDesk, SyncStatus } from './sync-desk.ts';

// The one file of this room that knows React: how screens get at the desk.

const SyncContext = createContext<SyncDesk | undefined>(undefined);
export const SyncProvider = SyncContext.Provider;

export function useSyncDesk(): SyncDesk {
  const desk = useContext(SyncContext);
  assert(desk, 'a screen is shown only beside a sync desk');
  return desk;
}

export function useSyncStatus(): SyncStatus {
  const desk = useSyncDesk();
  return useSyncExternalStore(desk.subscribe, desk.status);
}
