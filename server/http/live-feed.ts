/** Tells open connections where a shop's feeds end, whenever that changes. */

export interface Heads {
  readonly head: number;
  readonly docHead: number;
}

export interface LiveFeed {
  /** Something was written in this process. */
  changed(shop: string): void;
  /** Asks the store about every watched shop: other processes write too. */
  poll(): Promise<void>;
  watch(shop: string, tell: (heads: Heads) => void): () => void;
}

interface Watched {
  readonly listeners: Set<(heads: Heads) => void>;
  last: Heads;
}

export function createLiveFeed(readHeads: (shop: string) => Promise<Heads>): LiveFeed {
  const shops = new Map<string, Watched>();

  async function refresh(shop: string): Promise<void> {
    const heads = await readHeads(shop);
    const watched = shops.get(shop);
    // Two questions may overtake each other: feeds only grow.
    if (!watched || (heads.head <= watched.last.head && heads.docHead <= watched.last.docHead)) return;
    watched.last = {
      head: Math.max(heads.head, watched.last.head),
      docHead: Math.max(heads.docHead, watched.last.docHead),
    };
    for (const tell of watched.listeners) tell(watched.last);
  }

  return {
    changed(shop) {
      // A store that doesn't answer now is asked again with the next poll or write.
      if (shops.has(shop)) void refresh(shop).catch(() => undefined);
    },
    poll: async () => {
      await Promise.allSettled([...shops.keys()].map(refresh));
    },
    watch(shop, tell) {
      const watched = shops.get(shop) ?? { listeners: new Set(), last: { head: -1, docHead: -1 } };
      shops.set(shop, watched);
      watched.listeners.add(tell);
      if (watched.last.head >= 0) tell(watched.last);
      void refresh(shop).catch(() => undefined);
      return () => {
        watched.listeners.delete(tell);
        if (watched.listeners.size === 0 && shops.get(shop) === watched) shops.delete(shop);
      };
    },
  };
}
