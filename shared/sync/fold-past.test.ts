import { describe, expect, test } from 'vitest';
import type { MemberState } from '../domain/member-state.ts';
import { foldMember } from '../domain/fold.ts';
import { makePreset } from '../domain/presets.ts';
import { makeProgramBook } from '../domain/program.ts';
import { UNASSIGNED_STAFF, type EventDraft, type LedgerEvent } from '../ledger/event.ts';
import { sealEvent, type StreamHead } from '../ledger/stream.ts';
import type { EventId, MemberId, PlainDay, ProgramId, ShopId, StreamId, TillId } from '../lib/brand.ts';
import { formatHlc } from '../lib/hlc.ts';
import { createPastFold } from './fold-past.ts';

const names = { name: 'Coffee card', finalReward: 'Free coffee' };
const COFFEE = makePreset({ key: 'coffee', id: 'coffee' as ProgramId, names, currency: 'EUR' });
const [ana, ben, cem] = ['ana', 'ben', 'cem'] as MemberId[] as [MemberId, MemberId, MemberId];

type Content = {
  [Type in EventDraft['type']]: Pick<EventDraft & { type: Type }, 'type' | 'data'>;
}[EventDraft['type']];

/** A shop's order, as it is written. */
function createShop({ shop = 'shop' } = {}) {
  let head: StreamHead = { stream: 'stream' as StreamId, seq: 0, link: '' };
  const events: LedgerEvent[] = [];
  function write(content: Content, member?: MemberId): string {
    const id = `${shop}-${events.length + 1}` as EventId;
    const draft = { id, staff: UNASSIGNED_STAFF, ...content, ...(member ? { member } : {}) } as EventDraft;
    const wall = Date.UTC(2026, 0, 1) + events.length;
    const hlc = formatHlc({ wallMs: wall, counter: 0 }, 'till' as TillId);
    const day = '2026-01-01' as PlainDay;
    const sealed = sealEvent(draft, head, {
      shop: shop as ShopId,
      till: 'till' as TillId,
      hlc,
      wall,
      tz: 'UTC',
      day,
    });
    head = sealed.head;
    events.push(sealed.event);
    return id;
  }
  const grants = [{ program: 'coffee', version: 1, rule: 'visit', units: 1 }];
  return {
    events,
    write,
    program: () => write({ type: 'program', data: { program: COFFEE } }),
    join: (member: MemberId) => write({ type: 'enrolment', data: { by: 'phone', visit: 1, grants } }, member),
    visit: (member: MemberId) => write({ type: 'visit', data: { count: 1, grants } }, member),
    undo: (member: MemberId, target: string) => write({ type: 'void', data: { target } }, member),
    merge: (member: MemberId, other: MemberId) =>
      write({ type: 'merge', data: { other, by: 'manager', reason: 'one' } }, member),
  };
}

/** Lets them go by as often as it takes. @returns how often that was */
function readAll(fold: ReturnType<typeof createPastFold>, events: readonly unknown[], size = 3): number {
  for (let times = 1; ; times += 1) {
    for (let from = 0; from < events.length; from += size) {
      fold.take(events.slice(from, from + size).map((event, index) => ({ g: from + index + 1, event })));
    }
    if (!fold.endReading()) return times;
  }
}

const wholeOf = (events: readonly LedgerEvent[], member: MemberId): MemberState =>
  foldMember(
    member,
    events.filter((event) => event.member === member),
    makeProgramBook([COFFEE]),
  );

describe('the fold of a past that goes by', () => {
  test('makes the cards that the ledger makes, in one reading', () => {
    const shop = createShop();
    shop.program();
    for (const member of [cem, ana, ben, ana, cem]) {
      if (shop.events.some((event) => event.member === member)) shop.visit(member);
      else shop.join(member);
    }
    const fold = createPastFold('shop');
    expect(readAll(fold, shop.events)).toBe(1);
    expect(fold.cards()).toEqual([ana, ben, cem].map((member) => wholeOf(shop.events, member)));
    expect(fold.cards()[0]).toMatchObject({ visits: 2, live: 2 });
    expect(fold.shopEvents().map(({ type }) => type)).toEqual(['program']);
  });

  test('reads once more for those who had something taken back, whatever it was', () => {
    const shop = createShop();
    shop.program();
    shop.join(ana);
    const wrong = shop.visit(ana);
    shop.join(ben);
    shop.visit(ana);
    shop.undo(ana, wrong);
    shop.visit(ana);
    const fold = createPastFold('shop');
    expect(readAll(fold, shop.events)).toBe(2);
    expect(fold.cards()).toEqual([ana, ben].map((member) => wholeOf(shop.events, member)));
    expect(fold.cards()[0]).toMatchObject({ visits: 3 });
  });

  test('reads once more for those whose rules come later than what was given by them', () => {
    const shop = createShop();
    shop.join(ana);
    shop.visit(ana);
    shop.program();
    shop.join(ben);
    const fold = createPastFold('shop');
    expect(readAll(fold, shop.events)).toBe(2);
    expect(fold.cards()).toEqual([ana, ben].map((member) => wholeOf(shop.events, member)));
    expect(fold.cards()[0]?.programs[0]?.unplaced).toBe(0);
  });

  test('goes by no rules that are not those that were written', () => {
    const shop = createShop();
    shop.program();
    const [written] = shop.events;
    const changed = { ...written, data: { program: { ...COFFEE, name: 'Free for all' } } };
    const fold = createPastFold('shop');
    readAll(fold, [changed]);
    expect(fold.shopEvents()).toEqual([]);
  });

  test('what somebody else’s void names stays', () => {
    const shop = createShop();
    shop.program();
    shop.join(ana);
    shop.join(ben);
    shop.undo(ben, shop.visit(ana));
    const fold = createPastFold('shop');
    readAll(fold, shop.events);
    expect(fold.cards()).toEqual([ana, ben].map((member) => wholeOf(shop.events, member)));
    expect(fold.cards()[0]).toMatchObject({ visits: 2 });
  });

  test('somebody of whom nothing is left counts nothing', () => {
    const shop = createShop();
    const joined = shop.join(ana);
    shop.undo(ana, joined);
    const fold = createPastFold('shop');
    readAll(fold, shop.events);
    expect(fold.cards()).toMatchObject([{ member: ana, live: 0 }]);
  });

  test('leaves out who may be one person with somebody, and who was forgotten', () => {
    const shop = createShop();
    shop.program();
    shop.join(ana);
    shop.join(ben);
    shop.join(cem);
    shop.merge(ana, ben);
    shop.visit(ben);
    const forgotten = 'dora' as MemberId;
    shop.join(forgotten);
    shop.write({ type: 'erasure', data: { reason: 'asked' } }, forgotten);
    shop.visit(forgotten);
    const fold = createPastFold('shop');
    readAll(fold, shop.events);
    expect(fold.cards().map(({ member }) => member)).toEqual([cem]);
  });

  test('takes no more than fits into memory, and nobody by halves', () => {
    const shop = createShop();
    shop.program();
    shop.join(ana);
    shop.join(ben);
    const wrong = shop.visit(ana);
    shop.visit(ben);
    shop.join(cem);
    shop.undo(ana, wrong);
    shop.visit(cem);
    const few = createPastFold('shop', 2);
    readAll(few, shop.events);
    expect(few.cards()).toEqual([ana, ben].map((member) => wholeOf(shop.events, member)));
    // Not even when there is room again.
    shop.merge(ana, ben);
    shop.visit(cem);
    const none = createPastFold('shop', 2);
    readAll(none, shop.events);
    expect(none.cards()).toEqual([]);
  });

  test('passes over what is none of ours, and marks who has an event of a newer app', () => {
    const shop = createShop();
    shop.join(ana);
    const strange = createShop({ shop: 'another' });
    strange.join(ben);
    const newer = { ...shop.events[0], id: 'newer', type: 'hologram', data: { anything: 1 } };
    const fold = createPastFold('shop');
    readAll(fold, [null, 'nothing', { type: 'visit' }, ...strange.events, ...shop.events, newer]);
    expect(fold.cards()).toMatchObject([{ member: ana, needsUpdate: true }]);
  });

  test('of nothing there is nothing', () => {
    const fold = createPastFold('shop');
    expect(readAll(fold, [])).toBe(1);
    expect(fold.cards()).toEqual([]);
  });
});
