import { findShop, type Shop } from './shop.ts';
import { useLive } from './store-context.tsx';

/** `null` before the first run is finished, undefined until read. */
export function useShop(): Shop | null | undefined {
  return useLive(async ({ database }) => (await findShop(database)) ?? null, []);
}
