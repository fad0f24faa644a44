import type { ReactNode } from 'react';
import { StoreContext } from './store-context.tsx';
import type { Store } from './store.ts';
import { UsualDataProvider } from './usual-data.tsx';

/** Everything below works on `value`, and has the usual data of it at hand. */
export function StoreProvider({ value, children }: { readonly value: Store; readonly children: ReactNode }) {
  return (
    <StoreContext value={value}>
      <UsualDataProvider>{children}</UsualDataProvider>
    </StoreContext>
  );
}
