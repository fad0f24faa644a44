import type { LedgerEvent } from '../ledger/event.ts';
import { parseAnything } from '../lib/parse-anything.ts';
import { InvariantError } from '../lib/assert.ts';
import { findEventFault } from '../ledger/stream.ts';
import { isPlainEnvelope } from './plain-envelope.ts';
import { planRetry } from './plan-retry.ts';
import {
  settled,
  type Held,
  type SetAside,
  type SyncEffect,
  type SyncMarks,
  type SyncRun,
  type SyncStep,
} from './sync-state.ts';
import { envelopeSchema } from './wire.ts';

/** What a page of the shop's order does to a till's ledger. The page and the cursor behind it are one transaction. */

export interface Page {
  readonly serverEpoch: string;
  readonly events: readonly { readonly g: number; readonly event?: unknown }[];
  readonly head: number;
}

export type PullWrite =
  /** New here. Types and fields that this app does not know are kept as they came. */
  | { readonly write: 'insert'; readonly g: number; readonly event: LedgerEvent }
  /** It was here already, written by us or offered by somebody else: now its place is known. */
  | { readonly write: 'place'; readonly g: number; readonly n: number }
  /** Ours differs from what all the others have. */
  | { readonly write: 'replace'; readonly g: number; readonly n: number; readonly event: LedgerEvent };

/** The effects come first: a position of ours may have to be cleared for somebody else's event. */
export interface PullStep extends SyncStep {
  readonly writes: readonly PullWrite[];
}

/** How often a damaged event is asked for again before the others pass it. */
const PATIENCE = 5;

export function applyPull(
  page: Page,
  { marks, run }: { readonly marks: SyncMarks; readonly run: SyncRun },
  ledger: {
    readonly shop: string;
    readonly till: string;
    readonly find: (id: string) => Held<LedgerEvent> | undefined;
    readonly findAt: (stream: string, seq: number) => Held<LedgerEvent> | undefined;
    /** {@link readForeign}, or one that remembers what it has read. */
    readonly read?: ReadForeign;
  },
  chance: number,
): PullStep {
  if (page.serverEpoch !== marks.serverEpoch || page.head < marks.cursor) {
    // A wait: behind one address may be two endpoints, and a hello alone would find nothing wrong for ever.
    return { ...planRetry({ kind: 'other-epoch' }, { marks, run }, chance), writes: [] };
  }
  const writes: PullWrite[] = [];
  const effects: SyncEffect[] = [];
  const inPage = new Set<string>();
  const strangers = new Set<string>();
  /** From where on each stream has to be cleared. */
  const moved = new Map<string, number>();
  /** That writes of this page fill. */
  const filled = new Set<string>();
  let { cursor, setAside } = marks;
  let { damaged } = run;
  for (const { g, event: raw } of page.events) {
    // A hole, or something we have: what is in order stays, the rest is asked for again.
    if (g !== cursor + 1) break;
    const event = (ledger.read ?? readForeign)(raw);
    if (!event) {
      const times = damaged?.g === g ? damaged.times + 1 : 1;
      damaged = { g, times };
      if (times < PATIENCE) break;
      passOver(g, 'damaged');
    } else if (event.shop !== ledger.shop) {
      // Whole, and nothing of ours: asked for again it would be the same.
      passOver(g, 'foreign-shop');
    } else {
      // Two ids at one position, which no endpoint of ours gives out. The first has to be here before it can make way.
      if (filled.has(positionOf(event))) break;
      const write = place(event, g);
      if (write) writes.push(write);
      setAside = withoutId(setAside, event.id);
    }
    cursor = g;
    damaged = null;
  }

  function passOver(g: number, code: 'damaged' | 'foreign-shop'): void {
    const id = `place ${g}`;
    setAside = setAside.concat({ id, code, n: null });
    effects.push({ do: 'raise', code: 'set-aside', about: id });
  }

  /** Whoever stands at the position moves to a new stream, with what comes behind it. */
  function clear(event: LedgerEvent, ourN?: number): void {
    const { stream, seq } = event;
    filled.add(positionOf(event));
    const occupant = ledger.findAt(stream, seq);
    if (!occupant || occupant.n === ourN || occupant.n >= (moved.get(stream) ?? Infinity)) return;
    moved.set(stream, occupant.n);
    effects.push({ do: 'move-tail', stream, fromN: occupant.n, all: true });
  }

  function place(event: LedgerEvent, g: number): PullWrite | undefined {
    // The endpoint promises one place per id; the first one holds.
    if (inPage.has(event.id)) return undefined;
    inPage.add(event.id);
    const known = ledger.find(event.id);
    if (known && known.g !== null) return undefined;
    if (known) return placeKnown(known, event, g);
    const { stream } = event;
    // Written as us, and not by this disk: somebody runs a copy of it, or it is itself an older copy.
    if (event.till === ledger.till && !strangers.has(stream)) {
      strangers.add(stream);
      effects.push({ do: 'raise', code: 'fork', about: stream });
    }
    clear(event);
    return { write: 'insert', g, event };
  }

  function placeKnown(known: Held<LedgerEvent>, event: LedgerEvent, g: number): PullWrite {
    const { n, event: ours } = known;
    if (ours.body !== event.body) {
      effects.push({ do: 'raise', code: 'id-taken', about: event.id });
      clear(event, n);
      return { write: 'replace', g, n, event };
    }
    // The same hash and other content: our copy was damaged on the disk. It keeps its position.
    const isDamaged = JSON.stringify(ours.data) !== JSON.stringify(event.data) && isChanged(ours);
    if (!isDamaged) return { write: 'place', g, n };
    const { stream, seq, prev, link, parent } = ours;
    const { parent: theirs, ...content } = event;
    const healed = { ...content, stream, seq, prev, link, ...(parent ? { parent } : {}) };
    return { write: 'replace', g, n, event: healed };
  }

  const isBehind = cursor < Math.max(page.head, run.heardHead);
  const after = { marks: { ...marks, cursor, setAside }, run: { ...run, isBehind, damaged } };
  if (isBehind && cursor === marks.cursor) {
    // Asked again at once, an endpoint that has lost a place would be asked for ever.
    return { ...planRetry({ kind: 'unknown', because: 'not-ours' }, after, chance), writes };
  }
  return { ...after, run: settled(after.run), effects, writes };
}

const positionOf = ({ stream, seq }: LedgerEvent): string => `${seq} ${stream}`;

const withoutId = (all: readonly SetAside[], id: string): readonly SetAside[] =>
  all.some((aside) => aside.id === id) ? all.filter((aside) => aside.id !== id) : all;

export type ReadForeign = (raw: unknown) => LedgerEvent | undefined;

/** Reads each once: hashing takes longest of all, and need not be done while a transaction is open. */
export function createForeignReader(): ReadForeign {
  const known = new WeakMap<object, LedgerEvent | 'none'>();
  return (raw) => {
    if (typeof raw !== 'object' || raw === null) return undefined;
    const found = known.get(raw) ?? readForeign(raw) ?? 'none';
    known.set(raw, found);
    return found === 'none' ? undefined : found;
  };
}

/** Undefined for what is no event, or not the one that was written. */
export function readForeign(raw: unknown): LedgerEvent | undefined {
  const event = readUnproven(raw);
  return event && isChanged(event) ? undefined : event;
}

/** Undefined for what is no event. Nobody has asked whether it is the one that was written. */
export const readUnproven = (raw: unknown): LedgerEvent | undefined =>
  isPlainEnvelope(raw) || parseAnything(envelopeSchema, raw) ? (raw as LedgerEvent) : undefined;

/** Whether it is not the event that was hashed. */
export function isChanged(event: LedgerEvent): boolean {
  try {
    return findEventFault(event, { seq: event.seq - 1, link: event.prev }) !== undefined;
  } catch (error) {
    // No canonical form (a fraction somewhere in it), so nobody can have hashed it.
    if (error instanceof InvariantError) return true;
    throw error;
  }
}
