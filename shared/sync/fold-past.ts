import { applyEvent, applyKnownEvent } from '../domain/fold.ts';
import { emptyMemberState, type MemberState } from '../domain/member-state.ts';
import { membersOf } from '../domain/merge.ts';
import { makeProgramBook } from '../domain/program.ts';
import { factsOf, isShopEvent } from '../domain/shop-facts.ts';
import { readEvent, VOIDABLE_TYPES, type KnownEvent, type LedgerEvent } from '../ledger/event.ts';
import type { MemberId } from '../lib/brand.ts';
import { readForeign, readUnproven, type Page } from './apply-pull.ts';

/**
 * Everybody's card of a long past, folded event by event while it goes by in the shop's order. Nothing of it is kept here as an
 * event: a till that joins serves with these cards until the ledger is whole.
 *
 *   first reading  ─► onto the card; what is taken back is noted, and who needs rules that come only later
 *   second reading ─► those cards alone once more, knowing both
 *
 * Left out is who may be one person with somebody, who was forgotten, and what does not fit into memory. Only the shop's own
 * events are proven: by their rules stamps are given that stay.
 */
export interface PastFold {
  /** The next events of the reading. */
  take(events: Page['events']): void;
  /** The reading is over. @returns whether there is another one, from the first event. */
  endReading(): boolean;
  /** After the last reading, in the order of the members' ids. */
  cards(): readonly MemberState[];
  /** About the shop as a whole, in its order. */
  shopEvents(): readonly LedgerEvent[];
}

/** A few hundred megabytes of memory, on a till that may be an old computer. */
const MOST_CARDS = 200_000;
/** That make two members one, or one nobody. */
const TYING: ReadonlySet<string> = new Set(['merge', 'unmerge', 'erasure']);

/** @param mostCards for tests */
export function createPastFold(shop: string, mostCards = MOST_CARDS): PastFold {
  const shopEvents: LedgerEvent[] = [];
  let programs = makeProgramBook([]);
  const states = new Map<MemberId, MemberState>();
  /** By what is taken back, on whose card. */
  const targets = new Map<string, Set<MemberId>>();
  const again = new Set<MemberId>();
  const leftOut = new Set<MemberId>();
  let isSecond = false;
  /** For good: whoever was turned away once must not begin in the middle. */
  let isFull = false;

  function takeShop(raw: unknown): void {
    const event = readForeign(raw);
    if (!event) return;
    shopEvents.push(event);
    programs = makeProgramBook(factsOf(shopEvents).programs);
  }

  function takeFirst(member: MemberId, event: LedgerEvent): void {
    const known = readEvent(event);
    if (known && TYING.has(known.type)) for (const one of membersOf(known)) leaveOut(one);
    const state = states.get(member);
    isFull ||= state === undefined && states.size >= mostCards;
    if (leftOut.has(member) || (isFull && !state)) return;
    if (known?.type === 'void') {
      const taken = targets.get(known.data.target) ?? new Set();
      targets.set(known.data.target, taken.add(member));
      again.add(member);
    }
    apply(member, event, known);
    if (states.get(member)?.programs.some(({ unplaced }) => unplaced > 0)) again.add(member);
  }

  function takeSecond(member: MemberId, event: LedgerEvent): void {
    if (!again.has(member)) return;
    if (VOIDABLE_TYPES.has(event.type) && targets.get(event.id)?.has(member)) return;
    apply(member, event, readEvent(event));
  }

  function apply(member: MemberId, event: LedgerEvent, known: KnownEvent | undefined): void {
    const before = states.get(member) ?? emptyMemberState(member);
    const after = known ? applyKnownEvent(before, known, programs) : applyEvent(before, event, programs);
    states.set(member, after);
  }

  function leaveOut(member: MemberId): void {
    leftOut.add(member);
    states.delete(member);
    again.delete(member);
  }

  return {
    take(events) {
      for (const { event: raw } of events) {
        const event = readUnproven(raw);
        if (event?.shop !== shop) continue;
        if (isShopEvent(event) && !isSecond) takeShop(raw);
        const { member } = event;
        if (member === undefined) continue;
        if (isSecond) takeSecond(member, event);
        else takeFirst(member, event);
      }
    },
    endReading() {
      if (isSecond || again.size === 0) return false;
      isSecond = true;
      for (const member of again) states.delete(member);
      return true;
    },
    cards: () => [...states.values()].sort((a, b) => (a.member < b.member ? -1 : 1)),
    shopEvents: () => shopEvents,
  };
}
