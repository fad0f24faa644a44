import { afterEach, describe, expect, test, vi } from 'vitest';
import type { MemberId, PlainDay } from '#shared/lib/brand.ts';
import { CLUB, openTestCounter, POINTS, type TestCounter } from '#tests/fakes/test-counter.ts';

let counter: TestCounter;
afterEach(() => counter.till.database.delete());

const DAY_MS = 24 * 60 * 60 * 1000;

async function givePoints(program: string, member: MemberId, units: number): Promise<void> {
  const { commands, till } = counter;
  const id = till.ids.eventId();
  await commands.takeOverPaperCard({ id, member, program, stamps: units });
}

describe('points of which the member chooses how many', () => {
  async function openDialog(points: number) {
    counter = await openTestCounter([{ ...POINTS, rewards: POINTS.rewards.slice(0, 1) }]);
    const anna = await counter.addMember('+33612345678', 'Anna', 0);
    await givePoints('points', anna, points);
    await counter.type('5678');
    await counter.state().redeem();
    return anna;
  }

  test('are asked for, taken once, and given back by one undo', async () => {
    const anna = await openDialog(330);
    const { state, units } = counter;
    expect(state().dialog).toMatchObject({ kind: 'points' });
    await Promise.all([state().spendPoints(150), state().spendPoints(150)]);
    expect(state().done?.event).toMatchObject({
      type: 'redemption',
      data: { reward: 'off', cost: 150, amount: 750 },
    });
    expect(await units(anna, 'points')).toBe(180);
    await state().undo();
    expect(await units(anna, 'points')).toBe(330);
  });

  test.each([
    ['part of a step', 120],
    ['fewer than the reward begins with', 50],
    ['more than there are', 350],
  ])('can’t be %s', async (_, cost) => {
    const anna = await openDialog(330);
    await counter.state().spendPoints(cost);
    expect(counter.state().failure).toEqual({ code: 'not-ready' });
    expect(await counter.units(anna, 'points')).toBe(330);
  });
});

test('a donated reward keeps its amount and its charity', async () => {
  counter = await openTestCounter([{ ...POINTS, rewards: POINTS.rewards.slice(1) }]);
  const anna = await counter.addMember('+33612345678', 'Anna', 0);
  await givePoints('points', anna, 200);
  await counter.type('5678');
  await counter.state().redeem();
  expect(counter.state().done?.event.data).toMatchObject({ cost: 200, amount: 500, charity: 'Lifeboats' });
  expect(await counter.till.database.cards.get(anna)).toMatchObject({
    donations: [{ charity: 'Lifeboats', amount: 500 }],
  });
});

describe('a birthday gift', () => {
  test('is offered around the day, taken once a year, and known without waiting for it', async () => {
    counter = await openTestCounter([CLUB]);
    const { state, type, addMember, setBirthday } = counter;
    const anna = await addMember('+33612345678', 'Anna', 0);
    await setBirthday(anna, '1990-01-06' as PlainDay);
    await type('5678');
    await vi.waitFor(() => expect(state().background).toMatchObject({ birthday: '1990-01-06' }));
    await state().redeem();
    expect(state().done?.event.data).toMatchObject({ reward: 'birthday', cost: 0, birthdayYear: 2026 });
    await type('5678');
    await state().redeem();
    expect(state().failure).toEqual({ code: 'not-ready' });
  });

  test('is nobody’s whose birthday is another day', async () => {
    counter = await openTestCounter([CLUB]);
    const { state, type, addMember, setBirthday } = counter;
    const anna = await addMember('+33612345678', 'Anna', 0);
    await setBirthday(anna, '1990-06-01' as PlainDay);
    await type('5678');
    await vi.waitFor(() => expect(state().background?.member).toBe(anna));
    await state().redeem();
    expect(state().failure).toEqual({ code: 'not-ready' });
  });
});

test('units that have lapsed are neither offered nor taken', async () => {
  counter = await openTestCounter([
    { ...POINTS, rewards: POINTS.rewards.slice(1), expiry: { kind: 'after-months', months: 1 } },
  ]);
  const { state, type, addMember, till } = counter;
  const anna = await addMember('+33612345678', 'Anna', 0);
  await givePoints('points', anna, 200);
  till.clock.advance(40 * DAY_MS);
  await type('5678');
  await state().redeem();
  expect(state().failure).toEqual({ code: 'not-ready' });
});

describe('of several rewards', () => {
  const CAKE = { kind: 'free-item' as const, id: 'cake', name: 'Cake', at: 50 };
  const TEA = { kind: 'free-item' as const, id: 'tea', name: 'Tea', at: 20 };

  test('the one that was chosen is given, or none when another window was quicker', async () => {
    counter = await openTestCounter([{ ...POINTS, rewards: [CAKE, TEA] }]);
    const { state, type, addMember, units, till, commands } = counter;
    const anna = await addMember('+33612345678', 'Anna', 0);
    await givePoints('points', anna, 70);
    await type('5678');
    await state().redeem();
    await state().redeem();
    expect(state().rewardAt).toContain('Cake');
    const ready = { program: 'points', version: 1, times: 1, until: null };
    const id = till.ids.eventId();
    await commands.redeem({ id, member: anna, reward: { ...ready, reward: CAKE, cost: 50 } });
    state().see((await till.database.cards.get(anna)) ?? expect.fail());
    await state().act();
    expect(state()).toMatchObject({ failure: { code: 'not-ready' }, rewardAt: undefined });
    expect(await units(anna, 'points')).toBe(20);
  });
});

describe('a reward in the middle of a sale', () => {
  const TEA = { kind: 'free-item' as const, id: 'tea', name: 'Tea', at: 20 };

  test('leaves the sale open: the next Enter finishes it', async () => {
    counter = await openTestCounter([{ ...POINTS, rewards: [TEA] }]);
    const { state, type, typeAmount, addMember, units, look, countEvents } = counter;
    const anna = await addMember('+33612345678', 'Anna', 0);
    await givePoints('points', anna, 25);
    await type('5678');
    typeAmount('1000');
    const before = await countEvents();
    await state().redeem();
    expect(state()).toMatchObject({
      text: '5678',
      sale: { amount: 1000, isAmountOpen: true },
      done: { event: { type: 'redemption' } },
    });
    // The same Enter twice was meant for the reward.
    await state().act();
    expect(await countEvents()).toBe(before + 1);
    look();
    await state().act();
    expect(state().done?.event).toMatchObject({ type: 'visit', data: { sale: { amount: 1000 } } });
    expect(await units(anna, 'points')).toBe(15);
  });

  test('without a sale leaves the field to the next customer', async () => {
    counter = await openTestCounter([{ ...POINTS, rewards: [TEA] }]);
    const { state, type, addMember } = counter;
    const anna = await addMember('+33612345678', 'Anna', 0);
    await givePoints('points', anna, 25);
    await type('5678');
    await state().redeem();
    expect(state()).toMatchObject({ text: '', held: undefined });
  });
});

describe('a level', () => {
  test('raises what the next sale earns, and undoing the sale that reached it takes it back', async () => {
    counter = await openTestCounter([POINTS]);
    const { state, type, typeAmount, addMember, units } = counter;
    const anna = await addMember('+33612345678', 'Anna', 0);
    await type('5678');
    typeAmount('20000');
    await state().act();
    expect(await units(anna, 'points')).toBe(200);
    await type('5678');
    typeAmount('10000');
    await state().act();
    expect(state().done?.event.data).toMatchObject({
      grants: [
        { rule: 'amount', units: 100 },
        { rule: 'tier:gold', units: 50 },
      ],
    });
    await state().undo();
    expect(await units(anna, 'points')).toBe(200);
  });
});
