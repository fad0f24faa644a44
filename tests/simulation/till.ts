import { planJoining, planVisit } from '#shared/domain/earn.ts';
import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import { listCurrentPrograms, type ProgramDefinition } from '#shared/domain/program.ts';
import { listReadyRewards } from '#shared/domain/rewards.ts';
import { UNASSIGNED_STAFF, VOIDABLE_TYPES, type EventDraft, type LedgerEvent } from '#shared/ledger/event.ts';
import { positionOf, type StreamHead } from '#shared/ledger/stream.ts';
import type { EventId, MemberId, PlainDay, ShopId, StreamId, TillId } from '#shared/lib/brand.ts';
import { formatHlc, HLC_ZERO, observeHlc, parseHlc, raiseHlc, type HlcState } from '#shared/lib/hlc.ts';
import { ANSWER_WITHIN_MS, type OfflineRule } from '#shared/sync/hand-over.ts';
import type { PullWrite } from '#shared/sync/apply-pull.ts';
import type { Batch } from '#shared/sync/plan-push.ts';
import type { RawReply } from '#shared/sync/read-reply.ts';
import {
  hearOfHead,
  offerAgain,
  startRun,
  type SyncEffect,
  type SyncRun,
  type SyncStep,
} from '#shared/sync/sync-state.ts';
import {
  helloAnswerSchema,
  MAX_BATCH_EVENTS,
  pullAnswerSchema,
  pushAnswerSchema,
} from '#shared/sync/wire.ts';
import type { Chance } from './chance.ts';
import { Violation, type Disk, type Row } from './disk.ts';
import type { FaultKind } from './faults.ts';
import type { Link } from './link.ts';
import type { Kit } from './protocol.ts';
import type { Timeline } from './timeline.ts';

/** What the world remembers of a key that a cashier pressed. */
export interface Intent {
  readonly id: string;
  shown: 'nothing' | 'done' | 'failed';
  /** Every medium that held it is gone, or it was damaged on the only one. */
  isExcused: boolean;
}

export interface Surroundings {
  readonly kit: Kit;
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly count: (fault: FaultKind) => void;
  readonly strike: (till: Till, row: Row) => void;
  /** The same member stands at two tills. */
  readonly shareMember: (till: Till, member: MemberId) => void;
  readonly newId: (kind: string) => string;
  readonly intents: Map<string, Intent>;
  /** Versions that can be published, in order. */
  readonly definitions: readonly ProgramDefinition[];
  readonly rule: OfflineRule;
  /** Redemptions that were confirmed online before they were handed over. */
  readonly confirmed: Set<string>;
  isQuiet: boolean;
  requests: number;
}

class Crash extends Error {}

interface Waiting {
  readonly id: string;
  readonly member: string;
}

const PULL_LIMIT = 50;
const HOUR_MS = 3_600_000;
const MOST_REQUESTS_AN_HOUR = 2000;

export class Till {
  isRunning = false;
  clockMs = 0;
  /** Writes until it crashes; null: it does not. */
  fuse: number | null = null;
  run: SyncRun = startRun({ isPaired: true, batchLimit: MAX_BATCH_EVENTS });
  oldCopy: Disk | undefined;
  isDiskFull = false;
  /** What happens to the next event that is written. */
  nextTrouble: 'damage' | 'poison' | undefined;
  isBusy = false;
  #head: StreamHead = { stream: '' as StreamId, seq: 0, link: '' };
  #hlc: HlcState = HLC_ZERO;
  #hour = { fromMs: 0, requests: 0 };
  #life = 0;
  #isWaiting = false;
  #waiting: Waiting | undefined;

  readonly name: string;
  disk: Disk;
  readonly link: Link;
  readonly world: Surroundings;

  constructor(name: string, disk: Disk, link: Link, world: Surroundings) {
    this.name = name;
    this.disk = disk;
    this.link = link;
    this.world = world;
  }

  // A life: from a start to a crash.

  start(run = startRun({ isPaired: true, batchLimit: MAX_BATCH_EVENTS })): void {
    const { kit } = this.world;
    const last = this.disk.rows.at(-1)?.event;
    this.#life += 1;
    this.isRunning = true;
    this.isBusy = false;
    this.#isWaiting = false;
    this.#waiting = undefined;
    this.fuse = null;
    this.run = run;
    this.#head = this.#newHead();
    if (kit.host.isStreamReused && last) this.#head = { stream: last.stream, seq: last.seq, link: last.link };
    this.#hlc = HLC_ZERO;
    if (!kit.host.isClockForgotten) for (const { event } of this.disk.rows) this.#seeStamp(event);
    this.nudge();
  }

  #newHead(): StreamHead {
    const last = this.disk.rows.at(-1)?.event;
    const stream = this.world.newId('stream') as StreamId;
    return { stream, seq: 0, link: '', ...(last ? { parent: positionOf(last) } : {}) };
  }

  crash(): void {
    this.isRunning = false;
    this.#life += 1;
    this.#waiting = undefined;
  }

  /** A copy of a running till, memory and all. */
  cloneInto(clone: Till): void {
    clone.start(this.run);
    clone.#head = this.#head;
    clone.#hlc = this.#hlc;
    clone.clockMs = this.clockMs;
  }

  /** A manager pairs again, updates, or presses "try again". */
  resume(): void {
    if (!this.isRunning) return;
    this.run = { ...startRun({ isPaired: true, batchLimit: MAX_BATCH_EVENTS }) };
    this.#isWaiting = false;
    this.nudge();
  }

  tryAgain(id: string): void {
    this.disk.oddOnes.add(id);
    this.#transact(() => {
      this.disk.marks = offerAgain(this.disk.marks, id);
      const { member } = this.disk.find(id)?.event ?? {};
      if (member !== undefined) this.#foldAnew(new Set([member]), true);
    });
    this.nudge();
  }

  #seeStamp({ hlc, till }: LedgerEvent): void {
    const stamp = parseHlc(hlc);
    if (!stamp) return;
    this.#hlc =
      till === this.disk.till ? raiseHlc(this.#hlc, stamp) : observeHlc(this.#hlc, stamp, this.#wall());
  }

  #wall(): number {
    return this.world.timeline.nowMs + this.clockMs;
  }

  #day(): PlainDay {
    return new Date(this.#wall()).toISOString().slice(0, 10) as PlainDay;
  }

  /** All of it or nothing of it; a till may lose its power before or after. */
  #transact(change: () => void): void {
    if (this.fuse !== null && (this.fuse -= 1) <= 0) {
      this.fuse = null;
      this.world.count('crash-between-writes');
      if (this.world.chance.happens(0.5)) change();
      throw new Crash();
    }
    change();
  }

  /** @returns whether the till is still alive. */
  guarded(run: () => void): boolean {
    try {
      run();
      return true;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      this.crash();
      this.world.timeline.after(60_000 + this.world.chance.below(1_800_000), () => {
        if (!this.isRunning) this.start();
      });
      return false;
    }
  }

  // The counter.

  act(): void {
    if (!this.isRunning) return;
    this.guarded(() => {
      const drafts = this.#decide();
      for (const draft of drafts) {
        this.commit(draft);
        if (this.world.chance.happens(0.05)) {
          this.world.count('double-key');
          this.commit(draft);
        }
      }
    });
  }

  redeemFor(member: MemberId): void {
    const state = this.disk.cards.get(member);
    if (!this.isRunning || !state) return;
    const base = { id: this.world.newId('event') as EventId, staff: UNASSIGNED_STAFF };
    this.guarded(() => {
      for (const draft of this.#redeem(state, base)) this.commit(draft);
    });
  }

  /** What the ledger's one way in does. */
  commit(draft: EventDraft): void {
    const { kit, intents, chance } = this.world;
    const intent = intents.get(draft.id) ?? { id: draft.id, shown: 'nothing', isExcused: false };
    intents.set(draft.id, intent);
    const known = this.disk.find(draft.id);
    if (known && !kit.host.isIdUnchecked) return;
    if (this.isDiskFull) {
      this.world.count('disk-full');
      intent.shown = 'failed';
      return;
    }
    if (kit.host.isDoneTooEarly) intent.shown = 'done';
    // Somebody who runs a copy of this till has the position already: as the ledger does, go on beside it.
    if (this.disk.findAt(this.#head.stream, this.#head.seq + 1)) this.#head = this.#newHead();
    const wall = this.#wall();
    this.#hlc = kit.protocol.tickHlc(this.#hlc, wall);
    const sealed = kit.protocol.sealEvent(draft, this.#head, {
      shop: this.disk.shop as ShopId,
      till: this.disk.till as TillId,
      hlc: formatHlc(this.#hlc, this.disk.till as TillId),
      wall,
      tz: 'UTC',
      day: this.#day(),
    });
    this.#transact(() => this.#write(sealed.event));
    this.#head = sealed.head;
    const row = this.disk.find(draft.id);
    if (this.nextTrouble && row) this.world.strike(this, row);
    intent.shown = 'done';
    if (draft.type === 'redemption' && draft.member !== undefined) {
      this.#awaitAnswer(draft.id, draft.member);
      this.world.shareMember(this, draft.member);
    }
    if (chance.happens(0.95)) this.nudge();
  }

  #write(event: LedgerEvent): void {
    const { protocol, host } = this.world.kit;
    const before = this.disk.rows.findLast(({ isOwn }) => isOwn)?.event;
    if (before && before.hlc >= event.hlc) {
      throw new Violation(`I17 the stamps of ${this.name} do not rise`);
    }
    this.disk.add(event, null, true, !host.isIdUnchecked);
    if (event.type === 'program') return this.#readPrograms();
    if (event.member !== undefined) this.disk.refresh(event.member, protocol);
  }

  #readPrograms(): void {
    const { protocol } = this.world.kit;
    this.disk.book = this.disk.readBook(protocol);
    this.disk.refreshAll(protocol);
  }

  #decide(): EventDraft[] {
    const { chance, newId } = this.world;
    const members = [...this.disk.members.keys()];
    const id = newId('event') as EventId;
    const current = listCurrentPrograms(this.disk.book);
    const base = { id, staff: UNASSIGNED_STAFF };
    const kind = chance.below(100);
    if (members.length === 0 || kind < (members.length < 10 ? 12 : 2)) {
      const member = newId('member') as MemberId;
      const data = { by: 'phone' as const, visit: 0, grants: planJoining(current) };
      return [{ ...base, type: 'enrolment', member, data }];
    }
    const member = chance.pick(members) as MemberId;
    const state = this.disk.cards.get(member) ?? emptyMemberState(member);
    if (kind < 66) return [this.#visit(state, base, current)];
    if (kind < 84) return this.#redeem(state, base);
    if (kind < 91) return this.#voidSomething(member, base);
    if (kind < 95) return this.#adjust(member, base, current);
    if (kind < 96) {
      this.world.count('newer-event-type');
      const odd = { ...base, type: 'teleport', member, data: { to: 'the future' } };
      return [odd as unknown as EventDraft];
    }
    if (kind < 98) return this.#publish(base);
    return [{ ...base, type: 'profile', member, data: { fields: ['name'] } }];
  }

  #visit(
    state: MemberState,
    base: Pick<EventDraft, 'id' | 'staff'>,
    programs: readonly ProgramDefinition[],
  ): EventDraft {
    const { chance } = this.world;
    const sale = chance.happens(0.5) ? { amount: chance.below(3000), lines: [], type: null } : undefined;
    const plan = planVisit({
      state,
      programs,
      count: 1 + chance.below(2),
      sale,
      atMs: this.#wall(),
      day: this.#day(),
      timeZone: 'UTC',
    });
    const data = {
      count: 1,
      grants: [...plan.grants],
      donations: [...plan.donations],
      ...(sale ? { sale } : {}),
    };
    return { ...base, type: 'visit', member: state.member, data };
  }

  #redeem(state: MemberState, base: Pick<EventDraft, 'id' | 'staff'>): EventDraft[] {
    const ready = listReadyRewards(state, this.disk.book, { day: this.#day(), birthday: null });
    if (ready.length === 0) return [];
    const { program, version, reward, cost } = this.world.chance.pick(ready);
    const given = reward.kind === 'donation' ? { amount: reward.amount, charity: reward.charity } : {};
    const data = { program, version, reward: reward.id, cost, ...given };
    return [{ ...base, type: 'redemption', member: state.member, data }];
  }

  #voidSomething(member: MemberId, base: Pick<EventDraft, 'id' | 'staff'>): EventDraft[] {
    const own = (this.disk.members.get(member) ?? []).flatMap((n) => this.disk.at(n) ?? []);
    const target = own.findLast(({ event }) => VOIDABLE_TYPES.has(event.type) && event.type !== 'enrolment');
    return target ? [{ ...base, type: 'void', member, data: { target: target.event.id } }] : [];
  }

  #adjust(
    member: MemberId,
    base: Pick<EventDraft, 'id' | 'staff'>,
    current: readonly ProgramDefinition[],
  ): EventDraft[] {
    const program = current[0];
    if (!program) return [];
    const units = this.world.chance.below(9) - 4;
    const grants = [{ program: program.id, version: program.version, rule: 'adjustment', units }];
    return [{ ...base, type: 'adjustment', member, data: { grants, reason: 'counted again' } }];
  }

  #publish(base: Pick<EventDraft, 'id' | 'staff'>): EventDraft[] {
    const next = this.world.definitions.find(
      ({ id, version }) => !this.disk.book.get(id)?.some((known) => known.version === version),
    );
    if (!next) return [];
    // Two tills that do not hear of each other may mean different things by the same version.
    const program = { ...next, name: `${next.name} of ${this.name}` };
    return [{ ...base, type: 'program', data: { program } }];
  }

  // Handing over.

  #awaitAnswer(id: string, member: string): void {
    this.#waiting = { id, member };
    const life = this.#life;
    this.world.timeline.after(ANSWER_WITHIN_MS, () => {
      if (this.#life === life && this.#waiting?.id === id) this.guarded(() => this.#handOver(false));
    });
  }

  #handOver(isAnswered: boolean): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = undefined;
    const { chance, kit, rule, confirmed, newId } = this.world;
    const member = waiting.member as MemberId;
    const decided = kit.protocol.decideHandOver({
      redemption: waiting.id,
      confirmed: isAnswered ? this.disk.cards.get(member) : undefined,
      rule,
      isMainTill: this.name === 'till 1',
      isApproved: chance.happens(0.7),
    });
    if (decided.do === 'hand-over') {
      if (decided.isConfirmed) confirmed.add(waiting.id);
      return;
    }
    const data = { target: waiting.id, reason: decided.do === 'void' ? decided.because : 'not approved' };
    this.commit({ id: newId('event') as EventId, type: 'void', staff: UNASSIGNED_STAFF, member, data });
  }

  // Sync.

  get hasQueue(): boolean {
    return !this.#queue().next().done;
  }

  *#queue(): Generator<Row> {
    const { marks, rows } = this.disk;
    for (let n = marks.uploaded; n < rows.length; n += 1) {
      const row = rows[n];
      if (row && this.world.kit.protocol.isQueued(row, marks)) yield row;
    }
  }

  /** @param head 0: nobody told, it is only time to ask. */
  hearOfMore(head = 0): void {
    this.run = hearOfHead(this.run, head);
    this.nudge();
  }

  nudge(): void {
    if (!this.isRunning || this.isBusy || this.#isWaiting) return;
    const action = this.world.kit.protocol.planNext(this.run, { hasQueue: this.hasQueue });
    switch (action) {
      case 'hello':
        return this.#hello();
      case 'pull':
        return this.#pull();
      case 'push':
        return this.#push();
      case 'rest':
        return undefined;
    }
  }

  #ask(
    request: { readonly route: 'hello' | 'push' | 'pull'; readonly text?: string; readonly after?: number },
    take: (reply: RawReply) => SyncStep & { readonly writes?: readonly PullWrite[] },
  ): void {
    const life = this.#life;
    this.isBusy = true;
    this.world.requests += 1;
    this.#expectCalm();
    const { route, text = '', after = 0 } = request;
    this.link.send({ route, text, after, limit: PULL_LIMIT, token: this.disk.token }, (reply) => {
      if (this.#life !== life) return;
      this.isBusy = false;
      this.guarded(() => {
        const step = take(reply);
        this.#apply(step);
        this.#next(step.run);
      });
    });
  }

  /** I10: no answer makes a till ask faster and faster. */
  #expectCalm(): void {
    const { nowMs } = this.world.timeline;
    if (nowMs - this.#hour.fromMs > HOUR_MS) this.#hour = { fromMs: nowMs, requests: 0 };
    this.#hour.requests += 1;
    if (this.#hour.requests > MOST_REQUESTS_AN_HOUR) throw new Violation(`I10 ${this.name} asks without end`);
  }

  #next(run: SyncRun): void {
    const wasPulled = !run.isBehind;
    // An own redemption may have got its place with this.
    const waiting = this.#waiting && this.disk.find(this.#waiting.id);
    if (waiting && waiting.g !== null && wasPulled) this.#handOver(true);
    const life = this.#life;
    if (run.phase.kind === 'waiting') {
      this.#isWaiting = true;
      this.world.timeline.after(run.phase.forMs, () => {
        if (this.#life !== life) return;
        this.#isWaiting = false;
        this.nudge();
      });
      return;
    }
    this.world.timeline.after(1, () => {
      if (this.#life === life) this.nudge();
    });
  }

  #hello(): void {
    const { protocol } = this.world.kit;
    const streams = new Map<string, Row>();
    for (const row of this.#queue()) {
      if (streams.size >= 50) break;
      if (!streams.has(row.event.stream)) streams.set(row.event.stream, row);
    }
    const { marks, till } = this.disk;
    const text = JSON.stringify({
      till,
      app: '0.0.0',
      schemaEpoch: 1,
      streams: [...streams].map(([stream, { event }]) => ({ stream, lastSeq: event.seq, link: event.link })),
      cursor: marks.cursor,
      docCursor: marks.docCursor,
      ...(marks.serverEpoch === null ? {} : { serverEpoch: marks.serverEpoch }),
    });
    const asked = [...streams.values()];
    this.#ask({ route: 'hello', text }, (raw) => {
      const reply = protocol.readReply(raw, helloAnswerSchema, this.#wall());
      if (reply.kind !== 'answer') return this.#noAnswer(reply);
      return protocol.takeHello(reply.value, this.#standing(), {
        queue: asked.flatMap(({ event }) => this.disk.find(event.id) ?? []),
        findAt: (stream, seq) => this.disk.findAt(stream, seq),
      });
    });
  }

  #push(): void {
    const { protocol } = this.world.kit;
    const batch = protocol.planPush(this.#queue(), this.run, this.world.newId('batch')) as Batch;
    this.#ask({ route: 'push', text: batch.text }, (raw) => {
      const reply = protocol.readReply(raw, pushAnswerSchema, this.#wall());
      if (reply.kind === 'rejected') {
        return protocol.takeRejection(batch, reply, this.#standing(), this.world.chance.next());
      }
      if (reply.kind !== 'answer') return this.#noAnswer(reply);
      const step = protocol.takeVerdicts(batch, reply.value.results, this.#standing());
      return step ?? this.#noAnswer({ kind: 'unknown', because: 'not-ours' });
    });
  }

  #pull(): void {
    const { protocol } = this.world.kit;
    this.#ask({ route: 'pull', after: this.disk.marks.cursor }, (raw) => {
      const reply = protocol.readReply(raw, pullAnswerSchema, this.#wall());
      if (reply.kind !== 'answer') return this.#noAnswer(reply);
      return protocol.applyPull(
        reply.value,
        this.#standing(),
        {
          till: this.disk.till,
          find: (id) => this.disk.find(id),
          findAt: (stream, seq) => this.disk.findAt(stream, seq),
        },
        this.world.chance.next(),
      );
    });
  }

  #standing() {
    return { marks: this.disk.marks, run: this.run };
  }

  #noAnswer(reply: Exclude<ReturnType<Kit['protocol']['readReply']>, { kind: 'answer' }>): SyncStep {
    const answer = reply.kind === 'rejected' ? ({ kind: 'unknown', because: 'not-ours' } as const) : reply;
    return this.world.kit.protocol.planRetry(answer, this.#standing(), this.world.chance.next());
  }

  #apply(step: SyncStep & { readonly writes?: readonly PullWrite[] }): void {
    const { host } = this.world.kit;
    const { writes = [] } = step;
    if (host.isCursorFirst) this.#transact(() => (this.disk.marks = step.marks));
    this.#transact(() => {
      const asideBefore = this.disk.marks.setAside;
      const uploadedBefore = this.disk.marks.uploaded;
      this.disk.marks = step.marks;
      const touched = new Set<string>();
      let arePrograms = false;
      const touch = ({ event }: { readonly event: LedgerEvent }) => {
        if (event.member !== undefined) touched.add(event.member);
        if (event.type === 'program') arePrograms = true;
      };
      const isChanged = asideBefore !== step.marks.setAside;
      for (const { id } of isChanged ? [...asideBefore, ...step.marks.setAside] : []) {
        this.disk.oddOnes.add(id);
        const row = this.disk.find(id);
        if (row) touch(row);
      }
      for (const effect of step.effects) this.#carryOut(effect);
      if (step.effects.some((effect) => effect.do === 'forget-places')) arePrograms = true;
      for (const write of writes) this.#takeWrite(write, touch);
      if (host.isForgetful) this.#forget(uploadedBefore, step.marks.uploaded);
      if (arePrograms) this.#readPrograms();
      else this.#foldAnew(touched, false);
      this.#expectWholeCursor();
    });
    this.run = step.run;
  }

  #takeWrite(write: PullWrite, touch: (row: { readonly event: LedgerEvent }) => void): void {
    const { g } = write;
    if (write.write === 'insert') {
      this.#seeStamp(write.event);
      const row = this.disk.add(write.event, g, false);
      touch(row);
      if (this.world.kit.host.isAppendOnly) this.#applyLast(row);
      return;
    }
    const row = this.disk.at(write.n);
    if (!row) throw new Violation('I5 a place for nothing');
    this.disk.put(row, { g, ...(write.write === 'replace' ? { event: write.event } : {}) });
    if (write.write === 'replace') this.disk.orders.delete(row.event.member ?? '');
    touch(row);
  }

  #applyLast({ event }: Row): void {
    const { member } = event;
    if (member === undefined) return;
    const state = this.disk.cards.get(member) ?? emptyMemberState(member);
    this.disk.cards.set(member, this.world.kit.protocol.applyEvent(state, event, this.disk.book));
  }

  #foldAnew(members: ReadonlySet<string>, isAsked: boolean): void {
    if (this.world.kit.host.isAppendOnly && !isAsked) return;
    for (const member of members) this.disk.refresh(member, this.world.kit.protocol);
  }

  #forget(before: number, after: number): void {
    for (let n = before; n < after; n += 1) {
      const row = this.disk.rows[n];
      if (row && row.g === null && row.event.seq % 5 === 0) this.disk.ids.delete(row.event.id);
    }
  }

  #carryOut(effect: SyncEffect): void {
    const { host } = this.world.kit;
    switch (effect.do) {
      case 'forget-places':
        if (!host.arePlacesKept) this.disk.forgetPlaces();
        return;
      case 'raise': {
        if (host.isAlarmSwallowed && effect.code === 'fork') return;
        const key = `${effect.code} ${effect.about}`;
        this.disk.alarms.set(key, (this.disk.alarms.get(key) ?? 0) + 1);
        return;
      }
      case 'move-tail':
        return this.#moveTail(effect);
    }
  }

  #moveTail({ stream, fromN, all }: SyncEffect & { readonly do: 'move-tail' }): void {
    const { kit, newId } = this.world;
    const aside = new Set(this.disk.marks.setAside.map(({ n }) => n));
    const rows = this.disk.rows.filter(
      ({ n, event, g }) =>
        n >= fromN && event.stream === stream && (all === true || (g === null && !aside.has(n))),
    );
    const before = this.disk.rows.findLast(({ n, event }) => n < fromN && event.stream === stream)?.event;
    let head: StreamHead = {
      stream: newId('stream') as StreamId,
      seq: 0,
      link: '',
      ...(before ? { parent: positionOf(before) } : {}),
    };
    for (const row of rows) this.disk.leave(row);
    for (const row of rows) {
      const moved = kit.protocol.moveEvent(row.event, head);
      head = moved.head;
      if (kit.host.isTailRenamed) {
        const id = newId('event') as EventId;
        this.disk.ids.set(id, row.n);
        this.disk.enter(row, { ...moved.event, id });
      } else if (!kit.host.isTailLost) {
        this.disk.enter(row, moved.event);
      }
    }
    if (this.#head.stream === stream) this.#head = head;
  }

  /** I5, and I9's half of it: what is below the cursor is here. */
  #expectWholeCursor(): void {
    const { marks, places } = this.disk;
    const unreadable = marks.setAside.filter(({ n }) => n === null).length;
    if (places.size + unreadable !== marks.cursor) {
      throw new Violation(`I5 ${places.size} places are here, and the cursor is at ${marks.cursor}`);
    }
  }
}
