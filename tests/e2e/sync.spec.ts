import { test as base } from '@playwright/test';
import { expect } from './host.ts';
import { SetupPage } from './pages/setup-page.ts';
import { BadNetwork, FAULTS } from './sync/bad-network.ts';
import { EndpointProcess } from './sync/endpoint-process.ts';
import { Till, type StoredEvent } from './sync/till.ts';

// Three browsers are three tills of one shop; between them and a real endpoint stands a network that does everything wrong.
// In the middle of it the endpoint is killed and comes back from an old backup on another folder.

const DAY_MS = 24 * 60 * 60 * 1000;
const OPENS_AT = Date.UTC(2027, 2, 1, 9, 0);
const ANNA = '0612345678';
/** Who joins at two tills that do not know of each other. */
const TWICE = '0687654321';
const CARD = 10;
/** Stamps of the coffee card on joining. */
const HEAD_START = 2;

interface Shop {
  readonly endpoint: EndpointProcess;
  readonly network: BadNetwork;
  readonly tills: readonly [Till, Till, Till];
}

const test = base.extend<{ shop: Shop }>({
  shop: [
    async ({}, use) => {
      const endpoint = await EndpointProcess.create(process.env['TENPUNCH_E2E_ORIGIN'] ?? '');
      await endpoint.start();
      const network = await BadNetwork.open(() => endpoint.at);
      const opened: Till[] = [];
      const open = async (name: string): Promise<Till> => {
        const till = await Till.open(name, new Date(OPENS_AT).toISOString());
        opened.push(till);
        return till;
      };
      try {
        const tills = [await open('Front'), await open('Garden'), await open('Market')] as const;
        await use({ endpoint, network, tills });
        for (const { uncaught } of tills) expect(uncaught).toEqual([]);
      } finally {
        for (const till of opened) await till.close();
        await network.close();
        await endpoint.close();
      }
      // Three browsers and a server of its own.
    },
    { timeout: 120_000 },
  ],
});

/** The first till sets the shop up, the others join it. */
async function openShop({ endpoint, network, tills: [front, garden, market] }: Shop): Promise<void> {
  await new SetupPage(front.page).finish({ shop: 'Café Luna', country: 'France' });
  await front.pairFirst(network.address, await endpoint.createShop());
  for (const till of [garden, market]) await till.join(await front.invite());
  await front.toCounter();
}

/**
 * Until nothing waits anywhere and another round changes nothing: what a till hears of may make it say something itself, as
 * that two members are one.
 */
async function settle(tills: readonly Till[], done: ReadonlySet<string> = new Set()): Promise<void> {
  let before = -1;
  await expect(async () => {
    for (const till of tills) await till.syncFully();
    const held = await Promise.all(tills.map((till) => till.events()));
    const ids = new Set(held.flat().map(({ id }) => id));
    const isQuiet = ids.size === before;
    before = ids.size;
    expect([...done].filter((id) => !ids.has(id))).toEqual([]);
    expect(held.map(({ length }) => length)).toEqual(tills.map(() => ids.size));
    expect(held.flat().filter(({ g }) => g === undefined)).toEqual([]);
    expect(isQuiet).toBe(true);
  }).toPass({ timeout: 180_000 });
}

const countOf = (events: readonly StoredEvent[], type: string): number =>
  events.filter((event) => event.type === type).length;

async function expectEqual(tills: readonly Till[]): Promise<void> {
  const [first, ...others] = await Promise.all(tills.map((till) => till.projections()));
  for (const other of others) expect(other).toBe(first);
}

test('a stamp of one till is seen at the others, and an offer redeemed once is gone everywhere', async ({
  shop,
}) => {
  test.setTimeout(180_000);
  const [front, garden, market] = shop.tills;
  await openShop(shop);
  await front.enrol(ANNA);
  await expect(async () => garden.find('5678')).toPass({ timeout: 15_000 });
  await garden.stamp('5678');
  await expect(async () => {
    await market.find('5678');
    await expect(market.counter.match).toContainText(`${HEAD_START + 2} / ${CARD}`, { timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await settle(shop.tills);
  await expectEqual(shop.tills);
});

test('three tills through weeks without a network, storms, a killed and an old endpoint: one truth', async ({
  shop,
}) => {
  test.setTimeout(600_000);
  const { endpoint, network, tills } = shop;
  const [front, garden, market] = tills;
  await openShop(shop);
  await front.enrol(ANNA);
  for (let stamps = HEAD_START + 1; stamps < CARD - 1; stamps += 1) await front.stamp('5678');
  for (const till of tills) await till.syncFully();
  const backup = await endpoint.backUp();
  for (const till of tills) await till.toCounter();

  const done = new Set<string>();
  const note = (id: string) => void done.add(id);

  // Weeks without a network: everybody goes on, on clocks of their own.
  network.weather = 'down';
  for (let day = 1; day <= 21; day += 5) {
    for (const [index, till] of tills.entries()) {
      await till.at(new Date(OPENS_AT + day * DAY_MS + index * 60_000));
      note(await till.enrol(`07${String(day).padStart(2, '0')}${index}00${String(100 + day)}`));
    }
  }
  // One number joins at two tills.
  note(await garden.enrol(TWICE));
  note(await market.enrol(TWICE));
  note(await market.stamp('4321'));
  // The last stamp and the reward of one card, at two tills.
  for (const till of [front, garden]) {
    note(await till.stamp('5678'));
    note(await till.redeem('5678'));
  }
  note(await market.stamp('5678'));
  note(await market.counter.key('-'));

  // The network is back and does everything wrong; in the middle of it the endpoint dies and an old backup takes its place.
  network.weather = 'storm';
  await Promise.all(tills.map((till) => till.goTo('/sync')));
  await expect(async () => {
    for (const till of tills) await till.page.getByRole('button', { name: 'Sync now' }).click();
    expect(network.seen.size).toBeGreaterThanOrEqual(FAULTS.length - 1);
  }).toPass({ timeout: 120_000, intervals: [500] });
  await endpoint.kill();
  await endpoint.restore(backup);
  await endpoint.start();
  await front.toCounter();
  note(await front.stamp('5678'));
  network.weather = 'fine';
  await settle(tills, done);

  const held = await Promise.all(tills.map((till) => till.events()));
  for (const events of held) {
    const ids = events.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...done].filter((id) => !ids.includes(id))).toEqual([]);
    // Every one of them has a place, and no place has two.
    expect(events.map(({ g }) => g).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(
      events.map((_, at) => at + 1),
    );
    expect(countOf(events, 'redemption')).toBe(2);
  }
  await expectEqual(tills);
  // Two rewards for one full card: exactly one of them is told to a manager, on every till.
  const cards = await Promise.all(tills.map((till) => till.cards()));
  for (const rows of cards) {
    expect(rows.flatMap(({ exceptions }) => exceptions).map(({ kind }) => kind)).toEqual([
      'excess-redemption',
    ]);
  }
  // Whoever joined twice is one person with the visits of both, and was welcomed once.
  for (const till of tills) {
    await till.toCounter();
    await till.find('4321');
    await expect(till.counter.match).toContainText(`${HEAD_START + 3} / ${CARD}`);
  }
});
