import { findEventFault, type ChainFault, type ChainPosition, type HashText } from '../ledger/stream.ts';
import { readEvent, type LedgerEvent } from '../ledger/event.ts';
import {
  envelopeSchema,
  placeSchema,
  type Conflict,
  type EventVerdict,
  type Place,
  type Refusal,
} from './wire.ts';

/**
 * What an endpoint does with a batch, decided as data: every store (in memory, embedded, PostgreSQL) reads the facts, asks
 * here, and writes what it is told in the same transaction.
 *
 *   event ─► has a place? ─► ours? ─► known id? ──► same body? ─► dup / alias / conflict
 *     │          │             │          └─ new ─► position? ─► next: intact? ─► ok / held / refused
 *     └ refused  └ refused     └ refused                 ├─ taken: conflict
 *                                                        └─ later: gap
 */

/** An event as far as it could be read. */
export interface ReadEvent {
  readonly raw: unknown;
  /** Absent: nobody can say where it belongs. */
  readonly place?: Place;
  /** Whether the rest of the envelope is in order too. */
  readonly isWhole: boolean;
}

export function readBatch(events: readonly unknown[]): readonly ReadEvent[] {
  return events.map((raw) => {
    const whole = envelopeSchema.safeParse(raw);
    if (whole.success) return { raw, place: whole.data, isWhole: true };
    const { data } = placeSchema.safeParse(raw);
    return { raw, isWhole: false, ...(data ? { place: data } : {}) };
  });
}

export interface KnownId {
  readonly g: number;
  readonly body: string;
}

export interface Head {
  readonly seq: number;
  readonly link: string;
}

/** What the store knew before the batch, as far as the batch asks. */
export interface BatchFacts {
  readonly shop: string;
  /** The shop's last place. */
  readonly lastG: number;
  /** By event id. */
  readonly ids: ReadonlyMap<string, KnownId>;
  /** By stream. */
  readonly heads: ReadonlyMap<string, Head>;
  /** Ids at positions that are already filled, by `stream seq`. */
  readonly positions: ReadonlyMap<string, string>;
  readonly hash?: HashText;
}

/** One position to fill. With a `g` it is a new entry of the shop's one order; else it names an older one, or a refused event. */
export interface Filled {
  readonly stream: string;
  readonly seq: number;
  readonly id: string;
  readonly entry?: { readonly g: number; readonly body: string; readonly event: unknown };
}

export interface BatchOutcome {
  readonly results: readonly EventVerdict[];
  readonly filled: readonly Filled[];
  /** Of every stream that moved. */
  readonly heads: ReadonlyMap<string, Head>;
  /** Raw events that were refused, to be kept. */
  readonly quarantine: readonly { readonly code: Refusal; readonly raw: unknown }[];
  readonly lastG: number;
}

export const positionKey = (stream: string, seq: number): string => `${stream} ${seq}`;

export function judgeBatch(events: readonly ReadEvent[], facts: BatchFacts): BatchOutcome {
  const ids = new Map(facts.ids);
  const heads = new Map<string, Head>();
  const taken = new Map(facts.positions);
  const filled: Filled[] = [];
  const quarantine: { code: Refusal; raw: unknown }[] = [];
  let lastG = facts.lastG;

  function fill({ stream, seq, id, link }: Place, entry?: Filled['entry']): void {
    heads.set(stream, { seq, link });
    taken.set(positionKey(stream, seq), id);
    filled.push({ stream, seq, id, ...(entry ? { entry } : {}) });
  }

  function refuse(raw: unknown, code: Refusal, id: string): EventVerdict {
    quarantine.push({ code, raw });
    return { id, status: 'refused', code };
  }

  const conflict = (id: string, code: Conflict): EventVerdict => ({ id, status: 'conflict', code });

  function judge({ raw, place, isWhole }: ReadEvent): EventVerdict {
    if (!place) return refuse(raw, 'malformed', idOf(raw));
    const { id, stream, seq, body } = place;
    if (place.shop !== facts.shop) return refuse(raw, 'foreign-shop', id);
    const known = ids.get(id);
    const occupant = taken.get(positionKey(stream, seq));
    if (occupant !== undefined && occupant !== id) return conflict(id, 'position-taken');
    if (known && known.body !== body) return conflict(id, 'id-taken');
    if (occupant === id) return { id, status: 'dup', ...(known ? { g: known.g } : {}) };
    const head = heads.get(stream) ?? facts.heads.get(stream) ?? { seq: 0, link: '' };
    if (seq !== head.seq + 1) return { id, status: 'gap' };
    if (place.prev !== head.link) return conflict(id, 'other-history');
    const refusal = isWhole ? faultOf(raw as LedgerEvent, head, facts.hash) : 'malformed';
    if (refusal) {
      fill(place);
      return refuse(raw, refusal, id);
    }
    if (known) {
      fill(place);
      return { id, status: 'alias', g: known.g };
    }
    lastG += 1;
    ids.set(id, { g: lastG, body });
    fill(place, { g: lastG, body, event: raw });
    return { id, status: readEvent(raw as LedgerEvent) ? 'ok' : 'held', g: lastG };
  }

  // Behind a conflict or a gap the rest of the batch waits: what a till committed later must not get an earlier place.
  let isHalted = false;
  const results = events.map((event): EventVerdict => {
    if (isHalted) return { id: event.place?.id ?? idOf(event.raw), status: 'gap' };
    const verdict = judge(event);
    isHalted = verdict.status === 'conflict' || verdict.status === 'gap';
    return verdict;
  });
  return { results, filled, heads, quarantine, lastG };
}

function faultOf(event: LedgerEvent, head: Head, hash: HashText | undefined): Refusal | undefined {
  try {
    return refusalOf(findEventFault(event, head as ChainPosition, hash));
  } catch {
    // No canonical form (a fraction somewhere in it), so nobody can have hashed it.
    return 'bad-body';
  }
}

const refusalOf = (fault: ChainFault | undefined): Refusal | undefined =>
  fault === undefined ? undefined : fault === 'body' ? 'bad-body' : 'bad-link';

const idOf = (raw: unknown): string => {
  const id: unknown = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : '';
  return typeof id === 'string' ? id.slice(0, 64) : '';
};
