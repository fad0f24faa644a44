import { findComingPast } from './coming-past.ts';
import { useLive } from './store-context.tsx';

/** Whether this till has just joined, and what happened before is not all here (coming-past.ts). */
export const useIsPastComing = (): boolean =>
  useLive(async ({ database }) => (await findComingPast(database)) !== undefined, []) ?? false;
