import { expect, test } from '../host.ts';
import { FIFTY, points, stamps } from './definitions.ts';
import { enrolRegular, NUMBER, openShop, TUESDAY_AT_TEN } from './shop.ts';

// See earning.spec.ts.

test.use(TUESDAY_AT_TEN);

test.describe('expiry', () => {
  test('units lapse so many months after they were earned, and the counter says so before', async ({
    app,
  }) => {
    const shop = await openShop(app, [points({ ...FIFTY, expiry: { kind: 'after-months', months: 2 } })]);
    await enrolRegular(shop);
    await shop.at('2031-04-22T10:00:00');
    await shop.find('5678');
    await expect(shop.counter.match).toContainText('12 days');
    await shop.at('2031-05-04T10:00:00');
    expect(await shop.offers('5678', 'Cake')).toBe(true);
    await shop.at('2031-05-05T10:00:00');
    expect(await shop.offers('5678', 'Cake')).toBe(false);
    await shop.openMember(NUMBER);
    await expect(shop.page.getByText(/50 points expired/)).toBeVisible();
  });

  test('a visit keeps units alive where they last from the last visit', async ({ app }) => {
    const shop = await openShop(app, [
      stamps({
        earn: [{ kind: 'visit', id: 'visit', units: 1 }],
        expiry: { kind: 'after-last-visit', months: 1 },
      }),
    ]);
    await enrolRegular(shop);
    await shop.at('2031-04-01T10:00:00');
    await shop.punch('5678');
    await shop.at('2031-04-30T10:00:00');
    await shop.punch('5678');
    expect(await shop.balance()).toBe(3);
    await shop.at('2031-06-15T10:00:00');
    await shop.punch('5678');
    expect(await shop.balance()).toBe(1);
  });

  test('units lapse at the end of the year', async ({ app }) => {
    const shop = await openShop(app, [points({ ...FIFTY, expiry: { kind: 'end-of-year', years: 0 } })]);
    await enrolRegular(shop);
    await shop.at('2031-12-31T10:00:00');
    expect(await shop.offers('5678', 'Cake')).toBe(true);
    await shop.at('2032-01-01T10:00:00');
    expect(await shop.offers('5678', 'Cake')).toBe(false);
  });
});

test.describe('tiers', () => {
  const levels = (gold: number) => [
    { id: 'silver', name: 'Silver', from: 1, percent: 100, note: '' },
    { id: 'gold', name: 'Gold', from: gold, percent: 150, note: 'Offer the new roast' },
  ];

  test('spend raises a tier at once, the tier earns more, and the year’s end takes it down', async ({
    app,
  }) => {
    const shop = await openShop(app, [points({ tiers: { by: 'spend', levels: levels(10_000) } })]);
    await enrolRegular(shop);
    await shop.sell('5678', { amount: '10000' });
    expect(await shop.granted('visit')).toEqual({ amount: 100 });
    await expect(shop.counter.done).toContainText('Gold');
    await shop.find('5678');
    await expect(shop.counter.match).toContainText('Offer the new roast');
    await shop.sell('5678', { amount: '1000' });
    expect(await shop.granted('visit')).toEqual({ amount: 10, 'tier:gold': 5 });
    await shop.at('2032-12-31T10:00:00');
    await shop.find('5678');
    await expect(shop.counter.match).toContainText('Gold');
    await shop.at('2033-01-01T10:00:00');
    await shop.clear();
    await shop.find('5678');
    await expect(shop.counter.match).not.toContainText('Offer the new roast');
  });

  test('visits raise a tier', async ({ app }) => {
    const shop = await openShop(app, [stamps({ tiers: { by: 'visits', levels: levels(3) } })]);
    await enrolRegular(shop);
    await shop.punch('5678');
    await shop.punch('5678');
    await shop.find('5678');
    await expect(shop.counter.match).toContainText('Gold');
  });

  test('points raise a tier, and a reward only for the tier appears', async ({ app }) => {
    const shop = await openShop(app, [
      points({
        tiers: { by: 'units', levels: levels(100) },
        rewards: [
          { kind: 'free-item', id: 'cake', at: 500, name: 'Cake' },
          {
            kind: 'free-item',
            id: 'vip',
            at: 0,
            name: 'Gold coffee',
            tier: 'gold',
            cap: { times: 1, per: 'day' },
          },
        ],
      }),
    ]);
    await enrolRegular(shop);
    await shop.sell('5678', { amount: '9900' });
    expect(await shop.offers('5678', 'Gold coffee')).toBe(false);
    await shop.clear();
    await shop.sell('5678', { amount: '100' });
    await shop.redeem('5678', 'Gold coffee');
    expect(await shop.balance()).toBe(100);
  });

  test('undoing the visit that raised a tier takes the tier back', async ({ app }) => {
    const shop = await openShop(app, [points({ tiers: { by: 'spend', levels: levels(10_000) } })]);
    await enrolRegular(shop);
    await shop.sell('5678', { amount: '10000' });
    await shop.undo();
    await shop.find('5678');
    await expect(shop.counter.match).not.toContainText('Offer the new roast');
    expect(await shop.balance()).toBe(0);
  });
});

test.describe('game', () => {
  test('after a stamp the next reward is said, and the progress is seen', async ({ app }) => {
    const shop = await openShop(app, [
      points({
        ...FIFTY,
        earn: [{ kind: 'visit', id: 'visit', units: 1 }],
        rewards: [{ kind: 'free-item', id: 'cake', at: 80, name: 'Cake' }],
      }),
    ]);
    await enrolRegular(shop);
    await expect(shop.counter.done).toContainText('29 to go: Cake');
    await expect(shop.counter.done.locator('[class*=bar]').first()).toBeVisible();
  });

  test('badges for visits and for weeks in a row', async ({ app }) => {
    const shop = await openShop(app, [
      stamps({
        badges: [
          { kind: 'visits', id: 'two', name: 'Second visit', icon: 'star', visits: 2 },
          { kind: 'streak', id: 'weeks', name: 'Two weeks running', icon: 'heart', weeks: 2 },
        ],
      }),
    ]);
    await enrolRegular(shop);
    await shop.punch('5678');
    await expect(shop.counter.done).toContainText('Second visit');
    await shop.at('2031-03-11T10:00:00');
    await shop.punch('5678');
    await expect(shop.counter.done).toContainText('Two weeks running');
    await shop.openMember(NUMBER);
    await expect(shop.page.getByText('Two weeks running').first()).toBeVisible();
  });
});
