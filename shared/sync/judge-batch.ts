import { findEventFault, type ChainFault, type ChainPosition } from '../ledger/stream.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import { envelopeSchema, type Conflict, type Envelope, type EventVerdict, type Refusal } from './wire.ts';

/**
 * What an endpoint does with a batch, decided as data: every store (in memory, embedded, PostgreSQL) reads the facts, asks
 * here, and writes what it is told in the same transaction.
 *
 *   event ─► readable? ─► ours? ─► known id? ──► same body? ─► dup / alias / conflict
 *     │          │          │          └─ new ─► position? ─► next: intact? ─► ok / held / refused
 *     └ refused  └ refused  └                        ├─ taken: conflict
 *                                                    └─ later: gap
 */

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
  readonly isKnownType: (type: string) => boolean;
}

export interface Placed {
  readonly g: number;
  readonly envelope: Envelope;
}

export interface BatchOutcome {
  readonly results: readonly EventVerdict[];
  /** New entries of the shop's one order. */
  readonly placed: readonly Placed[];
  /** Filled positions, new entries' own among them. */
  readonly positions: readonly { readonly stream: string; readonly seq: number; readonly id: string }[];
  readonly heads: ReadonlyMap<string, Head>;
  /** Raw events that were refused, to be kept. */
  readonly quarantine: readonly { readonly code: Refusal; readonly raw: unknown }[];
  readonly lastG: number;
}

export const positionKey = (stream: string, seq: number): string => `${stream} ${seq}`;

export function judgeBatch(events: readonly unknown[], facts: BatchFacts): BatchOutcome {
  const ids = new Map(facts.ids);
  const heads = new Map(facts.heads);
  const taken = new Map(facts.positions);
  const placed: Placed[] = [];
  const positions: { stream: string; seq: number; id: string }[] = [];
  const quarantine: { code: Refusal; raw: unknown }[] = [];
  let lastG = facts.lastG;

  function fill({ stream, seq, id, link }: Envelope): void {
    heads.set(stream, { seq, link });
    taken.set(positionKey(stream, seq), id);
    positions.push({ stream, seq, id });
  }

  function refuse(raw: unknown, code: Refusal, id: string): EventVerdict {
    quarantine.push({ code, raw });
    return { id, status: 'refused', code };
  }

  const conflict = (id: string, code: Conflict): EventVerdict => ({ id, status: 'conflict', code });

  function judge(raw: unknown): EventVerdict {
    const parsed = envelopeSchema.safeParse(raw);
    if (!parsed.success) return refuse(raw, 'malformed', idOf(raw));
    const envelope = parsed.data;
    const { id, stream, seq } = envelope;
    if (envelope.shop !== facts.shop) return refuse(raw, 'foreign-shop', id);
    const known = ids.get(id);
    const occupant = taken.get(positionKey(stream, seq));
    if (occupant !== undefined && occupant !== id) return conflict(id, 'position-taken');
    if (known && known.body !== envelope.body) return conflict(id, 'id-taken');
    if (occupant === id) return { id, status: 'dup', ...(known ? { g: known.g } : {}) };
    const head = heads.get(stream) ?? { seq: 0, link: '' };
    if (seq !== head.seq + 1) return { id, status: 'gap' };
    if (envelope.prev !== head.link) return conflict(id, 'other-history');
    const fault = refusalOf(findEventFault(raw as LedgerEvent, head as ChainPosition));
    fill(envelope);
    if (fault) return refuse(raw, fault, id);
    if (known) return { id, status: 'alias', g: known.g };
    lastG += 1;
    ids.set(id, { g: lastG, body: envelope.body });
    placed.push({ g: lastG, envelope });
    return { id, status: facts.isKnownType(envelope.type) ? 'ok' : 'held', g: lastG };
  }

  const results = events.map(judge);
  return { results, placed, positions, heads, quarantine, lastG };
}

const refusalOf = (fault: ChainFault | undefined): Refusal | undefined =>
  fault === undefined ? undefined : fault === 'body' ? 'bad-body' : 'bad-link';

const idOf = (raw: unknown): string => {
  const id: unknown = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : '';
  return typeof id === 'string' ? id.slice(0, 64) : '';
};
