import { describe, expect, test } from 'vitest';
import type { TestStore } from '#tests/fakes/test-store.ts';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import { importProgramOf } from '#shared/domain/import/import-program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { digestProjections, rebuildProjections } from '../rebuild.ts';
import { createImportDesk, type DeskState, type ImportDesk } from './import-desk.ts';
import type { ImportRequest } from './import-job.ts';

const openStore = deletedStores();

async function open(): Promise<{ readonly store: TestStore; readonly desk: ImportDesk }> {
  const store = await openStore();
  return { store, desk: createImportDesk(store.database.name) };
}

const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => `06399${80_000 + index};Member ${index};3\n`).join('');

const requestFor = (contents: string): ImportRequest => ({
  file: new Blob([contents]),
  fileName: 'members.csv',
  format: { encoding: 'utf-8', separator: ';', skippedLines: 0 },
  hasHeader: false,
  columns: [{ kind: 'phone' }, { kind: 'name' }, { kind: 'balance', program: 'coffee' }],
  country: 'FR',
  existing: 'leave',
});

const isSeen = (desk: ImportDesk, test_: (state: DeskState) => boolean) =>
  new Promise<void>((resolve) => {
    const stop = desk.subscribe(() => {
      if (!test_(desk.state())) return;
      stop();
      resolve();
    });
  });

describe('the import desk', () => {
  test('looks, checks, imports and undoes in a worker, and the page’s ledger goes on', async () => {
    const { store, desk } = await open();
    const looked = await desk.look({
      file: new Blob([`phone;name\n${rows(3)}`]),
      country: 'FR',
      language: 'en',
      today: '2026-01-05' as PlainDay,
      programs: [importProgramOf(store.program)],
    });
    expect(looked).toMatchObject({
      ok: true,
      value: { hasHeader: true, columns: [{ kind: 'phone' }, { kind: 'name' }, {}] },
    });
    const checked = await desk.check(requestFor(rows(10)), {
      signal: new AbortController().signal,
      report: () => undefined,
    });
    expect(checked).toMatchObject({
      ok: true,
      value: { counts: { fresh: 10 }, fresh: [{ program: 'coffee', units: 30 }] },
    });

    const imported = await desk.import(requestFor(rows(300)), UNASSIGNED_STAFF);
    if (!imported.ok) return expect.fail(imported.error.code);
    expect(imported.value).toMatchObject({ phase: 'done', enrolled: 300 });
    expect(desk.state().finished).toMatchObject({ kind: 'import', result: imported });
    expect(await store.database.members.count()).toBe(300);
    const before = await digestProjections(store.database);
    await rebuildProjections(store.database);
    expect(await digestProjections(store.database)).toBe(before);

    const { id } = imported.value;
    expect(await desk.undo({ id, fileName: 'members.csv' }, UNASSIGNED_STAFF)).toMatchObject({
      ok: true,
      value: { phase: 'undone', undone: 300 },
    });
    expect(await store.database.members.count()).toBe(0);
  });

  test('stops at the next slice when asked, and says how far it came', async () => {
    const { store, desk } = await open();
    const running = desk.import(requestFor(rows(15_000)), UNASSIGNED_STAFF);
    await isSeen(desk, ({ running: job }) => (job?.progress?.members ?? 0) > 0);
    expect(await desk.isAnyRunning()).toBe(true);
    expect(await desk.import(requestFor(rows(1)), UNASSIGNED_STAFF)).toMatchObject({
      error: { code: 'busy' },
    });
    desk.cancel();
    const stopped = await running;
    if (!stopped.ok) return expect.fail(stopped.error.code);
    expect(stopped.value.phase).toBe('cancelled');
    expect(stopped.value.enrolled).toBeLessThan(15_000);
    expect(await store.database.members.count()).toBe(stopped.value.enrolled);
    expect(await desk.isAnyRunning()).toBe(false);
  });

  test('the worker does the work: the page writes no event', { timeout: 60_000 }, async () => {
    const { desk } = await open();
    const written: string[] = [];
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function watch(this: IDBDatabase, names, mode, options) {
      if (mode === 'readwrite') written.push(...(typeof names === 'string' ? [names] : names));
      return transaction.call(this, names, mode, options);
    };
    try {
      const imported = await desk.import(requestFor(rows(5000)), UNASSIGNED_STAFF);
      expect(imported).toMatchObject({ ok: true, value: { enrolled: 5000 } });
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
    expect(written).not.toContain('events');
  });
});
