import type {
  FileTaking,
  ProfileToSend,
  PulledProfile,
  SnapshotBegin,
  SnapshotSlice,
  SyncStore,
} from '#renderer/data/sync/sync-store.ts';
import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import { EMPTY_PROFILE, type Profile } from '#shared/domain/profile.ts';
import { UNASSIGNED_STAFF, type LedgerEvent } from '#shared/ledger/event.ts';
import { moveEvent, sealEvent, type StreamHead } from '#shared/ledger/stream.ts';
import type { EventId, MemberId, PlainDay, ShopId, StreamId, TillId } from '#shared/lib/brand.ts';
import { formatHlc, type Hlc } from '#shared/lib/hlc.ts';
import { isAnew, takeHello, type HelloAnswer } from '#shared/sync/after-hello.ts';
import { applyPull, type Page, type PullStep } from '#shared/sync/apply-pull.ts';
import { takeRejection, takeVerdicts, type Batch } from '#shared/sync/plan-push.ts';
import type { Rejected } from '#shared/sync/read-reply.ts';
import {
  FRESH_MARKS,
  isQueued,
  offerAgain,
  type Held,
  type SyncEffect,
  type SyncMarks,
  type SyncRun,
  type SyncStep,
} from '#shared/sync/sync-state.ts';
import type { EventVerdict } from '#shared/sync/wire.ts';
import { takeDocument } from '#shared/sync/take-document.ts';

/** A till's store in memory, for tests of the loop: real decisions, real seals, no folding. */
export class MemorySyncStore implements SyncStore {
  readonly shop: string;
  readonly till: string;
  rows: Held<LedgerEvent>[] = [];
  kept: SyncMarks = FRESH_MARKS;
  readonly alarms: string[] = [];
  readonly profiles = new Map<string, Profile>();
  readonly erased = new Map<string, Hlc>();
  readonly waiting = new Set<string>();
  /** Whether a snapshot is wanted, and what came of it. */
  isSnapshotWanted = false;
  readonly snapshot: { id: string | undefined; cards: MemberState[]; isWhole: boolean } = {
    id: undefined,
    cards: [],
    isWhole: false,
  };
  /** Redemptions that the fold would find in excess. */
  readonly excess = new Set<string>();
  contactAt: number | null = null;
  /** Thrown by the next transaction. */
  nextFault: Error | undefined;
  private head: StreamHead;
  private stamps = 0;

  constructor(till: string, shop = 'shop-1') {
    this.till = till;
    this.shop = shop;
    this.head = { stream: `${till}-stream` as StreamId, seq: 0, link: '' };
  }

  get ids(): string[] {
    return this.rows
      .filter(({ g }) => g !== null)
      .sort((a, b) => (a.g ?? 0) - (b.g ?? 0))
      .map(({ event }) => event.id);
  }

  private stamp(): Hlc {
    this.stamps += 1;
    return formatHlc({ wallMs: 1_000_000 + this.stamps, counter: 0 }, this.till as TillId);
  }

  /** As after a start of the app. */
  beginStream(stream: string): void {
    this.head = { stream: stream as StreamId, seq: 0, link: '' };
  }

  write(id: string, member = 'member-1'): void {
    const draft = {
      id: id as EventId,
      type: 'profile' as const,
      staff: UNASSIGNED_STAFF,
      member: member as MemberId,
      data: { fields: ['name' as const] },
    };
    const sealed = sealEvent(draft, this.head, {
      shop: this.shop as ShopId,
      till: this.till as TillId,
      hlc: this.stamp(),
      wall: 1_000_000 + this.rows.length,
      tz: 'UTC',
      day: '2026-01-05' as PlainDay,
    });
    this.head = sealed.head;
    this.rows.push({ n: this.rows.length + 1, event: sealed.event, g: null });
  }

  name(member: string, name: string): void {
    this.profiles.set(member, { ...EMPTY_PROFILE, member: member as MemberId, hlc: this.stamp(), name });
    this.waiting.add(member);
  }

  erase(member: string): void {
    this.profiles.delete(member);
    this.erased.set(member, this.stamp());
    this.waiting.add(member);
  }

  private fault(): void {
    const fault = this.nextFault;
    this.nextFault = undefined;
    if (fault) throw fault;
  }

  private find(matches: (event: LedgerEvent) => boolean): Held<LedgerEvent> | undefined {
    return this.rows.find(({ event }) => matches(event));
  }

  private findAt = (stream: string, seq: number) =>
    this.find((event) => event.stream === stream && event.seq === seq);

  async marks() {
    return this.kept;
  }

  async queue(limit: number, after = 0) {
    return this.rows.filter((held) => held.n > after && isQueued(held, this.kept)).slice(0, limit);
  }

  async queuedStreams() {
    const streams = new Map((await this.queue(500)).map(({ event }) => [event.stream, event]));
    for (const { event } of this.acknowledged)
      if (!streams.has(event.stream)) streams.set(event.stream, event);
    return [...streams].map(([stream, { seq, link }]) => ({ stream, lastSeq: seq, link }));
  }

  /** Newest first. */
  private get acknowledged() {
    const { uploaded, setAside } = this.kept;
    return this.rows
      .filter(({ n, g }) => g === null && n <= uploaded && !setAside.some((aside) => aside.n === n))
      .toReversed();
  }

  async isAnew(answer: HelloAnswer) {
    return isAnew(answer, this.kept, this.acknowledged);
  }

  private apply<Step extends SyncStep>(step: Step): Step {
    this.fault();
    this.kept = step.marks;
    for (const effect of step.effects) this.carryOut(effect);
    return step;
  }

  private carryOut(effect: SyncEffect): void {
    if (effect.do === 'raise') this.alarms.push(effect.code);
    else if (effect.do === 'forget-places') this.rows = this.rows.map((row) => ({ ...row, g: null }));
    else this.moveTail(effect);
  }

  private moveTail({ stream, fromN }: SyncEffect & { readonly do: 'move-tail' }): void {
    let head: StreamHead = { stream: `${stream}+` as StreamId, seq: 0, link: '' };
    this.rows = this.rows.map((row) => {
      if (row.n < fromN || row.event.stream !== stream || row.g !== null) return row;
      const moved = moveEvent(row.event, head);
      head = moved.head;
      return { ...row, event: moved.event };
    });
    this.head = head;
  }

  async takeHello(answer: HelloAnswer, run: SyncRun) {
    const queue = await this.queue(500);
    const { findAt, acknowledged } = this;
    return this.apply(takeHello(answer, { marks: this.kept, run }, { queue, findAt, acknowledged }));
  }

  async takeVerdicts(batch: Batch, results: readonly EventVerdict[], run: SyncRun) {
    const step = takeVerdicts(batch, results, { ...(await this.standing()), run });
    return step && this.writeAll(this.apply(step));
  }

  async takeRejection(batch: Batch, rejected: Rejected, run: SyncRun, chance: number) {
    return this.apply(takeRejection(batch, rejected, { ...(await this.standing()), run }, chance));
  }

  private async standing() {
    const [first] = await this.queue(1);
    return { marks: this.kept, queueHead: first?.n };
  }

  async takePage(page: Page, run: SyncRun, chance: number): Promise<PullStep> {
    const find = (id: string) => this.find((event) => event.id === id);
    const ledger = { shop: this.shop, till: this.till, find, findAt: this.findAt };
    return this.writeAll(this.apply(applyPull(page, { marks: this.kept, run }, ledger, chance)));
  }

  private writeAll(step: PullStep): PullStep {
    for (const write of step.writes) {
      const { g } = write;
      if (write.write === 'insert') this.rows.push({ n: this.rows.length + 1, event: write.event, g });
      else {
        const event = write.write === 'replace' ? { event: write.event } : {};
        this.rows = this.rows.map((row) => (row.n === write.n ? { ...row, ...event, g } : row));
      }
    }
    return step;
  }

  async isSnapshotDue() {
    return this.isSnapshotWanted && !this.snapshot.isWhole;
  }

  async beginSnapshot({ id }: SnapshotBegin) {
    this.fault();
    this.snapshot.id = id;
    return true;
  }

  async putSnapshot({ id, cards, isLast }: SnapshotSlice) {
    this.fault();
    if (id !== this.snapshot.id) return false;
    this.snapshot.cards.push(...cards);
    this.snapshot.isWhole = isLast;
    return true;
  }

  async takeRetry(step: SyncStep) {
    this.apply(step);
  }

  async takeFile(): Promise<FileTaking> {
    throw new Error('not in this fake');
  }

  async offerAgain(id: string) {
    this.kept = offerAgain(this.kept, id);
  }

  async countUnsent() {
    const queue = await this.queue(Infinity);
    return { events: queue.length, oldestAt: queue[0]?.event.wall ?? null };
  }

  async countUnsentProfiles() {
    return this.waiting.size;
  }

  async readRedemption(redemption: EventId, member: MemberId) {
    const g = this.find(({ id }) => id === redemption)?.g ?? null;
    const exceptions = this.excess.has(redemption)
      ? [{ event: redemption, kind: 'excess-redemption' as const }]
      : [];
    const isSetAside = this.kept.setAside.some(({ id }) => id === redemption);
    return { g, isSetAside, state: { ...emptyMemberState(member), exceptions } };
  }

  async lastContactAt() {
    return this.contactAt;
  }

  async keepContact(atMs: number) {
    this.contactAt = atMs;
  }

  async unsentProfiles(limit: number): Promise<readonly ProfileToSend[]> {
    return [...this.waiting].slice(0, limit).map((member): ProfileToSend => {
      const hlc = this.erased.get(member);
      if (hlc !== undefined) return { kind: 'erased', member: member as MemberId, hlc };
      return { kind: 'profile', profile: this.profiles.get(member) as Profile };
    });
  }

  async profilesSent(sent: readonly { readonly member: MemberId; readonly hlc: Hlc }[]) {
    for (const { member, hlc } of sent) {
      if ((this.erased.get(member) ?? this.profiles.get(member)?.hlc) === hlc) this.waiting.delete(member);
    }
  }

  async queueAllProfiles() {
    for (const member of [...this.profiles.keys(), ...this.erased.keys()]) this.waiting.add(member);
  }

  async useKey(): Promise<void> {
    throw new Error('not in this fake');
  }

  async takeProfiles({
    docs,
    docCursor,
  }: {
    readonly docs: readonly PulledProfile[];
    readonly docCursor: number | null;
  }) {
    this.fault();
    for (const doc of docs) {
      if (doc.kind === 'unreadable') continue;
      const member = doc.kind === 'erased' ? doc.member : doc.profile.member;
      const here = { profile: this.profiles.get(member), erased: this.erased.get(member) };
      const change = takeDocument(doc, here, docCursor === null ? 'file' : 'endpoint');
      if (change === 'keep' && doc.kind === 'profile') this.profiles.set(member, doc.profile);
      if (change === 'erase' && doc.kind === 'erased') {
        this.profiles.delete(member);
        this.erased.set(member, doc.hlc);
      }
    }
    if (docCursor !== null) this.kept = { ...this.kept, docCursor };
  }
}
