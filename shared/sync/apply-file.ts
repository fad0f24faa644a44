import type { LedgerEvent } from '../ledger/event.ts';
import { readForeign } from './apply-pull.ts';
import type { Held, SyncEffect } from './sync-state.ts';

/**
 * What the events of a sync file do to a till's ledger: they are here at once, behind everything else, and get their places
 * when they are pulled. Until then they stand in this till's queue as well, so whichever till reaches the endpoint first
 * brings them there.
 */
export interface FileStep {
  /** Carried out first: a position of ours may have to be cleared for somebody else's event. */
  readonly effects: readonly SyncEffect[];
  /** In the order of the file. */
  readonly added: readonly LedgerEvent[];
  readonly known: number;
  /** No event, of another shop, or not what was hashed. */
  readonly refused: number;
}

/** @param events as they stand in the file: whoever carried it may have changed it. */
export function applyFile(
  events: readonly unknown[],
  ledger: {
    readonly shop: string;
    readonly till: string;
    readonly find: (id: string) => Held<LedgerEvent> | undefined;
    readonly findAt: (stream: string, seq: number) => Held<LedgerEvent> | undefined;
  },
): FileStep {
  const effects: SyncEffect[] = [];
  const added: LedgerEvent[] = [];
  const inFile = new Set<string>();
  const positions = new Set<string>();
  const strangers = new Set<string>();
  const moved = new Set<string>();
  let known = 0;
  let refused = 0;
  for (const raw of events) {
    const event = readForeign(raw);
    if (event?.shop !== ledger.shop) {
      refused += 1;
      continue;
    }
    const { id, stream, seq, till } = event;
    if (inFile.has(id) || ledger.find(id)) {
      known += 1;
      continue;
    }
    const position = `${stream} ${seq}`;
    if (positions.has(position)) {
      // Two ids for one position in one file: no till wrote that.
      refused += 1;
      continue;
    }
    inFile.add(id);
    positions.add(position);
    if (till === ledger.till && !strangers.has(stream)) {
      strangers.add(stream);
      effects.push({ do: 'raise', code: 'fork', about: stream });
    }
    const occupant = ledger.findAt(stream, seq);
    if (occupant && !moved.has(stream)) {
      moved.add(stream);
      effects.push({ do: 'move-tail', stream, fromN: occupant.n, all: true });
    }
    added.push(event);
  }
  return { effects, added, known, refused };
}
