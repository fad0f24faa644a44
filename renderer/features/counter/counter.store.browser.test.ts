import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openTestStore, type TestStore } from '#tests/fakes/test-store.ts';
import { createMemoryLog } from '#renderer/platform/memory-log.ts';
import { ensureTillIdentity } from '#renderer/data/till-identity.ts';
import { balanceOf } from '#shared/domain/member-state.ts';
import { makePhoneRegion } from '#shared/domain/phone-number.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { MemberId, PhoneNumber } from '#shared/lib/brand.ts';
import { createCounterCommands } from './counter.commands.ts';
import { ENTER_GUARD_MS } from './counter-finder.ts';
import { createCounterStore, type CounterStore } from './counter.store.ts';
import { targetOf } from './counter-target.ts';

let till: TestStore;
let counter: CounterStore;
const members: MemberId[] = [];

beforeEach(async () => {
  till = await openTestStore();
  const { ids, ledger, clock, database, search } = till;
  const commands = createCounterCommands({ ledger, ids, staff: () => UNASSIGNED_STAFF });
  const identity = await ensureTillIdentity(database, ids);
  const store = { database, ledger, search, identity, region: () => makePhoneRegion('FR') };
  counter = createCounterStore({
    store,
    commands,
    clock,
    ids,
    log: createMemoryLog(clock),
    play: () => undefined,
  });
  members.length = 0;
  for (const [phone, name] of [
    ['+33612345678', 'Anna Smith'],
    ['+33612349999', 'Anna Müller'],
  ] as const) {
    const member = ids.memberId();
    members.push(member);
    await commands.enrol({ id: ids.eventId(), member, phone: phone as PhoneNumber, name, visits: 1 });
  }
});

afterEach(() => till.database.delete());

const state = () => counter.getState();
const target = () => targetOf(state());
const settle = () => vi.waitFor(() => expect(state().found?.text ?? '').toBe(state().text));
async function type(text: string): Promise<void> {
  state().type(text);
  await settle();
  till.clock.advance(ENTER_GUARD_MS + 1);
}
const stamps = async (index: number) =>
  (await till.database.cards.get(members[index] ?? ''))?.programs.reduce(
    (sum, program) => sum + balanceOf(program),
    0,
  );

describe('whoever is forgotten meanwhile', () => {
  const nobody = 'nobody' as MemberId;

  test('is gone from the screen, and nobody else is', async () => {
    await type('5678');
    state().forget(members[1] ?? nobody);
    expect(target()).toMatchObject({ kind: 'member', row: { name: 'Anna Smith' } });
    state().forget(members[0] ?? nobody);
    expect(state()).toMatchObject({ text: '', found: undefined, failure: { code: 'member-gone' } });
    await state().hold(members[1] ?? nobody);
    state().forget(members[1] ?? nobody);
    expect(state()).toMatchObject({ held: undefined, failure: { code: 'member-gone' } });
  });

  test('while a command runs: afterwards', async () => {
    await type('5678');
    const act = state().act();
    state().forget(members[0] ?? nobody);
    expect(state()).toMatchObject({ isBusy: true, failure: undefined });
    await act;
    expect(state()).toMatchObject({ isBusy: false, done: { name: 'Anna Smith' } });
  });
});

describe('Enter', () => {
  test('punches the one member left', async () => {
    await type('5678');
    await state().act();
    expect(state().done).toMatchObject({ name: 'Anna Smith' });
    expect(state().text).toBe('');
    expect(await stamps(0)).toBe(2);
  });

  test('pressed twice or three times at once counts once', async () => {
    await type('5678');
    await Promise.all([state().act(), state().act(), state().act()]);
    await state().act();
    expect(await stamps(0)).toBe(2);
  });

  test('right after the match changed does nothing', async () => {
    state().type('5678');
    await settle();
    await state().act();
    expect(await stamps(0)).toBe(1);
    till.clock.advance(ENTER_GUARD_MS);
    await state().act();
    expect(await stamps(0)).toBe(2);
  });

  test('while the answer to the last key is on its way does nothing', async () => {
    await type('5678');
    state().type('99');
    await state().act();
    expect(await stamps(0)).toBe(1);
  });

  test('with several matches does nothing until one is chosen', async () => {
    await type('anna');
    expect(target().kind).toBe('many');
    await state().act();
    state().move(1);
    await vi.waitFor(() => expect(state().held?.row.name).toBe('Anna Müller'));
    till.clock.advance(ENTER_GUARD_MS + 1);
    await state().act();
    expect(await stamps(1)).toBe(2);
    expect(await stamps(0)).toBe(1);
  });

  test('on a new number enrols with name, head start and first stamp', async () => {
    await type('0698765432');
    await vi.waitFor(() => expect(state().near).toEqual([]));
    till.clock.advance(ENTER_GUARD_MS + 1);
    state().typeName('Eve');
    await state().act();
    expect(state().done).toMatchObject({ name: 'Eve', event: { type: 'enrolment' } });
    expect(await till.database.members.where('phone').equals('+33698765432').count()).toBe(1);
  });

  test('on a number one slip away from a member asks once more', async () => {
    await type('0612345679');
    await vi.waitFor(() => expect(state().near).toHaveLength(1));
    await state().act();
    expect(await till.database.members.count()).toBe(2);
    till.clock.advance(ENTER_GUARD_MS + 1);
    await state().act();
    expect(await till.database.members.count()).toBe(3);
  });

  test('on nonsense does nothing', async () => {
    await type('☕️ <b>');
    await state().act();
    expect(state().done).toBeUndefined();
  });
});

describe('counting', () => {
  test('+ and digits say how many', async () => {
    await type('5678');
    state().setCount(2);
    state().countDigit('4');
    await state().act();
    expect(await stamps(0)).toBe(5);
  });

  test('over the limit asks for a reason, and the same intent then counts once', async () => {
    await type('5678');
    state().setCount(9);
    await state().act();
    expect(state().dialog).toMatchObject({ kind: 'limit', breaches: [{ limit: 'per-visit', allowed: 5 }] });
    expect(await stamps(0)).toBe(1);
    await Promise.all([state().actAnyway('office round'), state().actAnyway('office round')]);
    expect(await stamps(0)).toBe(10);
    expect(state().dialog).toBeUndefined();
  });
});

describe('undo', () => {
  test('takes back the last action, and pressing it again takes back nothing more', async () => {
    await type('5678');
    await state().act();
    await type('9999');
    await state().act();
    await state().undo();
    expect(await stamps(1)).toBe(1);
    await state().undo();
    expect(state().failure).toEqual({ code: 'undo', refusal: 'nothing' });
    expect(await stamps(0)).toBe(2);
  });

  test('of an enrolment takes the member away', async () => {
    await type('0698765432');
    await state().act();
    await state().undo();
    expect(await till.database.members.count()).toBe(2);
  });
});

describe('a scan', () => {
  test('takes the holder of the card in hand without punching, however often it is read', async () => {
    const { ids, ledger } = till;
    const commands = createCounterCommands({ ledger, ids, staff: () => UNASSIGNED_STAFF });
    const member = ids.memberId();
    members.push(member);
    await commands.enrol({ id: ids.eventId(), member, card: '4006381333931', name: 'Karl', visits: 1 });
    await state().scan('4006381333931');
    await state().scan('4006381333931');
    expect(state().held?.row.name).toBe('Karl');
    expect(await stamps(2)).toBe(1);
    till.clock.advance(ENTER_GUARD_MS + 1);
    await state().act();
    expect(await stamps(2)).toBe(2);
  });

  test('of an unknown card offers to make a member of its holder', async () => {
    await state().scan('ABCD-1234');
    expect(target()).toEqual({ kind: 'new-card', code: 'ABCD1234' });
    till.clock.advance(ENTER_GUARD_MS + 1);
    // It may be a product: the first Enter asks.
    await state().act();
    expect(await till.search.findByCard('abcd1234')).toBeUndefined();
    till.clock.advance(ENTER_GUARD_MS + 1);
    await state().act();
    expect((await till.search.findByCard('abcd1234'))?.card).toBe('ABCD1234');
  });
});

test('a paper card is taken over for the one just served', async () => {
  await type('5678');
  await state().act();
  await state().openMore();
  expect(state().dialog).toMatchObject({ kind: 'paper' });
  await Promise.all([state().takeOverPaper('coffee', 6), state().takeOverPaper('coffee', 6)]);
  expect(await stamps(0)).toBe(8);
});

test('a reward is redeemed and undone', async () => {
  await type('5678');
  state().setCount(5);
  await state().act();
  await type('5678');
  state().setCount(4);
  await state().act();
  await type('5678');
  await state().redeem();
  expect(state().done).toMatchObject({ reward: 'Free coffee' });
  expect(await stamps(0)).toBe(0);
  await state().undo();
  expect(await stamps(0)).toBe(10);
});

test('a store that closed under us opens again, and the stamp counts once', async () => {
  await type('5678');
  till.database.backendDB().close();
  await state().act();
  expect(state().done).toMatchObject({ name: 'Anna Smith' });
  expect(await stamps(0)).toBe(2);
});

describe('what is on its way is nobody’s', () => {
  test('arrow then Enter at once never stamps the member who was in hand before', async () => {
    await type('anna');
    state().move(1);
    await vi.waitFor(() => expect(state().held).toBeDefined());
    const first = state().held?.row.id;
    till.clock.advance(ENTER_GUARD_MS + 1);
    state().move(1);
    await state().act();
    expect(await stamps(0)).toBe(1);
    expect(await stamps(1)).toBe(1);
    await vi.waitFor(() => expect(state().held?.row.id).not.toBe(first));
  });

  test('two fast arrows move two rows', async () => {
    await type('anna');
    state().move(1);
    state().move(1);
    await vi.waitFor(() => expect(state().held?.row.name).toBe('Anna Smith'));
  });

  test('a member pressed on the list does not overwrite the number typed since', async () => {
    await type('anna');
    const pressed = state().hold(members[0] as MemberId);
    state().type('9999');
    await pressed;
    await settle();
    expect(state().held).toBeUndefined();
    expect(target()).toMatchObject({ kind: 'member', row: { name: 'Anna Müller' } });
  });

  test('a reward is not redeemed for whom the old digits meant', async () => {
    await type('5678');
    state().setCount(5);
    await state().act();
    await type('5678');
    state().setCount(4);
    await state().act();
    await type('5678');
    state().type('56789');
    await state().redeem();
    expect(await stamps(0)).toBe(10);
    expect(state().failure).toEqual({ code: 'too-fast' });
  });
});

describe('while a stamp is being kept', () => {
  test('the next customer can be typed, and is not wiped when it is done', async () => {
    await type('5678');
    const first = state().act();
    state().type('9999');
    await first;
    await settle();
    expect(state().text).toBe('9999');
    expect(target()).toMatchObject({ kind: 'member', row: { name: 'Anna Müller' } });
    expect(await stamps(0)).toBe(2);
  });

  test('a scanned card waits for its turn', async () => {
    const { ids, ledger } = till;
    const commands = createCounterCommands({ ledger, ids, staff: () => UNASSIGNED_STAFF });
    await commands.enrol({
      id: ids.eventId(),
      member: ids.memberId(),
      card: '4006381333931',
      name: 'Karl',
      visits: 1,
    });
    await type('5678');
    const first = state().act();
    await state().scan('4006381333931');
    await first;
    await vi.waitFor(() => expect(state().held?.row.name).toBe('Karl'));
  });

  test('closing the dialog does not let the same paper card be taken over twice', async () => {
    await type('5678');
    await state().act();
    await state().openMore();
    const first = state().takeOverPaper('coffee', 6);
    state().closeDialog();
    await state().openMore();
    await first;
    expect(await stamps(0)).toBe(8);
    expect(state().isBusy).toBe(false);
  });
});

describe('limits and mistakes', () => {
  test('joining passes no limit without a reason, and the reason is an exception', async () => {
    await type('0698765432');
    state().setCount(9);
    await state().act();
    expect(state().dialog).toMatchObject({ kind: 'limit' });
    expect(await till.database.members.count()).toBe(2);
    await state().actAnyway('office round');
    expect(state().done?.after.exceptions).toMatchObject([{ kind: 'over-limit' }]);
  });

  test('a refused punch leaves everything as it was typed', async () => {
    await type('5678');
    state().setCount(9);
    await state().act();
    state().closeDialog();
    expect(state()).toMatchObject({ text: '5678', count: 9 });
  });

  test('a clock set back does not make Enter dead', async () => {
    await type('5678');
    till.clock.advance(-60_000);
    await state().act();
    expect(await stamps(0)).toBe(2);
  });

  test('undo takes back what the screen shows, also when another window acted since', async () => {
    await type('5678');
    await state().act();
    const { ids, ledger } = till;
    const other = createCounterCommands({ ledger, ids, staff: () => UNASSIGNED_STAFF });
    await other.punch({ id: ids.eventId(), member: members[1] as MemberId, count: 1 });
    await state().undo();
    expect(await stamps(0)).toBe(1);
    expect(await stamps(1)).toBe(2);
  });
});
