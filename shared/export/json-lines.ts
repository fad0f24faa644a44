import type { LedgerEvent } from '../ledger/event.ts';

/** Events exactly as the ledger holds and sends them, one JSON object on each line: hashes can be computed again from it. */
export const jsonLines = (events: readonly LedgerEvent[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');
