import { useLiveQuery } from 'dexie-react-hooks';
import { createContext, useContext } from 'react';
import { assert } from '#shared/lib/assert.ts';
import type { Store } from './store.ts';

export const StoreContext = createContext<Store | undefined>(undefined);

/** The open store of this window. */
export function useStore(): Store {
  const store = useContext(StoreContext);
  assert(store, 'a screen is shown only with an open store');
  return store;
}

/**
 * What `read` returns, read again whenever rows it touched change in this or another window. Undefined until the
 * first answer. `read` must use `deps` and the store only.
 */
export function useLive<Value>(
  read: (store: Store) => Promise<Value> | Value,
  deps: readonly unknown[],
): Value | undefined {
  const store = useStore();
  return useLiveQuery(() => read(store), [store, ...deps]);
}
