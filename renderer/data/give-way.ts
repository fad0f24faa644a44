import { createSlicePacer, type SlicePacer } from './slice-pacer.ts';
import { listenForLookups } from './lookup-signal.ts';

/** What long work in a worker needs, to be done in slices and to give way to the counter between them. */
export interface SliceParts {
  readonly pacer: SlicePacer;
  readonly steadyNow: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Hears of lookups only while `work` runs. */
export async function givingWay<Answer>(work: (parts: SliceParts) => Promise<Answer>): Promise<Answer> {
  const steadyNow = () => performance.now();
  const pacer = createSlicePacer(steadyNow);
  const stopListening = listenForLookups(() => pacer.lookedUp());
  try {
    const sleep = (milliseconds: number) =>
      new Promise<void>((resolve) => void setTimeout(resolve, milliseconds));
    return await work({ pacer, steadyNow, sleep });
  } finally {
    stopListening();
  }
}
