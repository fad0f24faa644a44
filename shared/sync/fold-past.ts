import { applyEvent, applyKnownEvent, foldMember } from '../domain/fold.ts';
import { emptyMemberState, type MemberState } from '../domain/member-state.ts';
import { membersOf } from '../domain/merge.ts';
import { makeProgramBook } from '../domain/program.ts';
import { factsOf, isShopEvent } from '../domain/shop-facts.ts';
import { readEvent, type LedgerEvent } from '../ledger/event.ts';
import type { MemberId } from '../lib/brand.ts';
import { readUnproven, type Page } from './apply-pull.ts';

/**
 * Everybody's card of a long past, folded while it goes by in the shop's order. Nothing of it is proven or kept as an event:
 * a till that joins serves with these cards until the ledger itself is here.
 *
 *   first reading  ─► event by event, onto the card it stands on; a void may name anything before it
 *   second reading ─► all events of those with a void, folded together
 *
 * Left out is who may be one person with somebody, who was forgotten, and what does not fit into memory.
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

/** Each bound keeps it within some hundred megabytes of memory, on a till that may be an old computer. */
const MOST_CARDS = 200_000;
/** With all events of theirs. */
const MOST_WITH_VOIDS = 20_000;

/** @param most for tests */
export function createPastFold(
  shop: string,
  most = { cards: MOST_CARDS, withVoids: MOST_WITH_VOIDS },
): PastFold {
  const shopEvents: LedgerEvent[] = [];
  let programs = makeProgramBook([]);
  const states = new Map<MemberId, MemberState>();
  const withVoids = new Map<MemberId, LedgerEvent[]>();
  const leftOut = new Set<MemberId>();
  let isSecond = false;
  /** For good: whoever was turned away once must not begin in the middle. */
  let isFull = false;

  function takeFirst(event: LedgerEvent): void {
    if (isShopEvent(event)) {
      shopEvents.push(event);
      programs = makeProgramBook(factsOf(shopEvents).programs);
    }
    const { member } = event;
    if (member === undefined) return;
    const known = readEvent(event);
    if (known && TYING.has(known.type)) for (const one of membersOf(known)) leaveOut(one);
    if (leftOut.has(member) || withVoids.has(member)) return;
    if (event.type === 'void') {
      states.delete(member);
      if (withVoids.size < most.withVoids) withVoids.set(member, []);
      else leaveOut(member);
      return;
    }
    const state = states.get(member);
    isFull ||= state === undefined && states.size >= most.cards;
    if (isFull && !state) return;
    const before = state ?? emptyMemberState(member);
    states.set(
      member,
      known ? applyKnownEvent(before, known, programs) : applyEvent(before, event, programs),
    );
  }

  function leaveOut(member: MemberId): void {
    leftOut.add(member);
    states.delete(member);
    withVoids.delete(member);
  }

  return {
    take(events) {
      for (const { event: raw } of events) {
        const event = readUnproven(raw);
        if (event?.shop !== shop) continue;
        if (!isSecond) takeFirst(event);
        else if (event.member !== undefined) withVoids.get(event.member)?.push(event);
      }
    },
    endReading() {
      if (isSecond) {
        for (const [member, events] of withVoids) states.set(member, foldMember(member, events, programs));
        withVoids.clear();
        return false;
      }
      isSecond = withVoids.size > 0;
      return isSecond;
    },
    cards: () => [...states.values()].sort((a, b) => (a.member < b.member ? -1 : 1)),
    shopEvents: () => shopEvents,
  };
}

const TYING: ReadonlySet<string> = new Set(['merge', 'unmerge', 'erasure']);
