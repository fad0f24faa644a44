import Dexie, { liveQuery } from 'dexie';
import { afterEach, describe, expect, test } from 'vitest';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { MemberId, ShopId } from '#shared/lib/brand.ts';
import { MAX_BATCH_EVENTS } from '#shared/sync/wire.ts';
import { holdPlaces } from '#renderer/data/places-lock.ts';
import { digestProjections, rebuildProjections } from '#renderer/data/rebuild.ts';
import { writeSettings } from '#renderer/data/settings.ts';
import { joinShop } from '#renderer/data/till-identity.ts';
import { createMergeCommands } from '#renderer/features/members/merge.commands.ts';
import { MemoryEndpoint, MemoryLink } from '#tests/fakes/memory-endpoint.ts';
import { visitsOf } from '#tests/fakes/visits.ts';
import { openSyncTill, type SyncTill as AnyTill } from '#tests/fakes/sync-till.ts';

type SyncTill = AnyTill<MemoryLink>;

/** Real stores, real workers, real locks and channels, real seals; only HTTP is left out. */

const ADDRESS = 'https://sync.example';
const first = { kind: 'first', address: ADDRESS, code: 'FIRST', name: 'Bar' } as const;

/** Behind its first page there is more than a till takes in without reading ahead. */
const LONG_PAST = 26_000;

const open = new Set<SyncTill>();

afterEach(async () => {
  for (const till of open) till.desk.stop();
  for (const till of open) await till.database.delete();
  open.clear();
});

async function openTill(options: Parameters<typeof openSyncTill<MemoryLink>>[0]): Promise<SyncTill> {
  const till = await openSyncTill(options);
  open.add(till);
  return till;
}

function close(till: SyncTill): void {
  till.desk.stop();
  till.database.close();
  open.delete(till);
}

async function settled(till: SyncTill, head?: number): Promise<void> {
  const where = head === undefined ? {} : { cursor: head };
  await expect
    .poll(() => till.desk.status(), { timeout: 5000 })
    .toMatchObject({ phase: { kind: 'idle' }, unsentEvents: 0, unsentProfiles: 0, ...where });
}

/** The shop's first till, paired. */
async function openFirst() {
  // The endpoint takes the shop's id from its first till.
  const probe = new MemoryLink(await MemoryEndpoint.open('shop-unknown'));
  const { identity, databaseName, ...rest } = await openSyncTill({ link: probe });
  rest.desk.stop();
  rest.database.close();
  const endpoint = await MemoryEndpoint.open(identity.shop);
  const till = await openTill({ link: new MemoryLink(endpoint), databaseName });
  await till.publish();
  expect(await till.desk.pair(first)).toMatchObject({ ok: true });
  await settled(till, 1);
  return { endpoint, till };
}

/** Another one joins as a person would: invited, paired, started anew. */
async function join(endpoint: MemoryEndpoint, by: SyncTill): Promise<SyncTill> {
  const invited = await by.desk.invite();
  if (!invited.ok) throw new Error(`not invited: ${invited.error.code}`);
  const link = new MemoryLink(endpoint);
  const fresh = await openTill({ link });
  const form = { kind: 'next', invitation: invited.value.text, name: 'Kitchen' } as const;
  expect(await fresh.desk.pair(form)).toMatchObject({ ok: true });
  expect(fresh.reloads).toHaveLength(1);
  close(fresh);
  const till = await openTill({ link, databaseName: fresh.databaseName });
  expect(till.identity).toEqual({ shop: by.identity.shop, till: fresh.identity.till });
  return till;
}

/** As soon as it is time, with sync at rest: it takes its steps one by one, and this stands in between. */
async function betweenSteps(
  { database }: SyncTill,
  isTime: () => Promise<boolean>,
  run: () => Promise<void>,
): Promise<void> {
  const look = async () => {
    if (!(await isTime())) return false;
    await run();
    return true;
  };
  while (!(await holdPlaces(database, look)));
}

/** What both have made of the same events. */
async function bytesOf({ database }: SyncTill): Promise<string> {
  const tables = [database.cards, database.members, database.totals, database.programs, database.profiles];
  return canonicalJson(await Promise.all(tables.map((table) => table.toArray())));
}

test('what sync says again is the same object: whoever reads by it reads once', async () => {
  const { endpoint, till: bar } = await openFirst();
  const before = bar.desk.status();
  const asked = endpoint.asked.length;
  bar.desk.syncNow();
  await expect.poll(() => endpoint.asked.length, { timeout: 5000 }).toBeGreaterThan(asked);
  await expect.poll(() => bar.desk.status(), { timeout: 5000 }).not.toBe(before);
  expect(bar.desk.status().setAside).toBe(before.setAside);
});

test(
  'paused by a person: no request leaves the till, also after a start, until it goes on by itself when let go',
  { timeout: 30_000 },
  async () => {
    const { endpoint, till: bar } = await openFirst();
    await expect.poll(() => endpoint.feedCount, { timeout: 5000 }).toBe(1);
    await writeSettings(bar.database, { holdsSync: true });
    // The feed that was open is hung up by what is paused: then the pause is known.
    await expect.poll(() => endpoint.feedCount, { timeout: 5000 }).toBe(0);
    const asked = endpoint.asked.length;
    const ada = await bar.enrol('+33612345678', 'Ada');
    await expect.poll(() => bar.desk.status().unsentEvents, { timeout: 5000 }).toBe(1);
    close(bar);
    const again = await openTill({ link: bar.link, databaseName: bar.databaseName });
    await expect
      .poll(() => again.desk.status(), { timeout: 5000 })
      .toMatchObject({ unsentEvents: 1, phase: { kind: 'waiting', because: 'no-answer' }, recent: [] });
    const redemption = again.ids.eventId();
    expect(await again.desk.confirmRedemption({ redemption, member: ada, withinMs: 5000 })).toBe('no-answer');
    expect(endpoint.asked).toHaveLength(asked);
    await writeSettings(again.database, { holdsSync: false });
    await settled(again, 2);
  },
);

test(
  'a till that joins a shop with a long past serves everybody before the ledger is here',
  { timeout: 120_000 },
  async () => {
    const { endpoint, till: bar } = await openFirst();
    const { shop } = endpoint;
    const past = visitsOf({ stream: 'past', shop, count: LONG_PAST });
    for (let from = 0; from < past.length; from += MAX_BATCH_EVENTS) {
      const events = past.slice(from, from + MAX_BATCH_EVENTS);
      await endpoint.store.acceptBatch({ shop, till: 'till-of-past', events, atMs: 0 });
    }
    const joined = await join(endpoint, bar);
    const areServed = async () => {
      const served = (await joined.database.cards.toArray()).filter(({ live }) => live === LONG_PAST / 100);
      return served.length === 100;
    };
    let isCut = false;
    endpoint.interfere = (_, till) =>
      isCut && till === joined.identity.till ? { kind: 'failed', because: 'network' } : undefined;
    await betweenSteps(joined, areServed, async () => {
      isCut = true;
      expect(await joined.database.events.count()).toBeLessThan(LONG_PAST);
      await joined.ledger.refreshPrograms();
      await joined.stamp('member-7' as MemberId, 2);
      expect(await joined.database.cards.get('member-7')).toMatchObject({ live: LONG_PAST / 100 + 1 });
    });
    close(joined);
    // Nothing more comes, and nothing more is needed: each page was kept when it came for the first time.
    const kitchen = await openTill({ link: joined.link, databaseName: joined.databaseName });
    await expect
      .poll(() => kitchen.desk.status(), { timeout: 60_000 })
      .toMatchObject({ phase: { kind: 'waiting' }, unsentEvents: 1, cursor: LONG_PAST + 1 });
    const asked = endpoint.asked.filter(({ till }) => till === kitchen.identity.till);
    expect(asked.filter(({ path }) => path.startsWith('/v1/events?after=20000&'))).toHaveLength(1);
    isCut = false;
    kitchen.desk.syncNow();
    await expect
      .poll(() => kitchen.desk.status(), { timeout: 60_000 })
      .toMatchObject({ phase: { kind: 'idle' }, unsentEvents: 0, cursor: LONG_PAST + 2 });
    expect(await kitchen.database.cards.get('member-7')).toMatchObject({ live: LONG_PAST / 100 + 1 });
    expect(await kitchen.database.events.count()).toBe(LONG_PAST + 2);
    const pages = new Dexie(`${kitchen.databaseName}-past`);
    expect(await (await pages.open()).table('pages').count()).toBe(0);
    pages.close();
    const made = await digestProjections(kitchen.database);
    await rebuildProjections(kitchen.database);
    expect(await digestProjections(kitchen.database)).toBe(made);
    expect([...joined.faults, ...kitchen.faults]).toEqual([]);
  },
);

describe('two tills', () => {
  test(
    'the second joins the shop, and both show the same of what either does',
    { timeout: 30_000 },
    async () => {
      const { endpoint, till: bar } = await openFirst();
      const ada = await bar.enrol('+33612345678', 'Ada');
      const kitchen = await join(endpoint, bar);
      await expect
        .poll(() => kitchen.database.profiles.get(ada), { timeout: 5000 })
        .toMatchObject({ name: 'Ada' });
      await kitchen.ledger.refreshPrograms();
      await kitchen.stamp(ada, 3);
      const bob = await kitchen.enrol('+33687654321', 'Bob');
      await expect
        .poll(() => bar.database.profiles.get(bob), { timeout: 5000 })
        .toMatchObject({ name: 'Bob' });
      await bar.stamp(bob, 2);
      await settled(bar, 5);
      await settled(kitchen, 5);
      expect(await bytesOf(kitchen)).toBe(await bytesOf(bar));
      expect(JSON.stringify(endpoint.asked)).not.toContain('Ada');
      expect([...bar.faults, ...kitchen.faults]).toEqual([]);
    },
  );

  test(
    'that enrolled the same person apart have one card, and one who asks is forgotten by both',
    {
      timeout: 30_000,
    },
    async () => {
      const { endpoint, till: bar } = await openFirst();
      const kitchen = await join(endpoint, bar);
      await settled(kitchen, 1);
      await kitchen.ledger.refreshPrograms();
      endpoint.interfere = (_, till) =>
        till === kitchen.identity.till ? { kind: 'failed', because: 'network' } : undefined;
      const atBar = await bar.enrol('+33612345678', 'Ada');
      const inKitchen = await kitchen.enrol('+33612345678', 'Ada L.');
      await settled(bar, 2);
      endpoint.interfere = () => undefined;
      kitchen.desk.syncNow();
      const cards = (till: SyncTill) => till.database.cards.toArray();
      await expect.poll(() => cards(bar), { timeout: 5000 }).toMatchObject([{ member: atBar, visits: 2 }]);
      await expect
        .poll(() => cards(kitchen), { timeout: 5000 })
        .toMatchObject([{ member: atBar, visits: 2 }]);

      // What a screen of the other till goes by (renderer/features/counter/use-live-state.ts).
      const shown: (string | undefined)[] = [];
      const looking = liveQuery(async () => (await bar.database.erased.get(atBar))?.member);
      const look = looking.subscribe((member) => void shown.push(member));
      await expect.poll(() => shown).toEqual([undefined]);
      const office = createMergeCommands({ ledger: kitchen.ledger, staff: () => UNASSIGNED_STAFF });
      const erased = await office.erase({ id: kitchen.ids.eventId(), member: inKitchen, reason: 'asked' });
      expect(erased).toMatchObject({ ok: true });
      const people = async (till: SyncTill) =>
        (await till.database.profiles.toArray()).map(({ name }) => name);
      await expect.poll(() => people(kitchen), { timeout: 5000 }).toEqual([]);
      await expect.poll(() => people(bar), { timeout: 5000 }).toEqual([]);
      await expect.poll(() => shown.at(-1), { timeout: 5000 }).toBe(atBar);
      look.unsubscribe();
      await settled(bar);
      await settled(kitchen);
      expect(await bytesOf(kitchen)).toBe(await bytesOf(bar));
      const { docs } = await endpoint.store.pullProfiles({ shop: endpoint.shop, after: 0, limit: 10 });
      expect(docs.filter((doc) => 'sealed' in doc)).toEqual([]);
    },
  );

  test('that gave the same coffee away: the second is told so', { timeout: 30_000 }, async () => {
    const { endpoint, till: bar } = await openFirst();
    const ada = await bar.enrol('+33612345678', 'Ada');
    await bar.stamp(ada, 9);
    const kitchen = await join(endpoint, bar);
    await settled(kitchen, 3);
    await kitchen.ledger.refreshPrograms();
    endpoint.interfere = (_, till) =>
      till === kitchen.identity.till ? { kind: 'failed', because: 'network' } : undefined;
    endpoint.endFeeds();
    const [atBar, inKitchen] = [await bar.redeem(ada), await kitchen.redeem(ada)];
    const ask = (till: SyncTill, redemption: typeof atBar) =>
      till.desk.confirmRedemption({ redemption, member: ada, withinMs: 5000 });
    expect(await ask(bar, atBar)).toBe('confirmed');
    expect(await ask(kitchen, inKitchen)).toBe('no-answer');
    endpoint.interfere = () => undefined;
    expect(await ask(kitchen, inKitchen)).toBe('excess');
    await settled(bar, 5);
    await settled(kitchen, 5);
    expect(await bytesOf(kitchen)).toBe(await bytesOf(bar));
  });

  test('an empty ledger joins, one with events does not', async () => {
    const { endpoint, till: bar } = await openFirst();
    const link = new MemoryLink(endpoint);
    const other = await openTill({ link });
    await other.publish();
    const invited = await bar.desk.invite();
    if (!invited.ok) return expect.fail(invited.error.code);
    const form = { kind: 'next', invitation: invited.value.text, name: 'Kitchen' } as const;
    expect(await other.desk.pair(form)).toEqual({ ok: false, error: { code: 'other-shop' } });
    expect(other.desk.status().endpoint).toBeUndefined();
    expect(await joinShop(other.database, 'shop-x' as ShopId)).toBe(false);
    expect(other.reloads).toEqual([]);
  });
});

describe('two windows of one till', () => {
  test(
    'one writes, both show it, both can ask; the other goes on when it is closed',
    { timeout: 30_000 },
    async () => {
      const { endpoint, till: one } = await openFirst();
      const ada = await one.enrol('+33612345678', 'Ada');
      await one.stamp(ada, 9);
      const two = await openTill({ link: one.link, databaseName: one.databaseName });
      await settled(two, 3);
      expect(one.desk.status().isWriter).toBe(true);
      expect(two.desk.status()).toMatchObject({ ...one.desk.status(), isWriter: false });

      await two.ledger.refreshPrograms();
      const redemption = await two.redeem(ada);
      const request = { redemption, member: ada, withinMs: 5000 };
      expect(await two.desk.confirmRedemption(request)).toBe('confirmed');

      close(one);
      await expect.poll(() => two.desk.status().isWriter, { timeout: 5000 }).toBe(true);
      await two.stamp(ada, 1);
      await settled(two, 5);
      expect((await endpoint.store.heads(endpoint.shop)).head).toBe(5);
      // What is asked while nobody writes is asked again of the next one.
      expect(await two.desk.confirmRedemption(request)).toBe('confirmed');
    },
  );

  test('what one pairs the other follows, and unpaired means unpaired in both', async () => {
    const { till: one } = await openFirst();
    const two = await openTill({ link: one.link, databaseName: one.databaseName });
    await settled(two, 1);
    await two.desk.unpair();
    await expect
      .poll(() => one.desk.status())
      .toMatchObject({ endpoint: undefined, phase: { kind: 'unpaired' } });
    expect(await one.desk.invite()).toEqual({ ok: false, error: { code: 'not-paired' } });
    expect(await one.desk.pair(first)).toMatchObject({ ok: true });
    await settled(two, 1);
  });
});

describe('practice', () => {
  test('never syncs', async () => {
    const endpoint = await MemoryEndpoint.open();
    const till = await openTill({ link: new MemoryLink(endpoint), isPractice: true });
    expect(await till.desk.pair(first)).toMatchObject({ ok: false });
    expect(till.desk.status()).toMatchObject({ endpoint: undefined, phase: { kind: 'unpaired' } });
    expect(endpoint.asked).toEqual([]);
    expect(till.link.requests).toEqual([]);
  });
});
