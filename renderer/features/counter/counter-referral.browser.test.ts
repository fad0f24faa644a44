import { afterEach, describe, expect, test, vi } from 'vitest';
import { openLedger } from '#renderer/data/ledger.ts';
import { ensureTillIdentity } from '#renderer/data/till-identity.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { ok } from '#shared/lib/result.ts';
import { FRIENDS, openTestCounter, type TestCounter } from '#tests/fakes/test-counter.ts';

let counter: TestCounter;
afterEach(() => counter.till.database.delete());

async function open() {
  counter = await openTestCounter([(await openTestCounter()).till.program, FRIENDS]);
  return counter;
}

/** A whole new number, looked at. */
async function begin(text: string): Promise<void> {
  await counter.type(text);
  await vi.waitFor(() => expect(counter.state().near).toBeDefined());
  counter.look();
}

async function nameReferrer(text: string): Promise<void> {
  counter.state().typeBroughtBy(text);
  await vi.waitFor(() => expect(counter.state().broughtBy.answer).toBeDefined());
}

describe('a friend’s first visit', () => {
  test('rewards both sides in one commit, and one undo takes both back', async () => {
    const { state, units, addMember, countEvents, till } = await open();
    const anna = await addMember('+33612345678', 'Anna');
    const before = await countEvents();
    await begin('0698765432');
    await nameReferrer('5678');
    await state().act();
    const { done } = state();
    const friend = done?.member ?? expect.fail();
    const referral = (await till.database.events.toArray()).at(-1);
    expect(done?.event).toMatchObject({
      type: 'enrolment',
      data: { referredBy: anna, referral: referral?.id },
    });
    expect(referral).toMatchObject({
      type: 'referral',
      member: anna,
      data: { friend, visit: done?.event.id },
    });
    expect(await countEvents()).toBe(before + 2);
    expect([await units(friend, 'friends'), await units(anna, 'friends')]).toEqual([10, 20]);
    await state().undo();
    expect([await units(friend, 'friends'), await units(anna, 'friends')]).toEqual([0, 0]);
    expect(await till.database.cards.get(anna)).toMatchObject({ referrals: 0 });
    await state().undo();
    expect(state().failure).toEqual({ code: 'undo', refusal: 'nothing' });
  });

  test('pays also when it is later than joining, and only once', async () => {
    const { state, units, addMember, commands, till, type } = await open();
    const anna = await addMember('+33612345678', 'Anna');
    const friend = till.ids.memberId();
    await commands.enrol({
      id: till.ids.eventId(),
      member: friend,
      phone: '+33698765432' as never,
      name: 'Eve',
      visits: 0,
      referredBy: anna,
    });
    expect(await units(anna, 'friends')).toBe(0);
    for (const expected of [20, 20]) {
      await type('5432');
      await state().act();
      expect(await units(anna, 'friends')).toBe(expected);
    }
    expect(await units(friend, 'friends')).toBe(10);
  });

  test('pays by rules that another window has just published', async () => {
    counter = await openTestCounter();
    const { units, addMember, commands, till } = counter;
    const anna = await addMember('+33612345678', 'Anna');
    const friend = till.ids.memberId();
    await commands.enrol({
      id: till.ids.eventId(),
      member: friend,
      phone: '+33698765432' as never,
      name: 'Eve',
      visits: 0,
      referredBy: anna,
    });
    const identity = await ensureTillIdentity(till.database, till.ids);
    const other = await openLedger({ ...till, identity });
    const id = till.ids.eventId();
    await other.append<never>({
      id,
      decide: () =>
        ok({ draft: { id, type: 'program', staff: UNASSIGNED_STAFF, data: { program: FRIENDS } } }),
    });
    await commands.punch({ id: till.ids.eventId(), member: friend, count: 1 });
    expect([await units(friend, 'friends'), await units(anna, 'friends')]).toEqual([10, 20]);
  });

  test('shows the friend’s share before Enter, when it is known who brought them', async () => {
    const { state, addMember, commands, till, type } = await open();
    const anna = await addMember('+33612345678', 'Anna');
    await commands.enrol({
      id: till.ids.eventId(),
      member: till.ids.memberId(),
      phone: '+33698765432' as never,
      name: 'Eve',
      visits: 0,
      referredBy: anna,
    });
    await type('5432');
    await vi.waitFor(() => expect(state().background?.brought?.member).toBe(anna));
  });
});

describe('who brought the new member', () => {
  test('can’t be the new member', async () => {
    const { state, countEvents } = await open();
    const before = await countEvents();
    await begin('0698765432');
    await nameReferrer('06 98 76 54 32');
    await state().act();
    expect(state().failure).toEqual({ code: 'brought-by', reason: 'self' });
    expect(await countEvents()).toBe(before);
  });

  test('can’t be somebody nobody knows, nor somebody who is almost a member', async () => {
    const { state, countEvents, addMember } = await open();
    await addMember('+33612345678', 'Anna');
    const before = await countEvents();
    await begin('0698765432');
    await nameReferrer('0711223344');
    await state().act();
    expect(state().failure).toEqual({ code: 'brought-by', reason: 'unknown' });
    await nameReferrer('0612345679');
    expect(state().broughtBy.answer).toMatchObject({ kind: 'near', rows: [{ name: 'Anna' }] });
    await state().act();
    expect(state().failure).toEqual({ code: 'brought-by', reason: 'near' });
    expect(await countEvents()).toBe(before);
  });

  test('is chosen where several match', async () => {
    const { state, addMember } = await open();
    const anna = await addMember('+33612345678', 'Anna Smith');
    await addMember('+33612349999', 'Anna Müller');
    await begin('0698765432');
    await nameReferrer('anna');
    const { answer } = state().broughtBy;
    const row = answer?.kind === 'several' ? answer.rows.find(({ id }) => id === anna) : undefined;
    await state().chooseBroughtBy(row ?? expect.fail());
    await state().act();
    expect(state().done?.event.data).toMatchObject({ referredBy: anna });
  });

  test('who is still being looked for makes Enter wait', async () => {
    const { state, addMember, countEvents } = await open();
    await addMember('+33612345678', 'Anna');
    const before = await countEvents();
    await begin('0698765432');
    state().typeBroughtBy('5678');
    await state().act();
    expect(state().failure).toEqual({ code: 'too-fast' });
    expect(await countEvents()).toBe(before);
  });

  test('was undone meanwhile: said, and nobody joins', async () => {
    const { commands, till, countEvents } = await open();
    const before = await countEvents();
    const result = await commands.enrol({
      id: till.ids.eventId(),
      member: till.ids.memberId(),
      phone: '+33698765432' as never,
      name: '',
      visits: 1,
      referredBy: till.ids.memberId(),
    });
    expect(result).toMatchObject({ ok: false, error: { code: 'referrer-gone' } });
    expect(await countEvents()).toBe(before);
  });
});
