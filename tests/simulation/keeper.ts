import type { ProfileContent } from '#shared/domain/profile.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { positionOf, type StreamHead } from '#shared/ledger/stream.ts';
import type { EventId, MemberId, StreamId } from '#shared/lib/brand.ts';
import type { Hlc } from '#shared/lib/hlc.ts';
import type { PullWrite } from '#shared/sync/apply-pull.ts';
import type { SyncEffect, SyncStep } from '#shared/sync/sync-state.ts';
import { Violation, type Disk } from './disk.ts';
import type { OpenDoc } from './profile-port.ts';
import type { Till } from './till.ts';

/** How a till's disk changes by what it hears: each step is one transaction. */

export class Keeper {
  readonly #till: Till;

  constructor(till: Till) {
    this.#till = till;
  }

  get #disk(): Disk {
    return this.#till.disk;
  }

  get #kit() {
    return this.#till.world.kit;
  }

  // Documents. The caller's transaction.

  writeProfile(member: MemberId, content: ProfileContent): void {
    if (this.#disk.erased.has(member)) return;
    const before = this.#disk.profiles.get(member)?.hlc;
    const hlc = this.#till.pen.stampAfter(before);
    this.#disk.profiles.set(member, { ...content, member, hlc });
    this.#disk.documentChanges += 1;
    this.#disk.unsentProfiles.add(member);
    this.#till.world.edits.push({ member, hlc, after: before, name: content.name, isExcused: false });
  }

  erase(member: MemberId, hlc: Hlc): void {
    this.#till.world.edits.push({ member, hlc, after: undefined, name: null, isExcused: false });
    this.#forgetSomebody(member, hlc);
  }

  /** Once forgotten, always forgotten: the first stamp stays, until the endpoint has another one. */
  #forgetSomebody(member: MemberId, hlc: Hlc): void {
    if (!this.#kit.host.isErasureShallow) this.#disk.profiles.delete(member);
    if (this.#disk.erased.has(member)) return;
    this.#disk.documentChanges += 1;
    this.#disk.erased.set(member, hlc);
    this.#disk.unsentProfiles.add(member);
  }

  /** Whoever hears of it forgets them at once, and tells the endpoint. */
  #hearOfErasure({ type, member, hlc }: LedgerEvent): void {
    const isRead = type === 'erasure' && !this.#disk.unreadTypes.has(type);
    if (!isRead || member === undefined || this.#kit.host.isTombstoneLeftToOthers) return;
    this.#forgetSomebody(member, hlc);
  }

  /** An endpoint that is another one than before may have lost documents as well. */
  queueAllProfiles(): void {
    if (this.#kit.host.areProfilesKeptBack) return;
    const { profiles, erased } = this.#disk;
    this.#till.transact(() => {
      for (const member of [...profiles.keys(), ...erased.keys()]) this.#disk.unsentProfiles.add(member);
    });
  }

  takeDocs(docs: readonly OpenDoc[], docCursor: number | undefined): void {
    const { takeDocument } = this.#kit.protocol;
    this.#till.transact(() => {
      for (const doc of docs) {
        const { member } = doc;
        const here = { profile: this.#disk.profiles.get(member), erased: this.#disk.erased.get(member) };
        const change = takeDocument(doc, here, docCursor === undefined ? 'file' : 'endpoint');
        if (change !== 'none') this.#disk.documentChanges += 1;
        if (change === 'erase') {
          this.#disk.profiles.delete(member);
          if (doc.kind === 'erased') this.#disk.erased.set(member, doc.hlc);
        }
        if (change === 'keep' && doc.kind === 'profile') this.#disk.profiles.set(member, doc.profile);
        // What came by hand is passed on as well.
        if (change !== 'none') {
          if (docCursor === undefined) this.#disk.unsentProfiles.add(member);
          else this.#disk.unsentProfiles.delete(member);
        }
      }
      if (docCursor !== undefined) this.#disk.marks = { ...this.#disk.marks, docCursor };
    });
  }

  // Events.

  takeFile(events: readonly unknown[], shop: string): void {
    const { protocol } = this.#kit;
    const disk = this.#disk;
    this.#till.transact(() => {
      const { effects, added } = protocol.applyFile(events, {
        shop,
        till: disk.till,
        find: (id) => disk.find(id),
        findAt: (stream, seq) => disk.findAt(stream, seq),
      });
      for (const effect of effects) this.#carryOut(effect);
      for (const event of added) {
        this.#till.pen.seeStamp(event);
        disk.add(event, null, false);
        this.#hearOfErasure(event);
      }
      disk.takeIn(added, protocol);
    });
  }

  apply(step: SyncStep & { readonly writes?: readonly PullWrite[] }): void {
    const { host, protocol } = this.#kit;
    const { writes = [] } = step;
    const till = this.#till;
    if (host.isCursorFirst) till.transact(() => (this.#disk.marks = step.marks));
    till.transact(() => {
      const asideBefore = this.#disk.marks.setAside;
      const uploadedBefore = this.#disk.marks.uploaded;
      this.#disk.marks = step.marks;
      const touched: LedgerEvent[] = [];
      const isChanged = asideBefore !== step.marks.setAside;
      for (const { id } of isChanged ? [...asideBefore, ...step.marks.setAside] : []) {
        this.#disk.oddOnes.add(id);
        const row = this.#disk.find(id);
        if (row) touched.push(row.event);
      }
      for (const effect of step.effects) this.#carryOut(effect);
      for (const write of writes) touched.push(this.#takeWrite(write));
      if (host.isForgetful) this.#forget(uploadedBefore, step.marks.uploaded);
      if (step.effects.some((effect) => effect.do === 'forget-places')) this.#disk.refreshAll(protocol);
      else if (!host.isAppendOnly) this.#disk.takeIn(touched, protocol);
      this.#expectWholeCursor();
    });
  }

  #takeWrite(write: PullWrite): LedgerEvent {
    const { g } = write;
    const { host, protocol } = this.#kit;
    if (write.write === 'insert') {
      this.#till.pen.seeStamp(write.event);
      const isStripped = host.isUnreadStripped === true && this.#disk.unreadTypes.has(write.event.type);
      this.#disk.add(isStripped ? { ...write.event, data: {} } : write.event, g, false);
      this.#hearOfErasure(write.event);
      if (host.isAppendOnly) this.#disk.applyLast(write.event, protocol);
      return write.event;
    }
    const row = this.#disk.at(write.n);
    if (!row) throw new Violation('I5 a place for nothing');
    this.#disk.put(row, { g, ...(write.write === 'replace' ? { event: write.event } : {}) });
    if (write.write === 'replace') this.#disk.orders.delete(this.#disk.canonicalOf(row.event.member ?? ''));
    return row.event;
  }

  #forget(before: number, after: number): void {
    for (let n = before; n < after; n += 1) {
      const row = this.#disk.rows[n];
      if (row && row.g === null && row.event.seq % 5 === 0) this.#disk.ids.delete(row.event.id);
    }
  }

  #carryOut(effect: SyncEffect): void {
    const { host } = this.#kit;
    switch (effect.do) {
      case 'forget-places':
        if (!host.arePlacesKept) this.#disk.forgetPlaces();
        return;
      case 'raise': {
        if (host.isAlarmSwallowed && effect.code === 'fork') return;
        const key = `${effect.code} ${effect.about}`;
        this.#disk.alarms.set(key, (this.#disk.alarms.get(key) ?? 0) + 1);
        return;
      }
      case 'move-tail':
        return this.moveTail(effect);
    }
  }

  moveTail({ stream, fromN, all }: SyncEffect & { readonly do: 'move-tail' }): void {
    const { kit, newId } = this.#till.world;
    const aside = new Set(this.#disk.marks.setAside.map(({ n }) => n));
    const rows = this.#disk.rows.filter(
      ({ n, event, g }) =>
        n >= fromN && event.stream === stream && (all === true || (g === null && !aside.has(n))),
    );
    const before = this.#disk.rows.findLast(({ n, event }) => n < fromN && event.stream === stream)?.event;
    let head: StreamHead = {
      stream: newId('stream') as StreamId,
      seq: 0,
      link: '',
      ...(before ? { parent: positionOf(before) } : {}),
    };
    for (const row of rows) this.#disk.leave(row);
    for (const row of rows) {
      const moved = kit.protocol.moveEvent(row.event, head);
      head = moved.head;
      if (kit.host.isTailRenamed) {
        const id = newId('event') as EventId;
        this.#disk.ids.set(id, row.n);
        this.#disk.enter(row, { ...moved.event, id });
      } else if (!kit.host.isTailLost) {
        this.#disk.enter(row, moved.event);
      }
    }
    if (this.#till.pen.head.stream === stream) this.#till.pen.head = head;
  }

  /** I5, and I9's half of it: what is below the cursor is here. */
  #expectWholeCursor(): void {
    const { marks, places } = this.#disk;
    const unreadable = marks.setAside.filter(({ n }) => n === null).length;
    if (places.size + unreadable !== marks.cursor) {
      throw new Violation(`I5 ${places.size} places are here, and the cursor is at ${marks.cursor}`);
    }
  }
}
