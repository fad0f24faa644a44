import Papa from 'papaparse';
import { describe, expect, test, vi } from 'vitest';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { createDayDesk } from '#renderer/data/day/day-desk.ts';
import { createFakeExportFolder, type FakeFolderPlan } from '#tests/fakes/fake-export-folder.ts';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import { figuresText } from '#shared/domain/day-figures.ts';
import type { DayManifest } from '#shared/export/manifest.ts';
import { dialectFor } from '#shared/export/spreadsheet.ts';
import { UNASSIGNED_STAFF, type LedgerEvent } from '#shared/ledger/event.ts';
import { findChainFault } from '#shared/ledger/stream.ts';
import type { MemberId, PlainDay } from '#shared/lib/brand.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import { sha256Hex } from '#shared/lib/sha256.ts';
import { syncFileSchema } from '#shared/sync/wire.ts';
import { createDayCommands, type Closed, type PrepareRequest } from './day.commands.ts';

const HOUR_MS = 60 * 60 * 1000;
// A worker is started for each job, and a machine that is busy takes its time.
vi.setConfig({ testTimeout: 60_000 });

const openStore = deletedStores();

async function open(plan: FakeFolderPlan = { folder: { name: 'Exports', mustAsk: false } }) {
  const store = await openStore();
  // 22:00 at the till.
  store.clock.nowMs = Date.UTC(2026, 0, 5, 19);
  const folder = createFakeExportFolder(plan);
  const day = createDayCommands({
    ...store,
    desk: createDayDesk(store.database.name),
    folder,
    newId: () => store.ids.eventId(),
    staff: () => UNASSIGNED_STAFF,
    readShopKey: async () => undefined,
  });
  const counter = createCounterCommands({ ...store, staff: () => UNASSIGNED_STAFF });
  const today = () => plainDayAt(store.clock.now(), store.clock.timeZone());
  let cards = 0;
  const enrol = async () => {
    const member = store.ids.memberId();
    cards += 1;
    await counter.enrol({ id: store.ids.eventId(), member, card: `card-${cards}`, name: '=Ada', visits: 1 });
    return member;
  };
  const punch = async (member: MemberId, count = 1) => {
    const id = store.ids.eventId();
    const punched = await counter.punch({ id, member, count });
    if (!punched.ok) throw new Error(`not punched: ${punched.error.code}`);
    return id;
  };
  return { ...store, day, counter, folder, today, enrol, punch };
}

type Bench = Awaited<ReturnType<typeof open>>;

async function close(bench: Bench, day?: PlainDay): Promise<Closed> {
  const closed = await bench.day.close({ today: bench.today(), ...(day ? { day } : {}) });
  if (!closed.ok) throw new Error(`not closed: ${closed.error.code}`);
  return closed.value;
}

const requestOf = ({ seals, closes }: Closed, change: Partial<PrepareRequest> = {}): PrepareRequest => ({
  days: seals.map(({ day }) => day),
  closes,
  balancesOf: seals[0]?.day,
  withNames: false,
  dialect: dialectFor('.'),
  timeZone: 'Europe/Istanbul',
  app: '1.0.0',
  tillName: 'Front',
  ...change,
});

async function closeAndWrite(bench: Bench, change: Partial<PrepareRequest> = {}): Promise<Closed> {
  const closed = await close(bench);
  const prepared = await bench.day.prepareFiles(requestOf(closed, change));
  if (!prepared.ok) throw new Error(`not prepared: ${prepared.error.code}`);
  expect(await bench.day.write(prepared.value)).toMatchObject({ ok: true });
  return closed;
}

function textOf({ folder }: Bench, name: string): string {
  const contents = folder.files.get(name);
  if (contents === undefined) throw new Error(`${name} is not there: ${[...folder.files.keys()].join(', ')}`);
  return typeof contents === 'string'
    ? contents
    : new TextDecoder('utf-8', { ignoreBOM: true }).decode(contents);
}
const tableOf = (bench: Bench, name: string): Record<string, string>[] =>
  Papa.parse<Record<string, string>>(textOf(bench, name).slice(1), { header: true, skipEmptyLines: true })
    .data;
const linesOf = (bench: Bench, name: string): LedgerEvent[] =>
  textOf(bench, name)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LedgerEvent);
const manifestOf = (bench: Bench, name: string): DayManifest =>
  JSON.parse(textOf(bench, name)) as DayManifest;

describe('the end of a day', () => {
  test('is sealed by an event, and leaves the same five files every day, each with its hash', async () => {
    const bench = await open();
    const ada = await bench.enrol();
    await bench.enrol();
    await bench.punch(ada, 3);
    const closed = await closeAndWrite(bench);
    expect([...bench.folder.files.keys()]).toEqual([
      'tenpunch-2026-01-05-events.csv',
      'tenpunch-2026-01-05-events.jsonl',
      'tenpunch-2026-01-05-balances.csv',
      'tenpunch-2026-01-05-sync.json',
      'tenpunch-2026-01-05-manifest.json',
    ]);
    const manifest = manifestOf(bench, 'tenpunch-2026-01-05-manifest.json');
    for (const { name, sha256, bytes } of manifest.files) {
      expect(sha256Hex(textOf(bench, name))).toBe(sha256);
      expect(new TextEncoder().encode(textOf(bench, name))).toHaveLength(bytes);
    }
    expect(manifest.files).toHaveLength(4);
    expect(manifest).toMatchObject({
      day: '2026-01-05',
      supplement: 0,
      tillName: 'Front',
      events: 4,
      app: '1.0.0',
    });
    expect(manifest.figures && sha256Hex(figuresText(manifest.figures))).toBe(manifest.figuresSha256);
    expect(closed.seals[0]?.figures.whole.totals).toMatchObject({ visits: 3, enrolments: 2 });
    // The day's sums of the store, which the counter keeps, say the same.
    expect(await bench.database.totals.get('2026-01-05')).toEqual(closed.seals[0]?.figures.whole.totals);

    const types = (await bench.database.events.toArray()).map(({ type }) => type);
    expect(types.slice(-2)).toEqual(['day-close', 'export']);
    const lines = linesOf(bench, 'tenpunch-2026-01-05-events.jsonl');
    expect(lines.map(({ type }) => type)).toEqual([
      'program',
      'enrolment',
      'enrolment',
      'visit',
      'day-close',
    ]);
    const sync = syncFileSchema.parse(JSON.parse(textOf(bench, 'tenpunch-2026-01-05-sync.json')));
    const sent = sync.batches.flatMap(({ events }) => events as LedgerEvent[]);
    expect(sent.map(({ type }) => type)).toEqual(['program', 'enrolment', 'enrolment', 'visit', 'day-close']);
    expect(findChainFault(sent)).toBeUndefined();
    expect(sync.docs).toEqual([]);
  });

  test('balances are of nobody by default, and of people where the owner chose so', async () => {
    const bench = await open();
    const ada = await bench.enrol();
    await bench.punch(ada);
    const closed = await closeAndWrite(bench);
    expect(tableOf(bench, 'tenpunch-2026-01-05-balances.csv')).toEqual([
      expect.objectContaining({ member: ada, program: 'coffee', balance: '2', visits: '2' }),
    ]);
    expect(Object.keys(tableOf(bench, 'tenpunch-2026-01-05-balances.csv')[0] ?? {})).not.toContain('name');
    const again = await bench.day.prepareFiles(requestOf(closed, { withNames: true, isAgain: true }));
    expect(again.ok && (await bench.day.write(again.value))).toMatchObject({ ok: true });
    expect(tableOf(bench, 'tenpunch-2026-01-05-balances.csv')).toEqual([
      expect.objectContaining({ name: "'=Ada", card: 'card-1' }),
    ]);
  });

  test('what comes after it goes to a supplement at the next close, and the closed day stays as it is', async () => {
    const bench = await open();
    const ada = await bench.enrol();
    await closeAndWrite(bench);
    const before = textOf(bench, 'tenpunch-2026-01-05-events.csv');
    await bench.punch(ada);
    bench.clock.advance(24 * HOUR_MS);
    await bench.punch(ada);
    const look = await bench.day.look({ today: bench.today() });
    expect(look).toMatchObject({
      value: { chosen: { day: '2026-01-06' }, late: [{ day: '2026-01-05', supplement: 1, events: 1 }] },
    });
    const closed = await closeAndWrite(bench);
    expect(closed.seals.map(({ day, supplement, events }) => [day, supplement, events])).toEqual([
      ['2026-01-06', 0, 1],
      ['2026-01-05', 1, 1],
    ]);
    expect(textOf(bench, 'tenpunch-2026-01-05-events.csv')).toBe(before);
    expect(linesOf(bench, 'tenpunch-2026-01-05-supplement-1-events.jsonl').map(({ type }) => type)).toEqual([
      'visit',
      'day-close',
    ]);
    expect(manifestOf(bench, 'tenpunch-2026-01-05-supplement-1-manifest.json')).toMatchObject({
      supplement: 1,
      events: 1,
    });
    expect(await bench.day.close({ today: bench.today() })).toEqual({
      ok: false,
      error: { code: 'nothing' },
    });
  });

  test('after midnight the day before comes first; forgotten days one by one, the oldest first', async () => {
    const bench = await open();
    const ada = await bench.enrol();
    bench.clock.advance(48 * HOUR_MS);
    await bench.punch(ada);
    bench.clock.advance(3 * HOUR_MS);
    expect(bench.today()).toBe('2026-01-08');
    const days: string[] = [];
    for (let at = 0; at < 3; at += 1) {
      const [seal] = (await closeAndWrite(bench)).seals;
      days.push(`${seal?.day} ${seal?.events}`);
    }
    expect(days).toEqual(['2026-01-05 2', '2026-01-07 1', '2026-01-08 0']);
    // Closing after midnight wrote notes on the 8th, and they are no business of that day.
    const look = await bench.day.look({ today: bench.today() });
    expect(look).toMatchObject({ value: { late: [], closed: [{ day: '2026-01-08', events: 0 }, {}, {}] } });
    expect(look.ok && look.value.chosen).toBeUndefined();
  });

  test('files that are written again hold what the close covers, byte for byte', async () => {
    const bench = await open();
    const ada = await bench.enrol();
    const closed = await closeAndWrite(bench);
    const names = ['events.csv', 'events.jsonl'].map((name) => `tenpunch-2026-01-05-${name}`);
    const before = names.map((name) => textOf(bench, name));
    await bench.punch(ada);
    const again = await bench.day.prepareFiles(requestOf(closed, { isAgain: true }));
    expect(again.ok && (await bench.day.write(again.value))).toMatchObject({ ok: true });
    expect(names.map((name) => textOf(bench, name))).toEqual(before);
  });

  test('a folder that takes nothing leaves a closed day, told, and the files can still be written', async () => {
    const bench = await open();
    await bench.enrol();
    bench.folder.breakWith('disk-full');
    const closed = await close(bench);
    const prepared = await bench.day.prepareFiles(requestOf(closed));
    if (!prepared.ok) throw new Error('not prepared');
    expect(await bench.day.write(prepared.value)).toEqual({ ok: false, error: { code: 'disk-full' } });
    expect((await bench.day.look({ today: bench.today() })).ok).toBe(true);
    expect(await bench.database.events.where('data.day').above('').count()).toBe(1);
    bench.folder.breakWith(undefined);
    expect(await bench.day.write(prepared.value)).toMatchObject({ ok: true });
    const look = await bench.day.look({ today: bench.today() });
    expect(look).toMatchObject({ value: { closed: [{ day: '2026-01-05', isExported: true }] } });
  });

  test('a void of yesterday’s stamp is a void of today', async () => {
    const bench = await open();
    const ada = await bench.enrol();
    bench.clock.nowMs = Date.UTC(2026, 0, 5, 20, 58);
    const visit = await bench.punch(ada);
    await closeAndWrite(bench);
    bench.clock.advance(4 * 60 * 1000);
    expect(bench.today()).toBe('2026-01-06');
    const undone = await bench.counter.undo({ id: bench.ids.eventId(), target: visit, member: ada });
    expect(undone.ok).toBe(true);
    const closed = await closeAndWrite(bench);
    expect(closed.seals.map(({ day }) => day)).toEqual(['2026-01-06']);
    expect(closed.seals[0]?.figures.whole.totals).toMatchObject({
      visits: 0,
      voids: 1,
      undone: { visits: 1 },
    });
    expect(tableOf(bench, 'tenpunch-2026-01-06-events.csv')).toMatchObject([{ type: 'void', target: visit }]);
  });

  test('can be stopped before it is sealed, and then nothing happened', async () => {
    const bench = await open();
    await bench.enrol();
    const stopping = new AbortController();
    const closing = bench.day.close({ today: bench.today() }, { signal: stopping.signal });
    stopping.abort();
    expect(await closing).toEqual({ ok: false, error: { code: 'cancelled' } });
    expect(await bench.database.events.where('data.day').above('').count()).toBe(0);
  });
});
