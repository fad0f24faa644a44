import type { EventDraft, KnownEvent, LedgerEvent } from '#shared/ledger/event.ts';
import { positionOf, type StreamHead } from '#shared/ledger/stream.ts';
import type { PlainDay, ShopId, StreamId, TillId } from '#shared/lib/brand.ts';
import {
  formatHlc,
  HLC_ZERO,
  observeHlc,
  parseHlc,
  raiseHlc,
  type Hlc,
  type HlcState,
} from '#shared/lib/hlc.ts';
import type { Disk } from './disk.ts';
import type { Surroundings } from './surroundings.ts';

/** What a running till writes with: the head of its stream, and its clock. Both end with the power. */
export class Pen {
  head: StreamHead;
  #hlc: HlcState = HLC_ZERO;

  readonly disk: Disk;
  readonly world: Surroundings;
  readonly wall: () => number;

  constructor(disk: Disk, world: Surroundings, wall: () => number) {
    this.disk = disk;
    this.world = world;
    this.wall = wall;
    const { host } = world.kit;
    const last = disk.rows.at(-1)?.event;
    this.head =
      host.isStreamReused && last
        ? { stream: last.stream, seq: last.seq, link: last.link }
        : this.#headBehind(last);
    if (host.isClockForgotten) return;
    for (const { event } of disk.rows) this.seeStamp(event);
    for (const { hlc } of disk.profiles.values()) this.#seeOwn(hlc);
    for (const hlc of disk.erased.values()) this.#seeOwn(hlc);
  }

  /** A copy of a running till goes on with the very same pen. */
  copyFrom(pen: Pen): void {
    this.head = pen.head;
    this.#hlc = pen.#hlc;
  }

  #headBehind(last: LedgerEvent | undefined): StreamHead {
    const stream = this.world.newId('stream') as StreamId;
    return { stream, seq: 0, link: '', ...(last ? { parent: positionOf(last) } : {}) };
  }

  seeStamp({ hlc, till }: LedgerEvent): void {
    const stamp = parseHlc(hlc);
    if (!stamp) return;
    this.#hlc =
      till === this.disk.till ? raiseHlc(this.#hlc, stamp) : observeHlc(this.#hlc, stamp, this.wall());
  }

  #seeOwn(hlc: string): void {
    const stamp = parseHlc(hlc);
    if (stamp?.till === this.disk.till) this.#hlc = raiseHlc(this.#hlc, stamp);
  }

  #tick(): Hlc {
    this.#hlc = this.world.kit.protocol.tickHlc(this.#hlc, this.wall());
    return formatHlc(this.#hlc, this.disk.till as TillId);
  }

  /** A stamp later than the one of the document that is about to be replaced. */
  stampAfter(before: string | undefined): Hlc {
    const stamp = before === undefined ? undefined : parseHlc(before);
    if (stamp && !this.world.kit.host.isStampOfTheTill) this.#hlc = raiseHlc(this.#hlc, stamp);
    return this.#tick();
  }

  /** The event at the next position; `keep` moves the head once it is written. */
  seal(draft: EventDraft): { readonly event: KnownEvent; readonly head: StreamHead } {
    const { disk } = this;
    // Somebody who runs a copy of this till has the position already: as the ledger does, go on beside it.
    if (disk.findAt(this.head.stream, this.head.seq + 1))
      this.head = this.#headBehind(disk.rows.at(-1)?.event);
    return this.world.kit.protocol.sealEvent(draft, this.head, {
      shop: disk.shop as ShopId,
      till: disk.till as TillId,
      hlc: this.#tick(),
      wall: this.wall(),
      tz: 'UTC',
      day: new Date(this.wall()).toISOString().slice(0, 10) as PlainDay,
    });
  }
}
