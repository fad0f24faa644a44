import type { ProfileContent } from '#shared/domain/profile.ts';
import type { EventDraft, LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId, PlainDay } from '#shared/lib/brand.ts';
import { offerAgain, startRun, type SyncRun } from '#shared/sync/sync-state.ts';
import { MAX_BATCH_EVENTS } from '#shared/sync/wire.ts';
import { Counter } from './counter.ts';
import { Violation, type Disk, type Row } from './disk.ts';
import { Keeper } from './keeper.ts';
import type { Link } from './link.ts';
import { Pen } from './pen.ts';
import type { Surroundings } from './surroundings.ts';
import { Talk } from './talk.ts';

class Crash extends Error {}

/** One till: what it keeps (disk), writes with (pen), decides at the counter, takes in (keeper) and says (talk). */
export class Till {
  isRunning = false;
  clockMs = 0;
  /** Writes until it crashes; null: it does not. */
  fuse: number | null = null;
  oldCopy: Disk | undefined;
  isDiskFull = false;
  /** What happens to the next event that is written. */
  nextTrouble: 'damage' | 'poison' | undefined;
  app = '1.0.0';
  /** Counts starts and ends: what belonged to an earlier life is over. */
  life = 0;
  pen: Pen;
  readonly counter = new Counter(this);
  readonly keeper = new Keeper(this);
  readonly talk = new Talk(this);

  readonly name: string;
  disk: Disk;
  readonly link: Link;
  readonly world: Surroundings;

  constructor(name: string, disk: Disk, link: Link, world: Surroundings) {
    this.name = name;
    this.disk = disk;
    this.link = link;
    this.world = world;
    this.pen = this.#newPen();
  }

  #newPen(): Pen {
    return new Pen(this.disk, this.world, () => this.wall());
  }

  // A life: from a start to a crash.

  start(run = freshRun()): void {
    this.life += 1;
    this.isRunning = true;
    this.fuse = null;
    this.counter.forget();
    this.pen = this.#newPen();
    this.talk.begin(run);
  }

  crash(): void {
    this.isRunning = false;
    this.life += 1;
    this.counter.forget();
  }

  /** A copy of a running till, memory and all. */
  cloneInto(clone: Till): void {
    clone.app = this.app;
    clone.clockMs = this.clockMs;
    clone.start(this.talk.run);
    clone.pen.copyFrom(this.pen);
  }

  /** A manager pairs again, updates, or presses "try again". */
  resume(): void {
    if (this.isRunning) this.talk.begin(freshRun());
  }

  /** A newer app: what it could not read before it reads now. */
  update(app: string): void {
    this.app = app;
    this.disk.unreadTypes = new Set();
    this.disk.refreshAll(this.world.kit.protocol);
    this.resume();
  }

  tryAgain(id: string): void {
    const { disk, world } = this;
    disk.oddOnes.add(id);
    this.transact(() => {
      disk.marks = offerAgain(disk.marks, id);
      const event = disk.find(id)?.event;
      if (event) disk.takeIn([event], world.kit.protocol);
    });
    this.talk.nudge();
  }

  wall(): number {
    return this.world.timeline.nowMs + this.clockMs;
  }

  day(): PlainDay {
    return new Date(this.wall()).toISOString().slice(0, 10) as PlainDay;
  }

  /** All of it or nothing of it; a till may lose its power before or after. */
  transact(change: () => void): void {
    if (this.fuse !== null && (this.fuse -= 1) <= 0) {
      this.fuse = null;
      this.world.count('crash-between-writes');
      if (this.world.chance.happens(0.5)) change();
      throw new Crash();
    }
    change();
  }

  /** A power cut inside ends this life, and nothing else. */
  guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      this.crash();
      this.world.timeline.after(60_000 + this.world.chance.below(1_800_000), () => {
        if (!this.isRunning) this.start();
      });
    }
  }

  /** What the ledger's one way in does. @param profile the document as it is from now on. */
  commit(draft: EventDraft, profile?: ProfileContent): void {
    const { kit, intents, chance } = this.world;
    const { id, type, staff } = draft;
    const intent = intents.get(id) ?? {
      id,
      type,
      staff,
      till: this.disk.till,
      shown: 'nothing',
      isExcused: false,
    };
    intents.set(id, intent);
    if (this.disk.find(id) && !kit.host.isIdUnchecked) return;
    if (this.isDiskFull) {
      this.world.count('disk-full');
      intent.shown = 'failed';
      return;
    }
    if (kit.host.isDoneTooEarly) intent.shown = 'done';
    const sealed = this.pen.seal(
      kit.host.isStaffForgotten ? { ...draft, staff: 'nobody' as typeof staff } : draft,
    );
    this.transact(() => {
      this.#write(sealed.event);
      const { member } = draft;
      if (member === undefined) return;
      if (profile) this.keeper.writeProfile(member, profile);
      if (type === 'erasure') this.keeper.erase(member, sealed.event.hlc);
    });
    this.pen.head = sealed.head;
    const row = this.disk.find(id);
    if (this.nextTrouble && row) this.world.strike(this, row);
    intent.shown = 'done';
    if (type === 'redemption' && draft.member !== undefined) {
      this.counter.awaitAnswer(id, draft.member);
      this.world.shareMember(this, draft.member);
    }
    if (chance.happens(0.95)) this.talk.nudge();
  }

  #write(event: LedgerEvent): void {
    const { protocol, host } = this.world.kit;
    const before = this.disk.lastOwn?.event;
    if (before && before.hlc >= event.hlc) {
      throw new Violation(`I17 the stamps of ${this.name} do not rise`);
    }
    this.disk.add(event, null, true, !host.isIdUnchecked);
    this.disk.takeIn([event], protocol);
  }

  get hasQueue(): boolean {
    return !this.queue().next().done;
  }

  readonly queue = (): Generator<Row> => this.#walkQueue();

  /** What the endpoint said it has, and whose place was not pulled yet; newest first. */
  listAcknowledged(): readonly Row[] {
    const { marks, rows } = this.disk;
    const aside = new Set(marks.setAside.map(({ n }) => n));
    return rows.filter(({ n, g }) => g === null && n <= marks.uploaded && !aside.has(n)).toReversed();
  }

  *#walkQueue(): Generator<Row> {
    const { marks, rows } = this.disk;
    for (let n = marks.uploaded; n < rows.length; n += 1) {
      const row = rows[n];
      if (row && this.world.kit.protocol.isQueued(row, marks)) yield row;
    }
  }

  /** Whoever stands for this member, as far as this till has heard. */
  cardOf(member: MemberId) {
    return this.disk.cards.get(this.disk.canonicalOf(member));
  }
}

const freshRun = (): SyncRun => startRun({ isPaired: true, batchLimit: MAX_BATCH_EVENTS });
