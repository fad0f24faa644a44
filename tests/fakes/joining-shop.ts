import { expect } from 'vitest';
import { EMPTY_PROFILE } from '#shared/domain/profile.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import { createPastFold } from '#shared/sync/fold-past.ts';
import { COFFEE, SyncedShop, type SyncedTill } from './synced-tills.ts';

/** A till that joins a shop of which far more is said to come than there is. */
export interface JoiningShop {
  readonly shop: SyncedShop;
  /** Has all of it. */
  readonly one: SyncedTill;
  /** Joins. */
  readonly two: SyncedTill;
  /** With a visit that was taken back. */
  readonly ana: MemberId;
  readonly ben: MemberId;
}

const FAR_AWAY = 100_000;
const grants = [{ program: 'coffee', version: 1, rule: 'visit', units: 1 }];

export async function openJoiningShop(): Promise<JoiningShop> {
  const shop = await SyncedShop.open(2);
  const [one, two] = shop.tills as [SyncedTill, SyncedTill];
  await one.append({ type: 'program', data: { program: COFFEE } });
  const ana = await join(one, 'Ana');
  const ben = await join(one, 'Ben');
  for (const member of [ana, ben, ana]) await visit(one, member);
  const wrong = await visit(one, ana);
  await undo(one, ana, wrong.id);
  await shop.exchange(one);
  return { shop, one, two, ana, ben };
}

export async function join(till: SyncedTill, name: string): Promise<MemberId> {
  const member = till.ids.memberId();
  await till.append({ type: 'enrolment', data: { by: 'phone', visit: 1, grants } }, member, {
    ...EMPTY_PROFILE,
    name,
  });
  return member;
}
export const visit = (till: SyncedTill, member: MemberId) =>
  till.append({ type: 'visit', data: { count: 1, grants } }, member);
export const undo = (till: SyncedTill, member: MemberId, target: EventId) =>
  till.append({ type: 'void', data: { target } }, member);
export const cardOf = ({ database }: SyncedTill, member: MemberId) => database.cards.get(member);

/** @param current the shop of the test that runs */
export function joiningSteps(current: () => SyncedShop) {
  /** @param left what is said to come behind them */
  async function pullSome(till: SyncedTill, events: number, left = FAR_AWAY): Promise<void> {
    const page = await current().readPage((await till.store.marks()).cursor, events);
    const head = (page.events.at(-1)?.g ?? 0) + left;
    till.run = (await till.store.takePage({ ...page, head }, till.run, 0.5)).run;
  }

  /** All that the endpoint has, read as the loop reads it. */
  async function readPast() {
    const shop = current();
    const fold = createPastFold(shop.shop);
    const { events, head } = await shop.readPage(0, 1000);
    do fold.take(events);
    while (fold.endReading());
    return { shopEvents: fold.shopEvents(), cards: fold.cards(), upTo: head };
  }

  return {
    pullSome,
    readPast,
    /** The first events of a past of which much more is said to come, and the documents. */
    async beginToJoin(till: SyncedTill, events = 2): Promise<void> {
      await current().hello(till);
      await pullSome(till, events);
      await current().exchangeProfiles(till);
    },
    async takeSnapshot({ store }: SyncedTill, id = 'snapshot'): Promise<void> {
      const { shopEvents, cards, upTo } = await readPast();
      expect(await store.beginSnapshot({ id, upTo, shopEvents })).toBe(true);
      for (const [index, card] of cards.entries()) {
        expect(await store.putSnapshot({ id, cards: [card], isLast: index === cards.length - 1 })).toBe(true);
      }
    },
  };
}
