import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findTillIdentity } from '#renderer/data/till-identity.ts';
import { DEFAULT_REDEEMING, type Redeeming } from '#shared/domain/redeeming.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { ok } from '#shared/lib/result.ts';
import { FakeSyncDesk, IDLE_STATUS, UNPAIRED_STATUS } from '#tests/fakes/fake-sync-desk.ts';
import { openTestCounter, type TestCounter } from '#tests/fakes/test-counter.ts';

/** A reward, asked about before it is handed over, with every answer that can come. */

let counter: TestCounter;
let desk: FakeSyncDesk;
let anna: MemberId;

beforeEach(async () => {
  desk = new FakeSyncDesk(IDLE_STATUS);
  counter = await openTestCounter(undefined, desk);
  anna = await counter.addMember('+33612345678', 'Anna', 0);
  await fillCard();
});
afterEach(() => counter.till.database.delete());

/** With the stamps of a paper card: nothing is asked about them. */
async function fillCard(): Promise<void> {
  const { commands, till } = counter;
  const filled = await commands.takeOverPaperCard({
    id: till.ids.eventId(),
    member: anna,
    program: 'coffee',
    stamps: 10,
  });
  if (!filled.ok) throw new Error(filled.error.code);
}

const events = async () =>
  (await counter.till.database.events.toArray()).map(({ type, data }) => ({ type, data })).slice(-2);
const typesAtTheEnd = async () => (await events()).map(({ type }) => type);

async function redeem(): Promise<void> {
  await counter.type('5678');
  await counter.state().redeem();
}

/** As the shop's own description says it on every till. */
async function choose(change: Partial<Redeeming>): Promise<void> {
  const { ids, ledger } = counter.till;
  const id = ids.eventId();
  const redeeming = { ...DEFAULT_REDEEMING, ...change };
  const data = { name: 'Corner', country: 'FR', language: 'fr', redeeming };
  await ledger.append({
    id,
    decide: () => ok({ draft: { id, type: 'shop', staff: UNASSIGNED_STAFF, data } }),
  });
}

const giveAgain = async () => {
  await fillCard();
  await redeem();
};

describe('online', () => {
  test('the shop’s order holds it: it is handed over', async () => {
    desk.redemptionAnswer = 'confirmed';
    await redeem();
    expect(counter.state()).toMatchObject({ isAsking: false, done: { event: { type: 'redemption' } } });
    expect(await counter.units(anna, 'coffee')).toBe(0);
  });

  test('another till was faster: said at once, taken back by itself, nothing is done twice', async () => {
    desk.redemptionAnswer = 'excess';
    await redeem();
    expect(counter.state()).toMatchObject({ failure: { code: 'already-redeemed' }, done: undefined });
    expect(await events()).toMatchObject([
      { type: 'redemption' },
      { type: 'void', data: { reason: 'already-redeemed' } },
    ]);
  });

  test('it was refused: said as what it is, taken back, whatever the rule for being offline', async () => {
    desk.redemptionAnswer = 'set-aside';
    await redeem();
    expect(counter.state()).toMatchObject({ failure: { code: 'set-aside' }, done: undefined });
    expect(await events()).toMatchObject([
      { type: 'redemption' },
      { type: 'void', data: { reason: 'set-aside' } },
    ]);
  });

  test('while the others are asked the screen says so', async () => {
    let answer: (said: 'confirmed') => void = () => undefined;
    desk.confirmRedemption = () => new Promise((resolve) => (answer = resolve));
    await counter.type('5678');
    const redeeming = counter.state().redeem();
    await expect.poll(() => counter.state().isAsking).toBe(true);
    expect(counter.state().done).toBeUndefined();
    answer('confirmed');
    await redeeming;
    expect(counter.state()).toMatchObject({ isAsking: false, done: { event: { type: 'redemption' } } });
  });
});

test('without an endpoint nobody is asked', async () => {
  desk.show(UNPAIRED_STATUS);
  desk.confirmRedemption = () => Promise.reject(new Error('asked'));
  await redeem();
  expect(counter.state().done?.event.type).toBe('redemption');
});

describe('offline', () => {
  test('by default it is handed over', async () => {
    await redeem();
    expect(counter.state().done?.event.type).toBe('redemption');
  });

  test('as often a day as the shop allows; then a manager is asked', async () => {
    await choose({ dailyCap: 1 });
    await redeem();
    expect(counter.state().dialog).toBeUndefined();
    await giveAgain();
    expect(counter.state().dialog).toMatchObject({ kind: 'approve', subject: { name: 'Anna' } });
  });

  test('what was taken back does not count towards that', async () => {
    await choose({ dailyCap: 1 });
    await redeem();
    await counter.state().undo();
    await redeem();
    expect(counter.state().dialog).toBeUndefined();
  });

  test('a manager says yes: noted, and told as the reward it is', async () => {
    await choose({ rule: 'manager-pin' });
    await redeem();
    expect(counter.state()).toMatchObject({ dialog: { kind: 'approve' }, done: undefined });
    // Forgotten at another till in this moment: the reward is on the card, and somebody has to decide.
    counter.state().forget(anna);
    expect(counter.state().dialog).toMatchObject({ kind: 'approve' });
    await Promise.all([counter.state().approve('We know her'), counter.state().approve('We know her')]);
    expect(await events()).toMatchObject([
      { type: 'redemption' },
      { type: 'approval', data: { reason: 'We know her' } },
    ]);
    expect(counter.state().done?.event.type).toBe('redemption');
    await counter.state().undo();
    expect(await counter.units(anna, 'coffee')).toBe(10);
  });

  test('a manager says no: taken back', async () => {
    await choose({ rule: 'manager-pin' });
    await redeem();
    await counter.state().decline();
    expect(await events()).toMatchObject([
      { type: 'redemption' },
      { type: 'void', data: { reason: 'not-approved' } },
    ]);
    expect(counter.state()).toMatchObject({ dialog: undefined, failure: { code: 'not-approved' } });
    expect(await counter.units(anna, 'coffee')).toBe(10);
  });

  test('the main till gives it, another one takes it back', async () => {
    const identity = await findTillIdentity(counter.till.database);
    await choose({ rule: 'main-till', mainTill: identity?.till ?? null });
    await redeem();
    expect(counter.state().done?.event.type).toBe('redemption');
    await choose({ rule: 'main-till', mainTill: 'another' });
    await giveAgain();
    expect(counter.state().failure).toEqual({ code: 'only-main-till' });
    expect(await typesAtTheEnd()).toEqual(['redemption', 'void']);
  });
});
