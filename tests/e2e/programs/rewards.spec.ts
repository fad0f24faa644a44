import { expect, test } from '../host.ts';
import { FIFTY, points, stamps } from './definitions.ts';
import { enrolRegular, NUMBER, openShop, TUESDAY_AT_TEN } from './shop.ts';

// See earning.spec.ts.

test.use(TUESDAY_AT_TEN);

test.describe('rewards', () => {
  test('a full card gives a free item and starts anew', async ({ app }) => {
    const shop = await openShop(app, [stamps({ earn: [{ kind: 'visit', id: 'visit', units: 5 }] })]);
    await enrolRegular(shop);
    await shop.redeem('5678', 'Free tea');
    expect(await shop.balance()).toBe(0);
    expect(await shop.count('redemption')).toBe(1);
  });

  test('a milestone is given before the card is full and costs nothing', async ({ app }) => {
    const shop = await openShop(app, [
      stamps({
        earn: [{ kind: 'visit', id: 'visit', units: 3 }],
        rewards: [
          { kind: 'free-item', id: 'cookie', at: 3, name: 'Cookie' },
          { kind: 'free-item', id: 'final', at: 5, name: 'Free tea' },
        ],
      }),
    ]);
    await enrolRegular(shop);
    await shop.redeem('5678', 'Cookie');
    expect(await shop.balance()).toBe(3);
  });

  test('an amount off is given for points', async ({ app }) => {
    const shop = await openShop(app, [
      points({
        ...FIFTY,
        rewards: [{ kind: 'amount-off', id: 'off', at: 30, name: '3 € off', amount: 300 }],
      }),
    ]);
    await enrolRegular(shop);
    await shop.redeem('5678', '3 € off');
    expect(await shop.balance()).toBe(20);
    expect((await shop.last('redemption')).data).toMatchObject({ cost: 30, amount: 300 });
  });

  test('a percentage off is given for points', async ({ app }) => {
    const shop = await openShop(app, [
      points({
        ...FIFTY,
        rewards: [
          { kind: 'percent-off', id: 'off', at: 30, name: 'Cakes day', percent: 20, category: 'Cakes' },
        ],
        items: [{ name: 'Tart', category: 'Cakes', price: 400 }],
      }),
    ]);
    await enrolRegular(shop);
    await shop.redeem('5678', 'Cakes day');
    expect(await shop.balance()).toBe(20);
  });

  test('members choose how many points to use', async ({ app }) => {
    const shop = await openShop(app, [
      points({
        ...FIFTY,
        rewards: [
          { kind: 'chosen-points', id: 'any', at: 10, name: 'Points as money', step: 10, amount: 50 },
        ],
      }),
    ]);
    await enrolRegular(shop);
    await shop.choosePoints('5678', 'Points as money', 40);
    expect(await shop.balance()).toBe(10);
    expect((await shop.last('redemption')).data).toMatchObject({ cost: 40, amount: 200 });
  });

  test('points are given to a charity', async ({ app }) => {
    const shop = await openShop(app, [
      points({
        ...FIFTY,
        rewards: [
          { kind: 'donation', id: 'boats', at: 50, name: 'Lifeboats', amount: 200, charity: 'Lifeboats' },
        ],
        badges: [{ kind: 'donation', id: 'giver', name: 'First gift', icon: 'heart' }],
      }),
    ]);
    await enrolRegular(shop);
    await shop.redeem('5678', 'Lifeboats');
    expect((await shop.last('redemption')).data).toMatchObject({ charity: 'Lifeboats', amount: 200 });
    await expect(shop.counter.done).toContainText('First gift');
  });

  test('a share of every amount goes to a charity', async ({ app }) => {
    const shop = await openShop(app, [
      points({ charity: { name: 'Lifeboats', basisPoints: 150, rounding: 'nearest' } }),
    ]);
    await enrolRegular(shop);
    await shop.sell('5678', { amount: '1250' });
    expect((await shop.last('visit')).data).toMatchObject({
      donations: [{ charity: 'Lifeboats', amount: 19 }],
    });
    await expect(shop.counter.done).toContainText('Lifeboats');
  });

  test('a birthday gift is given once a year, 29 February on the 28th', async ({ app }) => {
    const shop = await openShop(app, [
      points({
        rewards: [
          {
            kind: 'free-item',
            id: 'gift',
            at: 0,
            name: 'Birthday cake',
            birthday: { daysBefore: 0, daysAfter: 7 },
          },
        ],
      }),
    ]);
    await enrolRegular(shop);
    await shop.setBirthday(NUMBER, { day: '29', month: 'February', year: '2000' });
    expect(await shop.offers('5678', 'Birthday cake')).toBe(true);
    await shop.redeem('5678', 'Birthday cake');
    expect((await shop.last('redemption')).data).toMatchObject({ birthdayYear: 2031 });
    expect(await shop.offers('5678', 'Birthday cake')).toBe(false);
  });

  test('a reward waits only so many days', async ({ app }) => {
    const shop = await openShop(app, [
      stamps({
        earn: [{ kind: 'visit', id: 'visit', units: 5 }],
        rewards: [{ kind: 'free-item', id: 'final', at: 5, name: 'Free tea', expiresAfterDays: 14 }],
      }),
    ]);
    await enrolRegular(shop);
    await shop.at('2031-03-18T10:00:00');
    expect(await shop.offers('5678', 'Free tea')).toBe(true);
    await shop.at('2031-03-19T10:00:00');
    expect(await shop.offers('5678', 'Free tea')).toBe(false);
  });

  test('a reward with a cap is given so often and no more', async ({ app }) => {
    const shop = await openShop(app, [
      points({
        ...FIFTY,
        rewards: [{ kind: 'free-item', id: 'tea', at: 10, name: 'Tea', cap: { times: 1, per: 'day' } }],
      }),
    ]);
    await enrolRegular(shop);
    await shop.redeem('5678', 'Tea');
    expect(await shop.offers('5678', 'Tea')).toBe(false);
    await shop.at('2031-03-05T10:00:00');
    expect(await shop.offers('5678', 'Tea')).toBe(true);
  });

  test('a pass is sold and gives its benefits while it is valid', async ({ app }) => {
    const shop = await openShop(app, [
      points({
        earn: [],
        offers: [{ kind: 'pass', id: 'month', name: 'Monthly pass', price: 900, months: 1 }],
        rewards: [
          {
            kind: 'percent-off',
            id: 'off',
            at: 0,
            name: 'Pass price',
            percent: 10,
            category: null,
            needsPass: true,
          },
        ],
      }),
    ]);
    await enrolRegular(shop);
    expect(await shop.offers('5678', 'Pass price')).toBe(false);
    await shop.clear();
    await shop.more('5678', 'Monthly pass');
    expect((await shop.last('purchase')).data).toMatchObject({ price: 900, passUntil: '2031-04-04' });
    expect(await shop.offers('5678', 'Pass price')).toBe(true);
    await shop.at('2031-04-05T10:00:00');
    expect(await shop.offers('5678', 'Pass price')).toBe(false);
  });
});
