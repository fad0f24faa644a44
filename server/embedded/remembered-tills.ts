import type { EventStore, Till } from '#server/store/event-store.ts';

/**
 * Whose token it is, asked once and not for every request: each would wait for the batch that is being written. Only for a
 * store that nobody else writes to.
 */
export function rememberTills<Store extends EventStore>(store: Store): Store {
  const tills = new Map<string, Till>();
  let changes = 0;

  function forget(): void {
    changes += 1;
    tills.clear();
  }

  /** Before, for who begins to look from now on; after, for who looked meanwhile and saw what was there before. */
  const changing =
    <Request, Value>(write: (request: Request) => Promise<Value>) =>
    async (request: Request): Promise<Value> => {
      forget();
      try {
        return await write(request);
      } finally {
        forget();
      }
    };

  return {
    ...store,
    async findTill(tokenHash) {
      const known = tills.get(tokenHash);
      if (known) return known;
      const before = changes;
      const till = await store.findTill(tokenHash);
      if (till && before === changes) tills.set(tokenHash, till);
      return till;
    },
    pair: changing((request: Parameters<EventStore['pair']>[0]) => store.pair(request)),
    noteApp: changing((request: Parameters<EventStore['noteApp']>[0]) => store.noteApp(request)),
    revokeTill: changing((request: Parameters<EventStore['revokeTill']>[0]) => store.revokeTill(request)),
  };
}
