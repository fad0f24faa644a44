import { afterEach, describe, expect, test } from 'vitest';
import { CLUB, openTestCounter, type TestCounter } from '#tests/fakes/test-counter.ts';

let counter: TestCounter;
afterEach(() => counter.till.database.delete());

async function openMore() {
  counter = await openTestCounter([CLUB]);
  const member = await counter.addMember('+33612345678', 'Anna', 0);
  return { member, again };
}
async function again(): Promise<void> {
  await counter.type('5678');
  await counter.state().openMore();
}

describe('/', () => {
  test('opens the paper card at once where there is nothing else', async () => {
    counter = await openTestCounter();
    await counter.addMember('+33612345678');
    await again();
    expect(counter.state().dialog?.kind).toBe('paper');
  });

  test('opens a list where there is more, also for the one just served', async () => {
    await openMore();
    await again();
    expect(counter.state().dialog?.kind).toBe('more');
    counter.state().closeDialog();
    await counter.state().act();
    await counter.state().openMore();
    expect(counter.state().dialog).toMatchObject({ kind: 'more', held: { row: { name: 'Anna' } } });
    counter.state().openPaper();
    expect(counter.state().dialog?.kind).toBe('paper');
  });
});

describe('something done that is no purchase', () => {
  test('counts once however often it is pressed, and is undone by one key', async () => {
    const { member } = await openMore();
    await again();
    const { state, units } = counter;
    await Promise.all([state().doAction('club', 'cup'), state().doAction('club', 'cup')]);
    expect(state().done?.event).toMatchObject({ type: 'action', data: { action: 'cup' } });
    expect(await units(member, 'club')).toBe(5);
    await state().undo();
    expect(await units(member, 'club')).toBe(0);
  });

  test('beyond its daily limit asks for a reason, and then is an exception', async () => {
    const { member } = await openMore();
    const { state, units } = counter;
    for (let times = 0; times < 3; times += 1) {
      await again();
      await state().doAction('club', 'cup');
    }
    expect(state().dialog).toMatchObject({
      kind: 'limit',
      breaches: [{ limit: 'action-per-day', allowed: 2 }],
    });
    expect(await units(member, 'club')).toBe(10);
    await Promise.all([state().actAnyway('a whole crate'), state().actAnyway('a whole crate')]);
    expect(await units(member, 'club')).toBe(15);
    expect(state().done?.after.exceptions).toMatchObject([{ kind: 'over-limit' }]);
  });
});

describe('a pass', () => {
  test('is sold at its price, gives its perk, and is undone by one key', async () => {
    const { member } = await openMore();
    await again();
    const { state, till, type } = counter;
    await Promise.all([state().sell('club', 'pass'), state().sell('club', 'pass')]);
    expect(state().done?.event).toMatchObject({
      type: 'purchase',
      data: { offer: 'pass', price: 3000, currency: 'EUR', passUntil: '2027-01-05', grants: [] },
    });
    await type('5678');
    await state().redeem();
    expect(state().done?.event.data).toMatchObject({ reward: 'perk' });
    await state().undo();
    const sale = (await till.database.events.toArray()).find(({ type: kind }) => kind === 'purchase');
    await counter.commands.undo({
      id: till.ids.eventId(),
      member,
      target: sale?.id ?? expect.fail(),
    });
    expect(await till.database.cards.get(member)).toMatchObject({ programs: [] });
  });

  test('bought before the old one ends begins where that one ends', async () => {
    await openMore();
    for (let times = 0; times < 2; times += 1) {
      await again();
      await counter.state().sell('club', 'pass');
    }
    expect(counter.state().done?.event.data).toMatchObject({ passUntil: '2028-01-05' });
  });
});

test('units bought in advance are there at once', async () => {
  const { member } = await openMore();
  await again();
  await counter.state().sell('club', 'ten');
  expect(counter.state().done?.event.data).toMatchObject({
    price: 2500,
    grants: [{ rule: 'ten', units: 500 }],
  });
  expect(await counter.units(member, 'club')).toBe(500);
});

test('what is no longer sold is refused in words', async () => {
  await openMore();
  await again();
  await counter.state().sell('club', 'gone');
  expect(counter.state().failure).toEqual({ code: 'not-sold' });
});
