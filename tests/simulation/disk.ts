import { voidedIds } from '#shared/domain/fold.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import { makeProgramBook, type ProgramBook, type ProgramDefinition } from '#shared/domain/program.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { FRESH_MARKS, type Held, type SyncMarks } from '#shared/sync/sync-state.ts';
import type { Protocol } from './protocol.ts';

/** What a till keeps. Only `Till` changes it, in transactions that happen whole or not at all. */

export interface Row extends Held<LedgerEvent> {
  /** Committed by this disk, or by the one it is a copy of. */
  readonly isOwn: boolean;
}

export class Violation extends Error {}

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

  historyOf(member: string, protocol: Protocol): readonly LedgerEvent[] {
    const rows = (this.members.get(member) ?? []).flatMap((n) => this.at(n) ?? []);
    return protocol.inShopOrder(rows, this.marks.setAside);
  }

  foldAll(protocol: Protocol): Map<string, MemberState> {
    return new Map(
      [...this.members.keys()].map((member) => [member, this.foldOne(member, protocol)] as const),
    );
  }

  foldOne(member: string, protocol: Protocol): MemberState {
    return protocol.foldMember(member as MemberId, this.historyOf(member, protocol), this.book);
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
      this.cards.set(
        member,
        more.reduce((state, event) => protocol.applyEvent(state, event, this.book), card),
      );
    } else {
      this.cards.set(member, protocol.foldMember(member as MemberId, history, this.book));
    }
    this.orders.set(
      member,
      history.map(({ id }) => id),
    );
  }

  refreshAll(protocol: Protocol): void {
    this.orders.clear();
    this.cards.clear();
    for (const member of this.members.keys()) this.refresh(member, protocol);
  }

  readBook(protocol: Protocol): ProgramBook {
    const rows = this.rows.filter(({ event }) => event.type === 'program');
    const events = protocol.inShopOrder(rows, this.marks.setAside);
    return makeProgramBook(events.map(({ data }) => (data as { program: ProgramDefinition }).program));
  }
}
