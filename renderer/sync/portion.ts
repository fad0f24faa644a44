import type { Reply } from '#shared/sync/read-reply.ts';

/**
 * How much is asked for, or offered, at once. A line so slow that a full page never arrives in time would be asked for the
 * same page for ever: each time nothing comes, half of it is tried.
 */
export interface Portion {
  size(): number;
  learn(reply: Pick<Reply<unknown>, 'kind'>): void;
}

export function createPortion({ most, least }: { readonly most: number; readonly least: number }): Portion {
  let size = most;
  return {
    size: () => size,
    learn({ kind }) {
      if (kind === 'unknown') size = Math.max(least, Math.floor(size / 2));
      else if (kind === 'answer') size = Math.min(most, size * 2);
    },
  };
}
