import { findEventFault, type HashText } from '../ledger/stream.ts';
import { parseAnything } from '../lib/parse-anything.ts';
import { readEvent, type LedgerEvent } from '../ledger/event.ts';
import { isPlainEnvelope } from './plain-envelope.ts';
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

/** An event as far as it could be read, and what can be said of it without knowing any other. */
export interface ReadEvent {
  readonly raw: unknown;
  /** The JSON text it is kept as. */
  readonly json: string;
  /** Absent: nobody can say where it belongs. */
  readonly place?: Place;
  /** What speaks against it wherever it stands. */
  readonly refusal?: Refusal;
  readonly isUnderstood: boolean;
}

/** The slow part, which needs no store: a store does it before it locks anything. */
export function readBatch(events: readonly unknown[], hash?: HashText): readonly ReadEvent[] {
  return events.map((raw) => readOne(raw, JSON.stringify(raw), hash));
}

function readOne(raw: unknown, json: string, hash: HashText | undefined): ReadEvent {
  if (!isPlainEnvelope(raw) && !parseAnything(envelopeSchema, raw)) {
    const data = parseAnything(placeSchema, raw);
    return { raw, json, isUnderstood: false, refusal: 'malformed', ...(data ? { place: data } : {}) };
  }
  const event = raw as LedgerEvent;
  const refusal = refusalOf(event, hash);
  const isUnderstood = refusal === undefined && readEvent(event) !== undefined;
  return { raw, json, place: event, isUnderstood, ...(refusal ? { refusal } : {}) };
}

function refusalOf(event: LedgerEvent, hash: HashText | undefined): Refusal | undefined {
  try {
    const fault = findEventFault(event, { seq: event.seq - 1, link: event.prev }, hash);
    return fault === undefined ? undefined : fault === 'body' ? 'bad-body' : 'bad-link';
  } catch {
    // No canonical form (a fraction somewhere in it), so nobody can have hashed it.
    return 'bad-body';
  }
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
}

/** One position to fill. With a `g` it is a new entry of the shop's one order; else it names an older one, or a refused event. */
export interface Filled {
  readonly stream: string;
  readonly seq: number;
  readonly id: string;
  readonly entry?: { readonly g: number; readonly body: string; readonly json: string };
}

export interface BatchOutcome {
  readonly results: readonly EventVerdict[];
  readonly filled: readonly Filled[];
  /** Of every stream that moved. */
  readonly heads: ReadonlyMap<string, Head>;
  /** Events that were refused, to be kept as they came. */
  readonly quarantine: readonly { readonly code: Refusal; readonly json: string }[];
  readonly lastG: number;
}

export const positionKey = (stream: string, seq: number): string => `${stream} ${seq}`;

export function judgeBatch(events: readonly ReadEvent[], facts: BatchFacts): BatchOutcome {
  const ids = new Map(facts.ids);
  const heads = new Map<string, Head>();
  const taken = new Map(facts.positions);
  const filled: Filled[] = [];
  const quarantine: { code: Refusal; json: string }[] = [];
  let lastG = facts.lastG;

  function fill({ stream, seq, id, link }: Place, entry?: Filled['entry']): void {
    heads.set(stream, { seq, link });
    taken.set(positionKey(stream, seq), id);
    filled.push({ stream, seq, id, ...(entry ? { entry } : {}) });
  }

  function refuse(json: string, code: Refusal, id: string): EventVerdict {
    quarantine.push({ code, json });
    return { id, status: 'refused', code };
  }

  const conflict = (id: string, code: Conflict): EventVerdict => ({ id, status: 'conflict', code });

  function judge({ raw, json, place, refusal, isUnderstood }: ReadEvent): EventVerdict {
    if (!place) return refuse(json, 'malformed', idOf(raw));
    const { id, stream, seq, body } = place;
    if (place.shop !== facts.shop) return refuse(json, 'foreign-shop', id);
    const known = ids.get(id);
    const occupant = taken.get(positionKey(stream, seq));
    if (occupant !== undefined && occupant !== id) return conflict(id, 'position-taken');
    if (known && known.body !== body) return conflict(id, 'id-taken');
    if (occupant === id) return { id, status: 'dup', ...(known ? { g: known.g } : {}) };
    const head = heads.get(stream) ?? facts.heads.get(stream) ?? { seq: 0, link: '' };
    if (seq !== head.seq + 1) return { id, status: 'gap' };
    if (place.prev !== head.link) return conflict(id, 'other-history');
    if (refusal) {
      fill(place);
      return refuse(json, refusal, id);
    }
    if (known) {
      fill(place);
      return { id, status: 'alias', g: known.g };
    }
    lastG += 1;
    ids.set(id, { g: lastG, body });
    fill(place, { g: lastG, body, json });
    return { id, status: isUnderstood ? 'ok' : 'held', g: lastG };
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

const idOf = (raw: unknown): string => {
  const id: unknown = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : '';
  return typeof id === 'string' ? id.slice(0, 64) : '';
};
