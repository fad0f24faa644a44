import { expect, test } from '../host.ts';
import { PER_EURO } from '../../fakes/program-parts.ts';
import { points, stamps } from './definitions.ts';
import { enrolRegular, openShop, TUESDAY_AT_TEN } from './shop.ts';

// See earning.spec.ts.

test.use(TUESDAY_AT_TEN);

test.describe('versions', () => {
  test('a card keeps its rules when the owner publishes others, and a withdrawn program gives what it owes', async ({
    app,
  }) => {
    const shop = await openShop(app, [stamps()]);
    await enrolRegular(shop);
    await shop.publish(
      stamps({
        unit: { kind: 'stamps', size: 3, icon: 'star' },
        rewards: [{ kind: 'free-item', id: 'final', at: 3, name: 'Free tea' }],
      }),
    );
    for (let times = 0; times < 4; times += 1) await shop.punch('5678');
    expect(await shop.balance()).toBe(5);
    await shop.withdraw();
    await shop.punch('5678');
    expect(await shop.balance()).toBe(5);
    await shop.redeem('5678', 'Free tea');
    expect(await shop.balance()).toBe(0);
  });

  test('what an owner exports, another shop imports', async ({ app }) => {
    const shop = await openShop(app, [stamps({ headStart: 2 })]);
    const file = await shop.exportProgram();
    expect(JSON.parse(file)).toMatchObject({ program: { name: 'Under test', headStart: 2 } });
    await shop.importFile(file.replaceAll('Under test', 'From next door'), 'copy');
    await shop.toCounter();
    await enrolRegular(shop);
    await shop.find('5678');
    await expect(shop.counter.match).toContainText('From next door');
  });
});

test.describe('limits', () => {
  test('per visit, per day and minutes between ask for a reason', async ({ app }) => {
    const shop = await openShop(app, [stamps({ limits: { perVisit: 2, perDay: 2, minutesBetween: 30 } })]);
    await enrolRegular(shop);
    await shop.find('5678');
    await shop.tryPunch();
    await expect(shop.limit).toContainText('30');
    await shop.passLimit();
    expect((await shop.last('visit')).data).toMatchObject({ overLimit: { limits: ['minutes-between'] } });
    await shop.at('2031-03-04T11:00:00');
    await shop.find('5678');
    await shop.tryPunch();
    await shop.passLimit();
    expect((await shop.last('visit')).data).toMatchObject({ overLimit: { limits: ['per-day'] } });
  });
});

test('a regular in a shop with four programs is five keys, and one undo takes all of it back', async ({
  app,
}) => {
  const shop = await openShop(app, [
    stamps({ id: 'a', name: 'Tea' }),
    points({ id: 'b', name: 'Points', earn: [{ kind: 'visit', id: 'visit', units: 3 }, PER_EURO] }),
    points({
      id: 'c',
      name: 'Club',
      earn: [{ kind: 'visit', id: 'visit', units: 1 }],
      tiers: { by: 'visits', levels: [{ id: 'gold', name: 'Gold', from: 2, percent: 200, note: '' }] },
    }),
  ]);
  await enrolRegular(shop);
  const before = shop.counter.presses;
  await shop.counter.type('5678');
  await expect(shop.counter.match).toBeVisible();
  await shop.counter.enter();
  expect(shop.counter.presses - before).toBe(5);
  const visit = await shop.last('visit');
  expect(new Set((visit.data.grants ?? []).map(({ program }) => program)).size).toBe(4);
  await shop.undo();
  expect(await shop.count('void')).toBe(1);
});
