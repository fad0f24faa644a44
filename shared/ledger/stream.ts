import { assert } from '../lib/assert.ts';
import type { Digest, PlainDay, ShopId, StreamId, TillId } from '../lib/brand.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import type { Hlc } from '../lib/hlc.ts';
import { sha256Hex } from '../lib/sha256.ts';
import {
  LEDGER_FORMAT,
  type EventDraft,
  type KnownEvent,
  type LedgerEvent,
  type StreamPosition,
} from './event.ts';

/**
 * Hash-chained streams. A stream belongs to one window of one till from its start to its end; the next start opens a
 * new one whose first event names the last event this disk held. A copied or restored disk therefore forks visibly
 * instead of using a position twice.
 */

export interface StreamHead {
  readonly stream: StreamId;
  /** 0 before the first event. */
  readonly seq: number;
  readonly link: Digest | '';
  /** Where this disk's ledger ended when the stream began; its first event carries it. */
  readonly parent?: StreamPosition;
}

/** What the till knows at the moment of the commit. */
export interface SealContext {
  readonly shop: ShopId;
  readonly till: TillId;
  readonly hlc: Hlc;
  readonly wall: number;
  readonly tz: string;
  readonly day: PlainDay;
}

/** Everything but the position: the same intent sent from another place has the same body. */
function bodyOf(event: LedgerEvent, hash: HashText): Digest {
  const { stream, seq, prev, parent, body, link, ...content } = event;
  return hash(canonicalJson(content));
}

function linkOf(
  event: Pick<LedgerEvent, 'prev' | 'stream' | 'seq' | 'body'>,
  hash: HashText = sha256Hex,
): Digest {
  return hash(`${event.prev}\n${event.stream}\n${event.seq}\n${event.body}`);
}

/** The event at the stream's next position, and the head after it. */
export function sealEvent(
  draft: EventDraft,
  head: StreamHead,
  context: SealContext,
): { readonly event: KnownEvent; readonly head: StreamHead } {
  const seq = head.seq + 1;
  // The same content that `bodyOf` finds in a stored event, hashed before the position is put around it.
  const content = { v: LEDGER_FORMAT, ...draft, ...context };
  const body = sha256Hex(canonicalJson(content));
  const place = { stream: head.stream, seq, prev: head.link };
  const link = linkOf({ ...place, body });
  const parent = seq === 1 && head.parent ? { parent: head.parent } : {};
  return {
    event: { ...content, ...place, ...parent, body, link },
    head: { ...head, seq, link },
  };
}

/**
 * The same event at the next position of another stream: its content, and so its id and its `body`, stay as they are. For
 * what can't keep the position it was written at, because somebody else has filled it.
 */
export function moveEvent(
  event: LedgerEvent,
  head: StreamHead,
): { readonly event: LedgerEvent; readonly head: StreamHead } {
  const { stream, seq: before, prev, parent, link: old, ...content } = event;
  const seq = head.seq + 1;
  const place = { stream: head.stream, seq, prev: head.link };
  const link = linkOf({ ...place, body: event.body });
  const from = seq === 1 && head.parent ? { parent: head.parent } : {};
  return { event: { ...content, ...place, ...from, link }, head: { ...head, seq, link } };
}

export type ChainFault = 'body' | 'link' | 'position';

/** The first thing wrong with a stream's events, given in order of `seq` from 1; undefined when the chain holds. */
export function findChainFault(
  events: readonly LedgerEvent[],
): { readonly seq: number; readonly fault: ChainFault } | undefined {
  let before: ChainPosition = CHAIN_START;
  for (const event of events) {
    const fault = findEventFault(event, before);
    if (fault) return { seq: before.seq + 1, fault };
    before = event;
  }
  return undefined;
}

/** How far a stream was found in order. */
export type ChainPosition = Pick<StreamHead, 'seq' | 'link'>;
export const CHAIN_START: ChainPosition = { seq: 0, link: '' };

/** SHA-256 of a text, in hexadecimal: a host may have a faster one than ours. */
export type HashText = (text: string) => Digest;

/** The first thing wrong with the event that follows `before`: a whole stream is checked without holding it. */
export function findEventFault(
  event: LedgerEvent,
  before: ChainPosition,
  hash: HashText = sha256Hex,
): ChainFault | undefined {
  if (event.seq !== before.seq + 1 || event.prev !== before.link) return 'position';
  if (bodyOf(event, hash) !== event.body) return 'body';
  return linkOf(event, hash) === event.link ? undefined : 'link';
}

/** The position a new stream names as its parent. */
export function positionOf(event: LedgerEvent): StreamPosition {
  assert(event.seq >= 1, 'a stored event has a position');
  return { stream: event.stream, seq: event.seq, link: event.link };
}
