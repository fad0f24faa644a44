import { voidedIds } from '#shared/domain/fold.ts';
import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import type { MergeGroup } from '#shared/domain/merge.ts';
import type { Profile } from '#shared/domain/profile.ts';
import { makeProgramBook, type ProgramBook, type ProgramDefinition } from '#shared/domain/program.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import type { Hlc } from '#shared/lib/hlc.ts';
import { FRESH_MARKS, type Held, type SyncMarks } from '#shared/sync/sync-state.ts';
import type { Protocol } from './protocol.ts';

/** What a till keeps. Only `Till` changes it, in transactions that happen whole or not at all. */

export interface Row extends Held<LedgerEvent> {
  /** Committed by this disk, or by the one it is a copy of. */
  readonly isOwn: boolean;
}

export class Violation extends Error {}

export function expectTrue(holds: boolean, message: string): void {
  if (!holds) throw new Violation(message);
}

export class Disk {
  rows: Row[] = [];
  ids = new Map<string, number>();
  positions = new Map<string, number>();
  places = new Map<number, number>();
  members = new Map<string, number[]>();
  marks: SyncMarks = FRESH_MARKS;
  alarms = new Map<string, number>();
  cards = new Map<string, MemberState>();
  /** The ids each card was folded from, in their order. */
  orders = new Map<string, readonly string[]>();
  book: ProgramBook = new Map();
  /** By each of their members. */
  groups = new Map<string, MergeGroup>();
  profiles = new Map<string, Profile>();
  /** Whoever was forgotten, and when. */
  erased = new Map<string, Hlc>();
  documentChanges = 0;
  /** Documents that the endpoint has not, as far as is known here. */
  unsentProfiles = new Set<string>();
  /** Types that the app on this till is too old for. */
  unreadTypes: ReadonlySet<string> = new Set();
  lastOwn: Row | undefined;
  mergeNs: number[] = [];
  /** Events put back by hand, or that ever were aside: their order is their own. */
  oddOnes = new Set<string>();

  readonly till: string;
  readonly shop: string;
  token: string;

  constructor(till: string, shop: string, token: string) {
    this.till = till;
    this.shop = shop;
    this.token = token;
  }

  copy(): Disk {
    const copy = new Disk(this.till, this.shop, this.token);
    copy.rows = [...this.rows];
    copy.ids = new Map(this.ids);
    copy.positions = new Map(this.positions);
    copy.places = new Map(this.places);
    copy.members = new Map([...this.members].map(([member, ns]) => [member, [...ns]]));
    copy.marks = this.marks;
    copy.alarms = new Map(this.alarms);
    copy.cards = new Map(this.cards);
    copy.orders = new Map(this.orders);
    copy.book = this.book;
    copy.groups = new Map(this.groups);
    copy.profiles = new Map(this.profiles);
    copy.erased = new Map(this.erased);
    copy.unsentProfiles = new Set(this.unsentProfiles);
    copy.unreadTypes = this.unreadTypes;
    copy.lastOwn = this.lastOwn;
    copy.mergeNs = [...this.mergeNs];
    copy.oddOnes = new Set(this.oddOnes);
    return copy;
  }

  find(id: string): Row | undefined {
    return this.at(this.ids.get(id));
  }

  findAt(stream: string, seq: number): Row | undefined {
    return this.at(this.positions.get(`${stream} ${seq}`));
  }

  at(n: number | undefined): Row | undefined {
    return n === undefined ? undefined : this.rows[n - 1];
  }

  add(event: LedgerEvent, g: number | null, isOwn: boolean, isIdChecked = true): Row {
    if (isIdChecked && this.ids.has(event.id)) throw new Violation(`I2 the id ${event.id} twice on a disk`);
    const row = { n: this.rows.length + 1, event, g, isOwn };
    this.rows.push(row);
    this.ids.set(event.id, row.n);
    this.#take(event, row.n);
    if (isOwn) this.lastOwn = row;
    if (GROUPING.has(event.type)) this.mergeNs.push(row.n);
    if (g !== null) this.places.set(g, row.n);
    if (event.member !== undefined) {
      const own = this.members.get(event.member);
      if (own) own.push(row.n);
      else this.members.set(event.member, [row.n]);
    }
    return row;
  }

  #take(event: LedgerEvent, n: number): void {
    const key = `${event.stream} ${event.seq}`;
    const occupant = this.positions.get(key);
    if (occupant !== undefined && occupant !== n)
      throw new Violation(`I4 the position ${key} twice on a disk`);
    this.positions.set(key, n);
  }

  put(row: Row, change: { readonly event?: LedgerEvent; readonly g?: number | null }): void {
    const next = { ...row, ...change };
    this.rows[row.n - 1] = next;
    if (change.g !== undefined && change.g !== null) this.places.set(change.g, row.n);
  }

  /** Two steps, so that a tail can move within one transaction. */
  leave({ event }: Row): void {
    this.positions.delete(`${event.stream} ${event.seq}`);
  }

  enter({ n }: Row, event: LedgerEvent): void {
    this.rows[n - 1] = { ...(this.rows[n - 1] as Row), event };
    this.#take(event, n);
  }

  forgetPlaces(): void {
    this.rows = this.rows.map((row) => (row.g === null ? row : { ...row, g: null }));
    this.places = new Map();
  }

  /** As the app on this till reads it. */
  #read(event: LedgerEvent): LedgerEvent {
    return this.unreadTypes.has(event.type) ? { ...event, type: `newer ${event.type}` } : event;
  }

  canonicalOf(member: string): string {
    return this.groups.get(member)?.canonical ?? member;
  }

  #inOrder(members: Iterable<string>, protocol: Protocol): readonly LedgerEvent[] {
    const ns = [...members].flatMap((member) => this.members.get(member) ?? []);
    const rows = ns.flatMap((n) => this.at(n) ?? []);
    const events = protocol.inShopOrder(rows, this.marks.setAside);
    return this.unreadTypes.size === 0 ? events : events.map((event) => this.#read(event));
  }

  /** Of everybody who stands for one person with this member. */
  historyOf(member: string, protocol: Protocol): readonly LedgerEvent[] {
    return this.#inOrder(this.groups.get(member)?.members ?? [member], protocol);
  }

  /** Every merge and unmerge that counts here. */
  mergeEvents(): readonly LedgerEvent[] {
    const aside = new Set(this.marks.setAside.flatMap(({ n }) => n ?? []));
    return this.mergeNs.flatMap((n) => {
      const event = this.at(n)?.event;
      return event && !aside.has(n) ? this.#read(event) : [];
    });
  }

  /** Everything of these, and every merge there is. */
  eventsOfMerged(members: readonly string[]): readonly LedgerEvent[] {
    const ns = new Set([...this.mergeNs, ...members.flatMap((member) => this.members.get(member) ?? [])]);
    const aside = new Set(this.marks.setAside.flatMap(({ n }) => n ?? []));
    return [...ns].flatMap((n) => {
      const event = this.at(n)?.event;
      return event && !aside.has(n) ? this.#read(event) : [];
    });
  }

  readGroups(protocol: Protocol): Map<string, MergeGroup> {
    const links = protocol.listActiveMerges(this.mergeEvents());
    const linked = new Set(links.flatMap(({ member, other }) => [member, other]));
    const groups = linked.size > 0 ? protocol.findGroups(this.#inOrder(linked, protocol), links) : [];
    return new Map(groups.flatMap((group) => group.members.map((member) => [member, group] as const)));
  }

  foldAll(protocol: Protocol): Map<string, MemberState> {
    const canonical = new Set([...this.members.keys()].map((member) => this.canonicalOf(member)));
    return new Map([...canonical].map((member) => [member, this.#fold(member, protocol)] as const));
  }

  #fold(member: string, protocol: Protocol): MemberState {
    const group = this.groups.get(member);
    const history = this.historyOf(member, protocol);
    return protocol.foldMember(member as MemberId, history, this.book, undefined, group);
  }

  /** What these events change, wherever in the order they stand. */
  takeIn(events: readonly LedgerEvent[], protocol: Protocol): void {
    if (events.some(({ type }) => type === 'program')) {
      this.refreshAll(protocol);
      return;
    }
    const touched = new Set(events.flatMap(({ member }) => member ?? []));
    const isLinked = (member: string | undefined) => member !== undefined && this.groups.has(member);
    // Groups follow from merges, and from who of a group was enrolled first.
    if (events.some(({ type, member }) => GROUPING.has(type) || (FIRST.has(type) && isLinked(member)))) {
      for (const member of this.#regroup(protocol)) touched.add(member as MemberId);
    }
    for (const member of new Set([...touched].map((one) => this.canonicalOf(one))))
      this.refresh(member, protocol);
  }

  /** @returns everybody whose group is another one now. */
  #regroup(protocol: Protocol): readonly string[] {
    const before = this.groups;
    this.groups = this.readGroups(protocol);
    const all = new Set([...before.keys(), ...this.groups.keys()]);
    const changed = [...all].filter(
      (member) =>
        canonicalJson(before.get(member) ?? null) !== canonicalJson(this.groups.get(member) ?? null),
    );
    for (const member of changed) {
      this.cards.delete(member);
      this.orders.delete(member);
    }
    return changed;
  }

  /** From the card as it is where only something new stands at the end; else from the start. */
  refresh(member: string, protocol: Protocol): void {
    const history = this.historyOf(member, protocol);
    const before = this.orders.get(member) ?? [];
    const card = this.cards.get(member);
    const more = history.slice(before.length);
    const voided = more.length > 0 ? voidedIds(history) : new Set<string>();
    const isLonger = card !== undefined && before.every((id, index) => history[index]?.id === id);
    if (isLonger && more.every(({ id, type }) => type !== 'void' && !voided.has(id))) {
      if (more.length === 0) return;
      const group = this.groups.get(member);
      this.cards.set(
        member,
        more.reduce((state, event) => protocol.applyEvent(state, event, this.book, undefined, group), card),
      );
    } else {
      this.cards.set(member, this.#fold(member, protocol));
    }
    this.orders.set(
      member,
      history.map(({ id }) => id),
    );
  }

  refreshAll(protocol: Protocol): void {
    this.book = this.readBook(protocol);
    this.orders.clear();
    this.cards.clear();
    this.groups = this.readGroups(protocol);
    const canonical = new Set([...this.members.keys()].map((member) => this.canonicalOf(member)));
    for (const member of canonical) this.refresh(member, protocol);
  }

  /** What a host does that only ever adds at the end. */
  applyLast(event: LedgerEvent, protocol: Protocol): void {
    if (event.type === 'program') this.book = this.readBook(protocol);
    if (event.member === undefined) return;
    const member = this.canonicalOf(event.member) as MemberId;
    const state = this.cards.get(member) ?? emptyMemberState(member);
    this.cards.set(member, protocol.applyEvent(state, event, this.book, undefined, this.groups.get(member)));
  }

  readBook(protocol: Protocol): ProgramBook {
    const rows = this.rows.filter(({ event }) => event.type === 'program');
    const events = protocol.inShopOrder(rows, this.marks.setAside);
    return makeProgramBook(events.map(({ data }) => (data as { program: ProgramDefinition }).program));
  }
}

const GROUPING: ReadonlySet<string> = new Set(['merge', 'unmerge']);
const FIRST: ReadonlySet<string> = new Set(['enrolment', 'void']);
