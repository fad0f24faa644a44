import { afterEach, describe, expect, test, vi } from 'vitest';
import { listCurrentPrograms } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { ok } from '#shared/lib/result.ts';
import { BAKERY, CLUB, openTestCounter, POINTS, type TestCounter } from '#tests/fakes/test-counter.ts';
import { planCounterVisit } from './visit-plan.ts';

let counter: TestCounter;
afterEach(() => counter.till.database.delete());

async function open(...programs: Parameters<typeof openTestCounter>[0] & {}) {
  counter = await openTestCounter(programs);
  return counter;
}
const coffee = async () => (await openTestCounter()).till.program;

describe('a sale that earns in three programs', () => {
  test('is one Enter, one event and one undo', async () => {
    const { type, typeAmount, state, units, addMember, countEvents } = await open(
      await coffee(),
      POINTS,
      BAKERY,
    );
    const anna = await addMember('+33612345678', 'Anna');
    const before = await countEvents();
    await type('5678');
    state().addThing({ item: 'Bread', category: 'Bakery' }, 1);
    state().addThing({ item: 'Bread', category: 'Bakery' }, 1);
    typeAmount('4590');
    await state().act();
    expect(state().done).toMatchObject({
      event: {
        type: 'visit',
        data: {
          count: 1,
          sale: { amount: 4590, lines: [{ item: 'Bread', category: 'Bakery', count: 2 }], type: null },
        },
      },
    });
    expect(await countEvents()).toBe(before + 1);
    expect([await units(anna, 'coffee'), await units(anna, 'points'), await units(anna, 'bakery')]).toEqual([
      2, 45, 2,
    ]);
    await state().undo();
    expect(await countEvents()).toBe(before + 2);
    expect([await units(anna, 'coffee'), await units(anna, 'points'), await units(anna, 'bakery')]).toEqual([
      1, 0, 0,
    ]);
  });

  test('gives what was shown before Enter', async () => {
    const { type, typeAmount, state, addMember, till } = await open(await coffee(), POINTS, BAKERY);
    await addMember('+33612345678', 'Anna');
    await type('5678');
    typeAmount('1999');
    const shown = planCounterVisit({
      state: state().found?.state ?? expect.fail(),
      programs: listCurrentPrograms(till.ledger.programs()),
      count: 1,
      sale: { amount: 1999, lines: [], type: null },
      atMs: till.clock.now(),
      day: '2026-01-05' as never,
      timeZone: till.clock.timeZone(),
      isJoining: false,
      brought: undefined,
    });
    await state().act();
    expect(state().done?.event.data).toMatchObject({ grants: shown.grants });
    expect(shown.grants).toHaveLength(2);
  });
});

describe('the amount', () => {
  test('with a double Enter counts once', async () => {
    const { type, typeAmount, state, units, addMember } = await open(POINTS);
    const anna = await addMember('+33612345678', 'Anna', 0);
    await type('5678');
    typeAmount('1000');
    await Promise.all([state().act(), state().act()]);
    await state().act();
    expect(await units(anna, 'points')).toBe(10);
  });

  test.each([
    ['EUR', '450', 100, 450, 4],
    ['JPY', '450', 1, 450, 450],
    ['KWD', '4505', 1000, 4505, 4],
  ])('in %s takes its digits as minor units', async (currency, digits, per, amount, points) => {
    const [rule] = POINTS.earn;
    if (rule?.kind !== 'amount') return expect.fail();
    const { type, typeAmount, state, units, addMember } = await open({
      ...POINTS,
      currency,
      earn: [{ ...rule, per }],
    });
    const anna = await addMember('+33612345678', 'Anna', 0);
    await type('5678');
    typeAmount(digits);
    await state().act();
    expect(state().done?.event.data).toMatchObject({ sale: { amount } });
    expect(await units(anna, 'points')).toBe(points);
  });

  test('of ten digits is taken, an eleventh is refused in words, and Enter with it', async () => {
    const { type, typeAmount, state, units, addMember, look } = await open(POINTS);
    const anna = await addMember('+33612345678', 'Anna', 0);
    await type('5678');
    typeAmount('9999999999');
    state().amountDigit('1');
    expect(state().failure).toEqual({ code: 'amount-too-large' });
    expect(state().sale.amount).toBe(9_999_999_999);
    await state().act();
    expect(await units(anna, 'points')).toBe(0);
    state().amountBack();
    state().amountDigit('9');
    await state().act();
    look();
    await state().act();
    expect(await units(anna, 'points')).toBe(99_999_999);
  });

  test('as large as a number typed onto it by mistake is asked about once', async () => {
    const { type, typeAmount, state, countEvents, addMember, look } = await open(POINTS);
    await addMember('+33612345678', 'Anna', 0);
    await type('5678');
    const before = await countEvents();
    typeAmount('612345679');
    await state().act();
    expect(state().failure).toEqual({ code: 'amount-large' });
    // A second press of the same Enter is not an answer.
    await state().act();
    expect(await countEvents()).toBe(before);
    look();
    await state().act();
    look();
    await state().act();
    expect(state().done?.event.data).toMatchObject({ sale: { amount: 612_345_679 } });
    expect(await countEvents()).toBe(before + 1);
  });

  test('is taken back digit by digit, then closed, and Escape begins anew', async () => {
    const { type, typeAmount, state, addMember } = await open(POINTS);
    await addMember('+33612345678');
    await type('5678');
    typeAmount('45');
    state().amountBack();
    expect(state().sale).toMatchObject({ amount: 4, isAmountOpen: true });
    state().escape();
    expect(state().sale).toMatchObject({ amount: 0, isAmountOpen: false });
    expect(state().text).toBe('5678');
    state().openAmount();
    state().amountBack();
    expect(state().sale.isAmountOpen).toBe(false);
  });

  test('opens by itself where a visit alone earns nothing, and an empty one counts nothing', async () => {
    const { type, state, units, addMember, countEvents, look } = await open(POINTS);
    const anna = await addMember('+33612345678', 'Anna', 0);
    const before = await countEvents();
    await type('5678');
    await state().act();
    expect(state()).toMatchObject({ sale: { isAmountOpen: true }, failure: undefined, text: '5678' });
    look();
    await state().act();
    expect(state().failure).toEqual({ code: 'sale-needed' });
    expect(await countEvents()).toBe(before);
    for (const digit of '700') state().amountDigit(digit);
    await state().act();
    expect(await units(anna, 'points')).toBe(7);
  });

  test('is no business of a shop that counts visits', async () => {
    counter = await openTestCounter();
    const { type, state, addMember } = counter;
    await addMember('+33612345678');
    await type('5678');
    state().openAmount();
    expect(state().sale.isAmountOpen).toBe(false);
  });

  test('is forgotten with the next customer', async () => {
    const { type, typeAmount, state, addMember } = await open(POINTS);
    await addMember('+33612345678');
    await addMember('+33698765432');
    await type('5678');
    typeAmount('999');
    await type('5432');
    expect(state().sale).toMatchObject({ amount: 0, isAmountOpen: false });
  });

  test('comes back with its intent when a limit refuses, and passes with a reason', async () => {
    const { type, typeAmount, state, units, addMember } = await open({
      ...POINTS,
      limits: { ...POINTS.limits, perVisit: 50 },
    });
    const anna = await addMember('+33612345678', '', 0);
    await type('5678');
    typeAmount('6000');
    await state().act();
    expect(state()).toMatchObject({ dialog: { kind: 'limit' }, sale: { amount: 6000 } });
    await Promise.all([state().actAnyway('wedding'), state().actAnyway('wedding')]);
    expect(await units(anna, 'points')).toBe(60);
  });
});

test.each([
  ['12,50', { amount: 1250 }, undefined],
  ['\u200f€ 7', { amount: 700 }, undefined],
  ['abc', { amount: 4 }, 'amount-unreadable'],
  ['-5', { amount: 4 }, 'amount-unreadable'],
  ['1'.repeat(20), { amount: 4 }, 'amount-too-large'],
])('an amount of %j is pasted, or refused in words', async (text, sale, code) => {
  const { type, typeAmount, state, addMember } = await open(POINTS);
  await addMember('+33612345678', 'Anna', 0);
  await type('5678');
  typeAmount('4');
  state().pasteAmount(text);
  expect(state()).toMatchObject({ sale, text: '5678' });
  expect(state().failure?.code).toBe(code);
});

test('what no program asks for any more is not recorded', async () => {
  const { type, typeAmount, state, addMember, till } = await open(await coffee(), POINTS);
  await addMember('+33612345678', 'Anna');
  await type('5678');
  typeAmount('2000');
  state().setSaleType('Gift card');
  const id = till.ids.eventId();
  const program = { ...POINTS, version: 2, isWithdrawn: true as const };
  await till.ledger.append({
    id,
    decide: () => ok({ draft: { id, type: 'program', staff: UNASSIGNED_STAFF, data: { program } } }),
  });
  await state().act();
  expect(state().done?.event).toMatchObject({ type: 'visit' });
  expect(state().done?.event.data).not.toHaveProperty('sale');
});

test('a sale of an excluded kind earns nothing and is a visit all the same', async () => {
  const { type, typeAmount, state, addMember, till } = await open(POINTS);
  const anna = await addMember('+33612345678', '', 0);
  await type('5678');
  typeAmount('5000');
  state().setSaleType('Gift card');
  await state().act();
  expect(state().done?.event.data).toMatchObject({ grants: [], sale: { type: 'Gift card' } });
  expect(await till.database.cards.get(anna)).toMatchObject({ visits: 1, years: [{ spend: 5000 }] });
});

test('a new customer with an amount joins and earns in one motion', async () => {
  const { type, typeAmount, state, units, countEvents } = await open(POINTS, CLUB);
  const before = await countEvents();
  await type('0698765432');
  await vi.waitFor(() => expect(state().near).toEqual([]));
  counter.look();
  typeAmount('1250');
  await state().act();
  const { done } = state();
  expect(done?.event).toMatchObject({ type: 'enrolment', data: { visit: 1, sale: { amount: 1250 } } });
  expect(await countEvents()).toBe(before + 1);
  expect(await units(done?.member ?? expect.fail(), 'points')).toBe(12);
});

test('a new customer who buys nothing only joins, by one more Enter', async () => {
  const { type, state, look } = await open(POINTS);
  await type('0698765432');
  await vi.waitFor(() => expect(state().near).toEqual([]));
  look();
  await state().act();
  expect(state().sale.isAmountOpen).toBe(true);
  look();
  await state().act();
  expect(state().done?.event).toMatchObject({ type: 'enrolment', data: { visit: 0, grants: [] } });
});

test('where something is sold by the piece alone, Enter asks what it was', async () => {
  const { type, state, units, addMember } = await open(BAKERY);
  const anna = await addMember('+33612345678', '', 0);
  await type('5678');
  await state().act();
  expect(state().failure).toEqual({ code: 'sale-needed' });
  state().addThing({ item: 'Bread', category: 'Bakery' }, 1);
  state().addThing({ item: 'Cake', category: 'Bakery' }, 1);
  state().addThing({ item: 'Cake', category: 'Bakery' }, -1);
  expect(state().sale.lines).toEqual([{ item: 'Bread', category: 'Bakery', count: 1 }]);
  await state().act();
  expect(await units(anna, 'bakery')).toBe(1);
});

test('a shop without any program says so', async () => {
  const { type, state, addMember } = await open({ ...POINTS, isWithdrawn: true });
  await addMember('+33612345678', '', 0);
  await type('5678');
  await state().act();
  expect(state().failure).toEqual({ code: 'no-program' });
});

test('a pass alone makes a visit worth counting', async () => {
  const { type, state, addMember, till } = await open({ ...CLUB, earn: [] });
  const anna = await addMember('+33612345678', '', 0);
  await type('5678');
  await state().act();
  expect(await till.database.cards.get(anna)).toMatchObject({ visits: 1 });
});
