import { expect, test } from './host.ts';
import { ALWAYS, PER_EURO, points, stamps } from './programs/definitions.ts';
import { openShop, type Shop } from './programs/shop.ts';

// One journey at the counter for every kind of program: the rows of the table in docs/programs.md name these tests, and
// tests/scripts/programs-table.test.ts holds the two together. Every shop also runs the coffee card of the first run, so
// each kind is seen beside another one.

/** A Tuesday, at ten in the morning of the shop. */
test.use({ startAt: '2031-03-04T10:00:00', timezoneId: 'Europe/Paris' });

const NUMBER = '0612345678';

async function regular(shop: Shop): Promise<void> {
  await shop.enrol(NUMBER);
}

test.describe('earning', () => {
  test('a visit earns, with one Enter, in every program', async ({ app }) => {
    const shop = await openShop(app, [stamps()]);
    await regular(shop);
    await shop.punch('5678');
    expect(await shop.granted('visit')).toEqual({ visit: 1 });
    expect(await shop.balance()).toBe(2);
  });

  test('an amount earns points: 12.50 € are twelve', async ({ app }) => {
    const shop = await openShop(app, [points()]);
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
    await shop.sell('5678', { items: ['Loaf', 'Loaf'] });
    expect(await shop.granted('visit')).toEqual({ loaf: 4 });
  });

  test('a category earns for everything in it', async ({ app }) => {
    const shop = await openShop(app, [
      stamps({ earn: [{ kind: 'category', id: 'bread', category: 'Bread', units: 1 }], items: [loaf] }),
    ]);
    await regular(shop);
    await shop.sell('5678', { items: ['Loaf'] });
    expect(await shop.granted('visit')).toEqual({ bread: 1 });
  });

  test('an action earns as often a day as its cap allows, then asks for a reason', async ({ app }) => {
    const shop = await openShop(app, [
      points({ earn: [{ kind: 'action', id: 'cup', name: 'Returned cup', units: 5, perDay: 1 }] }),
    ]);
    await regular(shop);
    await shop.more('5678', 'Returned cup');
    expect(await shop.granted('action')).toEqual({ cup: 5 });
    await shop.openMore('5678', 'Returned cup');
    await expect(shop.limit).toContainText('once a day');
    await shop.passLimit();
    expect(await shop.count('action')).toBe(2);
  });

  test('joining gives a head start', async ({ app }) => {
    const shop = await openShop(app, [stamps({ headStart: 2 })]);
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
    await shop.at('2031-04-20T10:00:00');
    await shop.punch('5678');
    expect(await shop.granted('visit')).toEqual({ visit: 1, back: 10 });
  });
});

test.describe('rewards', () => {
  test('a full card gives a free item and starts anew', async ({ app }) => {
    const shop = await openShop(app, [stamps({ earn: [{ kind: 'visit', id: 'visit', units: 5 }] })]);
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
    await shop.redeem('5678', 'Lifeboats');
    expect((await shop.last('redemption')).data).toMatchObject({ charity: 'Lifeboats', amount: 200 });
    await expect(shop.counter.done).toContainText('First gift');
  });

  test('a share of every amount goes to a charity', async ({ app }) => {
    const shop = await openShop(app, [
      points({ charity: { name: 'Lifeboats', basisPoints: 150, rounding: 'nearest' } }),
    ]);
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
    expect(await shop.offers('5678', 'Pass price')).toBe(false);
    await shop.clear();
    await shop.more('5678', 'Monthly pass');
    expect((await shop.last('purchase')).data).toMatchObject({ price: 900, passUntil: '2031-04-04' });
    expect(await shop.offers('5678', 'Pass price')).toBe(true);
    await shop.at('2031-04-05T10:00:00');
    expect(await shop.offers('5678', 'Pass price')).toBe(false);
  });
});

test.describe('expiry', () => {
  test('units lapse so many months after they were earned, and the counter says so before', async ({
    app,
  }) => {
    const shop = await openShop(app, [points({ ...FIFTY, expiry: { kind: 'after-months', months: 2 } })]);
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
    await shop.sell('5678', { amount: '9900' });
    expect(await shop.offers('5678', 'Gold coffee')).toBe(false);
    await shop.clear();
    await shop.sell('5678', { amount: '100' });
    await shop.redeem('5678', 'Gold coffee');
    expect(await shop.balance()).toBe(100);
  });

  test('undoing the visit that raised a tier takes the tier back', async ({ app }) => {
    const shop = await openShop(app, [points({ tiers: { by: 'spend', levels: levels(10_000) } })]);
    await regular(shop);
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
    await regular(shop);
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
    await regular(shop);
    await shop.punch('5678');
    await expect(shop.counter.done).toContainText('Second visit');
    await shop.at('2031-03-11T10:00:00');
    await shop.punch('5678');
    await expect(shop.counter.done).toContainText('Two weeks running');
    await shop.openMember(NUMBER);
    await expect(shop.page.getByText('Two weeks running').first()).toBeVisible();
  });
});

test.describe('versions', () => {
  test('a card keeps its rules when the owner publishes others, and a withdrawn program gives what it owes', async ({
    app,
  }) => {
    const shop = await openShop(app, [stamps()]);
    await regular(shop);
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
    await regular(shop);
    await shop.find('5678');
    await expect(shop.counter.match).toContainText('From next door');
  });
});

test.describe('limits', () => {
  test('per visit, per day and minutes between ask for a reason', async ({ app }) => {
    const shop = await openShop(app, [stamps({ limits: { perVisit: 2, perDay: 2, minutesBetween: 30 } })]);
    await regular(shop);
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

test.describe('amounts of other money', () => {
  test('yen have no decimals, dinars have three, and eleven digits are refused', async ({ app }) => {
    const shop = await openShop(app, [points({ currency: 'JPY', earn: [{ ...PER_EURO, per: 100 }] })]);
    await regular(shop);
    await shop.sell('5678', { amount: '1250' });
    expect((await shop.last('visit')).data).toMatchObject({ sale: { amount: 1250 } });
    await shop.openAmount('5678');
    await shop.counter.type('99999999999');
    await expect(shop.page.getByText('That amount is too large')).toBeVisible();
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
  await regular(shop);
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

const loaf = { name: 'Loaf', category: 'Bread', price: 350 };
/** Fifty points for joining and coming. */
const FIFTY = { earn: [], headStart: 50 };
