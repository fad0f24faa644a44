import { expect, test } from '../host.ts';
import { ALWAYS, PER_EURO } from '../../fakes/program-parts.ts';
import { loaf, points, stamps } from './definitions.ts';
import { enrolRegular, NUMBER, openShop, TUESDAY_AT_TEN } from './shop.ts';

// Journeys at the counter for every kind of program: the rows of the table in docs/programs.md name the tests of these files,
// and tests/scripts/programs-table.test.ts holds the two together. Every shop also runs the coffee card of the first run, so
// each kind is seen beside another one.

test.use(TUESDAY_AT_TEN);

test.describe('earning', () => {
  test('a visit earns, with one Enter, in every program', async ({ app }) => {
    const shop = await openShop(app, [stamps()]);
    await enrolRegular(shop);
    await shop.punch('5678');
    expect(await shop.granted('visit')).toEqual({ visit: 1 });
    expect(await shop.balance()).toBe(2);
  });

  test('an amount earns points: 12.50 € are twelve', async ({ app }) => {
    const shop = await openShop(app, [points()]);
    await enrolRegular(shop);
    await shop.sell('5678', { amount: '1250' });
    expect(await shop.granted('visit')).toEqual({ amount: 12 });
    await expect(shop.counter.done).toContainText('12');
  });

  test('an amount under the minimum earns nothing, and excluded items and sales do not count', async ({
    app,
  }) => {
    const shop = await openShop(app, [
      points({
        earn: [{ ...PER_EURO, minimum: 500, excludedItems: ['Stamps'], excludedSales: ['Gift card'] }],
        items: [{ name: 'Stamps', category: null, price: 300 }],
      }),
    ]);
    await enrolRegular(shop);
    await shop.sell('5678', { amount: '499' });
    expect(await shop.granted('visit')).toEqual({});
    await shop.sell('5678', { amount: '1000', items: ['Stamps'] });
    expect(await shop.granted('visit')).toEqual({ amount: 7 });
    await shop.sell('5678', { amount: '1000', saleType: 'Gift card' });
    expect(await shop.granted('visit')).toEqual({});
  });

  test('an item earns for each piece', async ({ app }) => {
    const shop = await openShop(app, [
      stamps({ earn: [{ kind: 'item', id: 'loaf', item: 'Loaf', units: 2 }], items: [loaf] }),
    ]);
    await enrolRegular(shop);
    await shop.sell('5678', { items: ['Loaf', 'Loaf'] });
    expect(await shop.granted('visit')).toEqual({ loaf: 4 });
  });

  test('a category earns for everything in it', async ({ app }) => {
    const shop = await openShop(app, [
      stamps({ earn: [{ kind: 'category', id: 'bread', category: 'Bread', units: 1 }], items: [loaf] }),
    ]);
    await enrolRegular(shop);
    await shop.sell('5678', { items: ['Loaf'] });
    expect(await shop.granted('visit')).toEqual({ bread: 1 });
  });

  test('an action earns as often a day as its cap allows, then asks for a reason', async ({ app }) => {
    const shop = await openShop(app, [
      points({ earn: [{ kind: 'action', id: 'cup', name: 'Returned cup', units: 5, perDay: 1 }] }),
    ]);
    await enrolRegular(shop);
    await shop.more('5678', 'Returned cup');
    expect(await shop.granted('action')).toEqual({ cup: 5 });
    await shop.openMore('5678', 'Returned cup');
    await expect(shop.limit).toContainText('once a day');
    await shop.passLimit();
    expect(await shop.count('action')).toBe(2);
  });

  test('joining gives a head start', async ({ app }) => {
    const shop = await openShop(app, [stamps({ headStart: 2 })]);
    await enrolRegular(shop);
    expect(await shop.granted('enrolment')).toEqual({ joining: 2, visit: 1 });
  });

  test('a friend’s first visit pays both sides, and one undo takes both back', async ({ app }) => {
    const shop = await openShop(app, [
      points({
        earn: [
          { kind: 'visit', id: 'visit', units: 1 },
          { kind: 'referral', id: 'friend', units: 20, friendUnits: 10, cap: null },
        ],
      }),
    ]);
    await enrolRegular(shop);
    await shop.enrolFriend('0687654321', { broughtBy: NUMBER });
    expect(await shop.granted('enrolment')).toEqual({ visit: 1, friend: 10 });
    expect(await shop.granted('referral')).toEqual({ friend: 20 });
    expect(await shop.balance(NUMBER)).toBe(21);
    await shop.undo();
    expect(await shop.balance(NUMBER)).toBe(1);
    expect(await shop.count('void')).toBe(2);
  });

  test('nobody brings themselves', async ({ app }) => {
    const shop = await openShop(app, [
      points({ earn: [{ kind: 'referral', id: 'friend', units: 20, friendUnits: 10, cap: null }] }),
    ]);
    await shop.typeFriend('0687654321', { broughtBy: '0687654321' });
    await expect(shop.page.getByText('Nobody can bring themselves')).toBeVisible();
    expect(await shop.count('enrolment')).toBe(0);
  });

  test('a prepaid card is sold and used', async ({ app }) => {
    const shop = await openShop(app, [
      points({
        earn: [],
        offers: [{ kind: 'prepaid', id: 'ten', name: 'Ten coffees', price: 2500, units: 10 }],
        rewards: [{ kind: 'free-item', id: 'one', at: 1, name: 'Prepaid coffee' }],
      }),
    ]);
    await enrolRegular(shop);
    await shop.more('5678', 'Ten coffees');
    expect(await shop.balance()).toBe(10);
    await shop.redeem('5678', 'Prepaid coffee');
    expect(await shop.balance()).toBe(9);
  });
});

test.describe('promotions', () => {
  const tuesday = {
    kind: 'multiplier' as const,
    id: 'tuesday',
    name: 'Double Tuesday',
    percent: 200,
    window: { ...ALWAYS, weekdays: [2], from: '14:00', until: '16:00' },
  };

  test('stamps count double on Tuesday afternoon and at no other time', async ({ app }) => {
    const shop = await openShop(app, [stamps({ promotions: [tuesday] })]);
    await enrolRegular(shop);
    await shop.at('2031-03-04T13:58:00+01:00');
    await shop.punch('5678');
    expect(await shop.granted('visit')).toEqual({ visit: 1 });
    await shop.at('2031-03-04T14:00:00+01:00');
    await shop.punch('5678');
    expect(await shop.granted('visit')).toEqual({ visit: 1, tuesday: 1 });
    await expect(shop.counter.done).toContainText('Double Tuesday');
  });

  test('an item of the week gives a bonus', async ({ app }) => {
    const shop = await openShop(app, [
      stamps({
        items: [loaf],
        promotions: [
          { kind: 'item-bonus', id: 'week', name: 'Loaf week', item: 'Loaf', units: 3, window: ALWAYS },
        ],
      }),
    ]);
    await enrolRegular(shop);
    await shop.sell('5678', { items: ['Loaf'] });
    expect(await shop.granted('visit')).toEqual({ visit: 1, week: 3 });
  });

  test('somebody who stayed away for weeks is won back', async ({ app }) => {
    const shop = await openShop(app, [
      points({
        earn: [{ kind: 'visit', id: 'visit', units: 1 }],
        promotions: [{ kind: 'win-back', id: 'back', name: 'Welcome back', weeks: 6, units: 10 }],
      }),
    ]);
    await enrolRegular(shop);
    await shop.at('2031-04-20T10:00:00');
    await shop.punch('5678');
    expect(await shop.granted('visit')).toEqual({ visit: 1, back: 10 });
  });
});

test.describe('amounts of other money', () => {
  test('yen have no decimals, dinars have three, and eleven digits are refused', async ({ app }) => {
    const shop = await openShop(app, [points({ currency: 'JPY', earn: [{ ...PER_EURO, per: 100 }] })]);
    await enrolRegular(shop);
    await shop.sell('5678', { amount: '1250' });
    expect((await shop.last('visit')).data).toMatchObject({ sale: { amount: 1250 } });
    await shop.openAmount('5678');
    await shop.counter.type('99999999999');
    await expect(shop.page.getByText('That amount is too large')).toBeVisible();
  });
});
