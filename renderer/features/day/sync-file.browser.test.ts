import { afterEach, describe, expect, test, vi } from 'vitest';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { createDayDesk } from '#renderer/data/day/day-desk.ts';
import { createFakeExportFolder } from '#tests/fakes/fake-export-folder.ts';
import { SyncedShop, COFFEE, type SyncedTill } from '#tests/fakes/synced-tills.ts';
import { encodeBase64 } from '#shared/lib/base64.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { createDayCommands, type DayCommands } from './day.commands.ts';

// A file that one till writes and another one reads, in real stores, with an endpoint that learns of both afterwards.

const TODAY = '2026-01-05' as PlainDay;
const KEY = encodeBase64(new Uint8Array(32).fill(7));
const OTHER_KEY = encodeBase64(new Uint8Array(32).fill(8));

// A worker is started for each job, and a machine that is busy takes its time.
vi.setConfig({ testTimeout: 60_000 });

const shops: SyncedShop[] = [];
afterEach(async () => {
  for (const shop of shops.splice(0)) await shop.close();
});

interface Desk {
  readonly day: DayCommands;
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  writeStick(): Promise<File>;
}

function deskOf(till: SyncedTill, shopKey: string | undefined): Desk {
  const folder = createFakeExportFolder({ folder: { name: 'Stick', mustAsk: false } });
  const day = createDayCommands({
    ...till,
    desk: createDayDesk(till.database.name),
    folder,
    newId: () => till.ids.eventId(),
    staff: () => UNASSIGNED_STAFF,
    readShopKey: async () => shopKey,
  });
  return {
    day,
    files: folder.files,
    writeStick: async () => {
      const prepared = await day.prepareSyncFile({ today: TODAY });
      if (!prepared.ok) throw new Error(`not prepared: ${prepared.error.code}`);
      expect(await day.write(prepared.value)).toMatchObject({ ok: true });
      const contents = folder.files.get('tenpunch-2026-01-05-now-sync.json');
      if (typeof contents !== 'object') throw new Error('no sync file');
      return new File([new Uint8Array(contents)], 'sync.json');
    },
  };
}

async function enrol(till: SyncedTill, name: string, card: string) {
  const counter = createCounterCommands({ ...till, staff: () => UNASSIGNED_STAFF });
  const member = till.ids.memberId();
  const enrolled = await counter.enrol({ id: till.ids.eventId(), member, card, name, visits: 1 });
  if (!enrolled.ok) throw new Error('not enrolled');
  return member;
}

/** Two tills of one shop that both know its program, and have not heard of each other since. */
async function openShop() {
  const shop = await SyncedShop.open(2);
  shops.push(shop);
  const [first, second] = shop.tills as [SyncedTill, SyncedTill];
  await first.append({ type: 'program', data: { program: COFFEE } });
  await shop.settle();
  await second.ledger.refreshPrograms();
  return { shop, first, second };
}

const cardsOf = async ({ database }: SyncedTill) => await database.cards.toArray();
const profileOf = async ({ database }: SyncedTill, member: string) => await database.profiles.get(member);

describe('a sync file that is carried to another till', () => {
  test('brings its stamps and its people; read twice it changes nothing; the endpoint then has all of it once', async () => {
    const { shop, first, second } = await openShop();
    const [from, to] = [deskOf(first, KEY), deskOf(second, KEY)];
    const ada = await enrol(first, 'Ada', 'card-1');
    await enrol(second, 'Bo', 'card-2');
    const stick = await from.writeStick();
    expect(await stick.text()).not.toContain('Ada');
    const taken = await to.day.takeSyncFile(stick);
    expect(taken).toEqual({
      ok: true,
      value: { added: 1, known: 0, refused: 0, docs: 1, unreadableDocs: 0 },
    });
    expect(await profileOf(second, ada)).toMatchObject({ name: 'Ada', card: 'card-1' });
    expect(await cardsOf(second)).toHaveLength(2);
    expect(await to.day.look({ today: TODAY })).toMatchObject({
      value: { unsent: { events: 2, carried: 1, hasEndpoint: true } },
    });
    const again = await to.day.takeSyncFile(stick);
    expect(again).toMatchObject({ ok: true, value: { added: 0, known: 1, refused: 0 } });
    await shop.settle();
    await first.ledger.refreshPrograms();
    expect(await to.day.look({ today: TODAY })).toMatchObject({
      value: { unsent: { events: 0, carried: 0 } },
    });
    expect(await cardsOf(first)).toEqual(await cardsOf(second));
    const { events } = await shop.readPage(0, 1000);
    const ids = events.map(({ event }) => (event as { id: string }).id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(4);
  });

  test('without the key, or with another one, the stamps come and the people don’t', async () => {
    const { first, second } = await openShop();
    const ada = await enrol(first, 'Ada', 'card-1');
    const stick = await deskOf(first, KEY).writeStick();
    for (const key of [undefined, OTHER_KEY]) {
      const taken = await deskOf(second, key).day.takeSyncFile(stick);
      expect(taken).toMatchObject({ ok: true, value: { docs: 0, unreadableDocs: 1 } });
    }
    expect(await profileOf(second, ada)).toBeUndefined();
    expect(await second.database.cards.get(ada)).toMatchObject({ visits: 1 });
  });

  test('a document that went with its enrolment is in it, emptied; what has nothing behind it is not counted', async () => {
    const { first, second } = await openShop();
    const ada = await enrol(first, 'Ada', 'card-1');
    const from = deskOf(first, KEY);
    const to = deskOf(second, KEY);
    expect(await to.day.takeSyncFile(await from.writeStick())).toMatchObject({
      ok: true,
      value: { docs: 1 },
    });
    const counter = createCounterCommands({ ...first, staff: () => UNASSIGNED_STAFF });
    const enrolment = (await first.database.events.filter(({ type }) => type === 'enrolment').first())?.id;
    if (enrolment === undefined) throw new Error('no enrolment');
    const undone = await counter.undo({ id: first.ids.eventId(), member: ada, target: enrolment });
    expect(undone).toMatchObject({ ok: true });
    expect(await first.database.unsentProfiles.toArray()).toMatchObject([{ member: ada, emptied: /./ }]);
    await first.database.unsentProfiles.put({ member: first.ids.memberId() });

    const request = { stem: 'now', sinceLast: false, shopKey: KEY };
    const built = await createDayDesk(first.database.name).run({ kind: 'sync-file', request });
    expect(built).toMatchObject({ ok: true, value: { docs: 1 } });
    await to.day.takeSyncFile(await from.writeStick());
    expect(await profileOf(second, ada)).toMatchObject({ name: '', card: null });
  });

  test('a till that was never paired writes no name into it, sealed or not', async () => {
    const { first } = await openShop();
    await enrol(first, 'Ada', 'card-1');
    const content = JSON.parse(await (await deskOf(first, undefined).writeStick()).text()) as {
      docs: unknown[];
    };
    expect(content.docs).toEqual([]);
  });

  test('of another shop, damaged, or something else is refused in a word, and nothing is taken over', async () => {
    const { first, second } = await openShop();
    await enrol(first, 'Ada', 'card-1');
    const text = await (await deskOf(first, KEY).writeStick()).text();
    const { day } = deskOf(second, KEY);
    const { shop } = await openShop();
    const foreign = deskOf(shop.tills[0] as SyncedTill, KEY);
    const codes = [
      await day.takeSyncFile(await foreign.writeStick()),
      await day.takeSyncFile(new File([text.slice(0, -9)], 'cut.json')),
      await day.takeSyncFile(new File(['a;b\r\n1;2'], 'members.csv')),
    ];
    expect(codes.map((result) => !result.ok && 'problem' in result.error && result.error.problem)).toEqual([
      'other-shop',
      'damaged',
      'not-a-sync-file',
    ]);
    expect(await cardsOf(second)).toEqual([]);
  });

  test('an event that was changed on the way is refused, the others are taken', async () => {
    const { first, second } = await openShop();
    await enrol(first, 'Ada', 'card-1');
    await enrol(first, 'Eve', 'card-2');
    const text = await (await deskOf(first, KEY).writeStick()).text();
    const content = JSON.parse(text) as { batches: { events: { data: object }[] }[] };
    const [, eve] = content.batches[0]?.events ?? [];
    Object.assign(eve?.data ?? {}, { visit: 40 });
    const taken = await deskOf(second, KEY).day.takeSyncFile(new File([JSON.stringify(content)], 'x.json'));
    expect(taken).toMatchObject({ ok: true, value: { added: 1, refused: 1 } });
  });
});

test('what another till did on a day that is closed here waits for a supplement; the figures are of the whole shop', async () => {
  const { first, second } = await openShop();
  await enrol(first, 'Ada', 'card-1');
  await enrol(second, 'Bo', 'card-2');
  const { day } = deskOf(second, KEY);
  const closed = await day.close({ today: TODAY });
  expect(closed).toMatchObject({ ok: true, value: { seals: [{ supplement: 0, events: 2 }] } });
  await day.takeSyncFile(await deskOf(first, KEY).writeStick());
  const look = await day.look({ today: TODAY });
  expect(look).toMatchObject({
    value: {
      chosen: { day: TODAY, closes: 1, events: 1 },
      seal: { supplement: 1, figures: { whole: { totals: { enrolments: 1 } }, tills: [{ till: 'till-1' }] } },
    },
  });
  expect(await day.close({ today: TODAY })).toMatchObject({
    ok: true,
    value: { seals: [{ supplement: 1 }] },
  });
  expect(await day.close({ today: TODAY })).toEqual({ ok: false, error: { code: 'nothing' } });
});

test('two tills that closed one day without knowing of each other agree about it once they do', async () => {
  const { shop, first, second } = await openShop();
  await enrol(first, 'Ada', 'card-1');
  await enrol(second, 'Bo', 'card-2');
  const [one, other] = [deskOf(first, KEY).day, deskOf(second, KEY).day];
  expect(await one.close({ today: TODAY })).toMatchObject({ ok: true, value: { seals: [{ events: 2 }] } });
  expect(await other.close({ today: TODAY })).toMatchObject({ ok: true, value: { seals: [{ events: 2 }] } });
  await shop.settle();
  const looks = await Promise.all([one.look({ today: TODAY }), other.look({ today: TODAY })]);
  const [left, right] = looks.map((look) => look.ok && { late: look.value.late, closed: look.value.closed });
  expect(left).toEqual(right);
  // Between the two closes everything is covered: nothing waits on either till.
  expect(looks.map((look) => look.ok && look.value.chosen)).toEqual([undefined, undefined]);
});
