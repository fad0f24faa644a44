import { afterEach, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#tests/fakes/test-store.ts';
import { formatHlc } from '#shared/lib/hlc.ts';
import type { ImportId, MemberId, TillId } from '#shared/lib/brand.ts';
import { forgetFileNames } from './forget-file-names.ts';
import type { ImportRow } from './rows.ts';

let store: TestStore | undefined;
afterEach(async () => {
  await store?.database.delete();
});

test('names of files that are older than an erasure go, those of imports that go on or came later stay', async () => {
  store = await openTestStore();
  const { database } = store;
  const row = (id: string, startedAt: number, phase: ImportRow['phase']): ImportRow => ({
    id: id as ImportId,
    fileName: `${id}.csv`,
    startedAt,
    phase,
    enrolled: 1,
    credited: 0,
    firstN: 1,
    lastN: 2,
  });
  await database.imports.bulkAdd([
    row('old', 1000, 'done'),
    row('taken-back', 1500, 'undone'),
    row('half', 1600, 'running'),
    row('later', 3000, 'done'),
  ]);
  await forgetFileNames(database);
  expect(await database.imports.filter(({ fileName }) => fileName === '').count()).toBe(0);
  const hlc = formatHlc({ wallMs: 2000, counter: 0 }, 'till' as TillId);
  await database.erased.add({ member: 'member' as MemberId, hlc });
  await forgetFileNames(database);
  const names = (await database.imports.toArray()).map(({ id, fileName }) => [id as string, fileName]);
  expect(Object.fromEntries(names)).toEqual({
    old: '',
    'taken-back': '',
    half: 'half.csv',
    later: 'later.csv',
  });
});
