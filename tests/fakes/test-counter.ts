import { vi } from 'vitest';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import { createHandOver } from '#renderer/features/counter/hand-over.commands.ts';
import { FakeSyncDesk } from './fake-sync-desk.ts';
import { PER_EURO, PLAIN_PROGRAM } from './program-parts.ts';
import { openTestStore, type TestStore } from './test-store.ts';
import { createMemoryLog } from '#renderer/platform/memory-log.ts';
import { ensureTillIdentity } from '#renderer/data/till-identity.ts';
import { balanceOf, findProgramState } from '#shared/domain/member-state.ts';
import { makePhoneRegion } from '#shared/domain/phone-number.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { MemberId, PhoneNumber, PlainDay } from '#shared/lib/brand.ts';
import { ok } from '#shared/lib/result.ts';
import { createCounterCommands, type CounterCommands } from '#renderer/features/counter/counter.commands.ts';
import type { CounterActions } from '#renderer/features/counter/counter-actions.ts';
import { ENTER_GUARD_MS } from '#renderer/features/counter/counter-finder.ts';
import type { CounterState } from '#renderer/features/counter/counter-state.ts';
import { createCounterStore } from '#renderer/features/counter/counter.store.ts';

/** A counter on a real store, worked as a cashier would. */

export const POINTS: ProgramDefinition = {
  ...PLAIN_PROGRAM,
  id: 'points',
  name: 'Points',
  unit: { kind: 'points', icon: 'star' },
  earn: [{ ...PER_EURO, excludedSales: ['Gift card'] }],
  rewards: [
    { kind: 'chosen-points', id: 'off', at: 100, name: 'Points off', step: 50, amount: 250 },
    { kind: 'donation', id: 'boats', at: 200, name: 'Give', amount: 500, charity: 'Lifeboats' },
  ],
  tiers: {
    by: 'spend',
    levels: [{ id: 'gold', name: 'Gold', from: 20_000, percent: 150, note: 'Offer a newspaper' }],
  },
};

const { tiers: _, ...untiered } = POINTS;

export const BAKERY: ProgramDefinition = {
  ...untiered,
  id: 'bakery',
  name: 'Bread card',
  unit: { kind: 'stamps', size: 6, icon: 'croissant' },
  earn: [{ kind: 'item', id: 'bread', item: 'Bread', units: 1 }],
  rewards: [{ kind: 'free-item', id: 'final', at: 6, name: 'Free bread' }],
  items: [
    { name: 'Bread', category: 'Bakery', price: 320 },
    { name: 'Cake', category: 'Bakery', price: 450 },
  ],
};

export const CLUB: ProgramDefinition = {
  ...PLAIN_PROGRAM,
  id: 'club',
  name: 'Club',
  unit: { kind: 'points', icon: 'heart' },
  earn: [{ kind: 'action', id: 'cup', name: 'Returned cup', units: 5, perDay: 2 }],
  rewards: [
    {
      kind: 'percent-off',
      id: 'perk',
      at: 0,
      name: 'Club price',
      percent: 10,
      category: null,
      needsPass: true,
    },
    {
      kind: 'free-item',
      id: 'birthday',
      at: 0,
      name: 'Birthday cake',
      birthday: { daysBefore: 3, daysAfter: 3 },
    },
    { kind: 'free-item', id: 'tea', at: 50, name: 'Tea' },
  ],
  offers: [
    { kind: 'pass', id: 'pass', name: 'Club pass', price: 3000, months: 12 },
    { kind: 'prepaid', id: 'ten', name: 'Ten teas', price: 2500, units: 500 },
  ],
};

/** Rewards friends on both sides. */
export const FRIENDS: ProgramDefinition = {
  ...CLUB,
  id: 'friends',
  name: 'Friends',
  earn: [{ kind: 'referral', id: 'friend', units: 20, friendUnits: 10, cap: null }],
  rewards: [{ kind: 'free-item', id: 'tea', at: 100, name: 'Tea' }],
  offers: [],
};

export interface TestCounter {
  readonly till: TestStore;
  readonly commands: CounterCommands;
  readonly state: () => CounterState & CounterActions;
  /** A member who has joined with one visit. */
  readonly addMember: (phone: string, name?: string, visits?: number) => Promise<MemberId>;
  readonly setBirthday: (member: MemberId, birthday: PlainDay) => Promise<void>;
  /** Types, waits for the answer and looks at it. */
  readonly type: (text: string) => Promise<void>;
  readonly typeAmount: (digits: string) => void;
  readonly look: () => void;
  readonly units: (member: MemberId, program: string) => Promise<number>;
  readonly countEvents: () => Promise<number>;
}

/** @param programs instead of the coffee card of the test store. @param desk where other tills are asked. */
export async function openTestCounter(
  programs?: readonly ProgramDefinition[],
  desk = new FakeSyncDesk(),
): Promise<TestCounter> {
  const [first, ...others] = programs ?? [];
  const till = await openTestStore(undefined, first ?? {});
  const { ids, ledger, clock, database, search } = till;
  for (const program of others) {
    const id = ids.eventId();
    const published = await ledger.append({
      id,
      decide: () => ok({ draft: { id, type: 'program', staff: UNASSIGNED_STAFF, data: { program } } }),
    });
    if (!published.ok) throw new Error('the program was not published');
  }
  const commands = createCounterCommands({ ledger, ids, staff: () => UNASSIGNED_STAFF });
  const identity = await ensureTillIdentity(database, ids);
  const counter = createCounterStore({
    store: { database, ledger, search, identity, region: () => makePhoneRegion('FR') },
    commands,
    handOver: createHandOver({
      ledger,
      database,
      identity,
      desk,
      ids,
      staff: () => UNASSIGNED_STAFF,
      today: () => plainDayAt(clock.now(), clock.timeZone()),
    }),
    clock,
    ids,
    log: createMemoryLog(clock),
    play: () => undefined,
  });
  const state = () => counter.getState();
  const look = () => clock.advance(ENTER_GUARD_MS + 1);
  return {
    till,
    commands,
    state,
    look,
    async addMember(phone, name = '', visits = 1) {
      const member = ids.memberId();
      const added = await commands.enrol({
        id: ids.eventId(),
        member,
        phone: phone as PhoneNumber,
        name,
        visits,
      });
      if (!added.ok) throw new Error(`not enrolled: ${added.error.code}`);
      return member;
    },
    async setBirthday(member, birthday) {
      await database.profiles.update(member, { birthday });
    },
    async type(text) {
      state().type(text);
      await vi.waitFor(() => {
        if ((state().found?.text ?? '') !== state().text) throw new Error('still looking');
      });
      look();
    },
    typeAmount(digits) {
      state().openAmount();
      for (const digit of digits) state().amountDigit(digit);
    },
    async units(member, program) {
      const card = await database.cards.get(member);
      const own = card && findProgramState(card, program);
      return own ? balanceOf(own) : 0;
    },
    countEvents: () => database.events.count(),
  };
}
