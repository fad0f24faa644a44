import { describe, expect, test } from 'vitest';
import type { TestStore } from '#tests/fakes/test-store.ts';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import {
  BALANCE,
  depsOf,
  e164At,
  expectRebuildIsEqual,
  importAll,
  memberBy,
  numberAt,
  requestFor,
  rowsOf,
  toTheEnd,
} from '#tests/fakes/import-bench.ts';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { balanceOf } from '#shared/domain/member-state.ts';
import type { ColumnRole } from '#shared/domain/import/columns.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { findChainFault } from '#shared/ledger/stream.ts';
import type { ImportId, MemberId, PhoneNumber } from '#shared/lib/brand.ts';
import { checkImport } from './check-import.ts';
import type { JobControl } from './import-work.ts';
import { keepImport, runImport } from './import.commands.ts';
import { undoImport } from './undo-import.commands.ts';

const open = deletedStores();

/** Stops after about `members` members. */
function until(members: number): JobControl {
  const stop = new AbortController();
  return {
    signal: stop.signal,
    report: (progress) => {
      if (progress.members >= members) stop.abort();
    },
  };
}

async function stampsOf(store: TestStore, member: MemberId): Promise<number | undefined> {
  const state = await store.database.cards.get(member);
  return state?.programs.reduce((sum, program) => sum + balanceOf(program), 0);
}

async function expectChainsHold(store: TestStore): Promise<void> {
  const events = await store.database.events.toArray();
  for (const stream of Map.groupBy(events, (event) => event.stream).values()) {
    expect(findChainFault(stream.map(({ n: _, ...event }) => event))).toBeUndefined();
  }
}

function counterOf(store: TestStore) {
  return createCounterCommands({ ledger: store.ledger, ids: store.ids, staff: () => UNASSIGNED_STAFF });
}

async function enrol(store: TestStore, phone: PhoneNumber, card?: string): Promise<MemberId> {
  const member = store.ids.memberId();
  const result = await counterOf(store).enrol({
    id: store.ids.eventId(),
    member,
    phone,
    name: 'Here before',
    visits: 1,
    ...(card === undefined ? {} : { card }),
  });
  expect(result.ok).toBe(true);
  return member;
}

describe('an import', () => {
  test('writes one event, profile, card and row per member, and a rebuild gives equal bytes', async () => {
    const store = await open();
    const report = await importAll(store, requestFor(rowsOf(700)));
    expect(report).toMatchObject({ phase: 'done', enrolled: 700, credited: 0, counts: { fresh: 700 } });
    expect(await store.database.members.count()).toBe(700);
    const row = await memberBy(store, e164At(123));
    expect(row).toMatchObject({ name: 'Member 123', stamps: 3, visits: 0 });
    expect(await store.database.profiles.count()).toBe(700);
    await expectChainsHold(store);
    await expectRebuildIsEqual(store);
  });

  test('gives no joining bonus', async () => {
    const store = await open(undefined, { headStart: 2 });
    await importAll(store, requestFor(`${numberAt(1)};Anna;\n`, { hasHeader: false }));
    expect((await memberBy(store, e164At(1)))?.stamps).toBe(0);
  });

  test('ends with one strict event that says what it did', async () => {
    const store = await open();
    const { id } = await importAll(store, requestFor(rowsOf(3)));
    const last = await store.database.events.orderBy('n').last();
    expect(last).toMatchObject({
      type: 'import',
      data: { import: id, phase: 'done', enrolled: 3, credited: 0 },
    });
    expect(await store.database.imports.get(id)).toMatchObject({ phase: 'done', enrolled: 3 });
  });

  test('the first of two equal numbers counts, however it is written; the other is named with its line', async () => {
    const store = await open();
    const file = `phone;name;stamps\n0639980001;Anna;1\n+33 6 39 98 00 01;Bert;9\n0033639980001;"Two\nlines";9\n0639980002;Cleo;2\n`;
    const report = await importAll(store, requestFor(file));
    expect(report.counts).toMatchObject({ fresh: 2, duplicates: 2, problems: 0 });
    expect(report.reports).toMatchObject([
      { line: 3, code: 'duplicate', firstLine: 2 },
      { line: 4, code: 'duplicate', firstLine: 2 },
    ]);
    expect(await memberBy(store, '+33639980001' as PhoneNumber)).toMatchObject({ name: 'Anna', stamps: 1 });
  });

  test('rows with mistakes are named and left out, whole', async () => {
    const store = await open();
    const file = `phone;name;stamps\n6.12346E+08;Anna;1\n0639980002;Bert;-1\n0639980003;Cleo;501\n;Dora;1\n0639980005;Eva;3/10\n`;
    const report = await importAll(store, requestFor(file));
    expect(report.reports.map(({ line, code }) => [line, code])).toEqual([
      [2, 'phone-rounded'],
      [3, 'balance-negative'],
      [4, 'balance-too-many'],
      [5, 'nobody'],
    ]);
    expect(await store.database.members.count()).toBe(1);
  });

  test('the same file again finds everybody already here', async () => {
    const store = await open();
    await importAll(store, requestFor(rowsOf(50)));
    const again = await importAll(store, requestFor(rowsOf(50)));
    expect(again).toMatchObject({ enrolled: 0, credited: 0, counts: { fresh: 0, known: 50 } });
    expect(await store.database.members.count()).toBe(50);
  });
});

describe('members who are already here', () => {
  test('are left alone unless asked', async () => {
    const store = await open();
    const member = await enrol(store, e164At(1));
    await importAll(store, requestFor(rowsOf(3)));
    expect(await stampsOf(store, member)).toBe(1);
    expect(await store.database.members.count()).toBe(3);
  });

  test('get the balance added when asked, and keep their name', async () => {
    const store = await open();
    const member = await enrol(store, e164At(1));
    const report = await importAll(store, requestFor(rowsOf(3, 12), { existing: 'add' }));
    expect(report).toMatchObject({ enrolled: 2, credited: 1 });
    expect(await stampsOf(store, member)).toBe(13);
    expect((await memberBy(store, e164At(1)))?.name).toBe('Here before');
    await expectRebuildIsEqual(store);
  });

  test('one member named twice, by number and by card, gets both balances', async () => {
    const store = await open();
    const member = await enrol(store, e164At(1), 'CARD7');
    const columns: ColumnRole[] = [{ kind: 'phone' }, { kind: 'card' }, BALANCE];
    const file = `${numberAt(1)};;2\n;CARD7;3\n`;
    await importAll(store, requestFor(file, { columns, existing: 'add', hasHeader: false }));
    expect(await stampsOf(store, member)).toBe(6);
    await expectRebuildIsEqual(store);
  });

  test('a new number with somebody else’s card is refused', async () => {
    const store = await open();
    await enrol(store, e164At(1), 'CARD7');
    const columns: ColumnRole[] = [{ kind: 'phone' }, { kind: 'card' }, BALANCE];
    const asked = requestFor(`${numberAt(2)};CARD7;2\n`, { columns, hasHeader: false });
    expect((await importAll(store, asked)).reports).toMatchObject([{ line: 1, code: 'card-taken' }]);
    expect((await checkImport(store, asked)).reports).toMatchObject([{ line: 1, code: 'card-taken' }]);
    expect(await store.database.members.count()).toBe(1);
  });

  test('somebody who joins at the counter while the import runs is not made twice', async () => {
    const store = await open();
    const second = await open(store.database.name);
    let joined: Promise<MemberId> | undefined;
    await importAll(store, requestFor(rowsOf(2000)), {
      signal: new AbortController().signal,
      report: () => {
        joined ??= enrol(second, e164At(1999));
      },
    });
    await joined;
    const holders = await store.database.members.where('phone').equals(e164At(1999)).toArray();
    expect(holders.map(({ name }) => name)).toEqual(['Here before']);
    await expectRebuildIsEqual(store);
  });
});

describe('the dry run', () => {
  test('counts the same and writes nothing', async () => {
    const store = await open();
    await enrol(store, e164At(1));
    const asked = requestFor(`${rowsOf(5)}abc;Broken;1\n${numberAt(2)};Again;1\n\n`);
    const before = await store.database.events.count();
    const check = await checkImport(store, asked);
    expect(check.counts).toMatchObject({ fresh: 4, known: 1, duplicates: 1, problems: 1, blanks: 1 });
    expect(check).toMatchObject({ fresh: [{ units: 12 }], known: [{ units: 3 }] });
    expect(await store.database.events.count()).toBe(before);
    expect((await importAll(store, asked)).counts).toEqual(check.counts);
  });
});

describe('cancel, crash, undo', () => {
  test('a cancelled import keeps what is written, says so and can be undone', async () => {
    const store = await open();
    const report = await importAll(store, requestFor(rowsOf(3000)), until(100));
    expect(report.phase).toBe('cancelled');
    const members = await store.database.members.count();
    expect(members).toBe(report.enrolled);
    expect(members).toBeLessThan(3000);
    await expectRebuildIsEqual(store);
    const undone = await undoImport(depsOf(store), report.id, toTheEnd());
    expect(undone).toMatchObject({ ok: true, value: { phase: 'undone', undone: members } });
    expect(await store.database.members.count()).toBe(0);
    expect(await store.database.profiles.count()).toBe(0);
    await expectRebuildIsEqual(store);
  });

  test('undo leaves what a member has earned since', async () => {
    const store = await open();
    const { id } = await importAll(store, requestFor(rowsOf(20)));
    const served = await memberBy(store, e164At(7));
    if (!served) return expect.fail('nobody was imported');
    await counterOf(store).punch({ id: store.ids.eventId(), member: served.id, count: 2 });
    await undoImport(depsOf(store), id, toTheEnd());
    expect(await store.database.members.toArray()).toMatchObject([{ id: served.id, stamps: 2 }]);
    expect((await store.database.profiles.toArray()).map(({ member }) => member)).toEqual([served.id]);
    await expectRebuildIsEqual(store);
  });

  test('undo takes an added balance back and leaves the member', async () => {
    const store = await open();
    const member = await enrol(store, e164At(1));
    const { id } = await importAll(store, requestFor(rowsOf(3), { existing: 'add' }));
    await undoImport(depsOf(store), id, toTheEnd());
    expect(await stampsOf(store, member)).toBe(1);
    expect(await store.database.members.count()).toBe(1);
    await expectRebuildIsEqual(store);
  });

  test('a cancelled undo goes on where it stopped, and no event is voided twice', async () => {
    const store = await open();
    const { id } = await importAll(store, requestFor(rowsOf(2000)));
    const first = await undoImport(depsOf(store), id, until(50));
    expect(first).toMatchObject({ ok: true, value: { phase: 'undoing' } });
    expect(await store.database.imports.get(id)).toMatchObject({ phase: 'undoing' });
    await undoImport(depsOf(store), id, toTheEnd());
    expect(await store.database.imports.get(id)).toMatchObject({ phase: 'undone' });
    const voids = await store.database.events.filter(({ type }) => type === 'void').count();
    expect(voids).toBe(2000);
    await expectRebuildIsEqual(store);
  });

  test('undone twice is undone once', async () => {
    const store = await open();
    const { id } = await importAll(store, requestFor(rowsOf(3)));
    await undoImport(depsOf(store), id, toTheEnd());
    expect(await undoImport(depsOf(store), id, toTheEnd())).toMatchObject({ error: { code: 'not-found' } });
    expect(await undoImport(depsOf(store), 'none' as ImportId, toTheEnd())).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  test('after a crash the row still says "running" with true counts; it can be undone, kept, or run again', async () => {
    const store = await open();
    await expect(
      runImport(depsOf(store), requestFor(rowsOf(3000)), {
        signal: new AbortController().signal,
        report: ({ members }) => {
          if (members >= 100) throw new Error('the process is killed here');
        },
      }),
    ).rejects.toThrow('killed');
    const [row] = await store.database.imports.toArray();
    const written = await store.database.members.count();
    expect(row).toMatchObject({ phase: 'running', enrolled: written, lastN: null });
    const restarted = await open(store.database.name);
    await expectRebuildIsEqual(restarted);

    const again = await importAll(restarted, requestFor(rowsOf(3000)));
    expect(again).toMatchObject({ enrolled: 3000 - written, counts: { known: written } });
    if (!row) return expect.fail('no import is noted');
    expect(await keepImport(depsOf(restarted), row.id)).toMatchObject({ ok: true });
    expect(await restarted.database.imports.get(row.id)).toMatchObject({ phase: 'cancelled' });
    await undoImport(depsOf(restarted), row.id, toTheEnd());
    expect(await restarted.database.members.count()).toBe(3000 - written);
    await expectRebuildIsEqual(restarted);
  });

  test('one import at a time over all windows', async () => {
    const store = await open();
    const running = importAll(store, requestFor(rowsOf(1000)));
    expect(await runImport(depsOf(store), requestFor(rowsOf(1)), toTheEnd())).toMatchObject({
      error: { code: 'busy' },
    });
    await running;
  });
});
