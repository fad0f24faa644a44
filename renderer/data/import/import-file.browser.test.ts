import { describe, expect, test } from 'vitest';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import {
  COFFEE,
  COLUMNS,
  e164At,
  importAll,
  memberBy,
  numberAt,
  requestFor,
  rowsOf,
} from '#tests/fakes/import-bench.ts';
import expected from '#resources/sample/expected.json';
import sample from '#resources/sample/members-5000.csv?raw';
import type { PhoneNumber } from '#shared/lib/brand.ts';
import { lookAtImport } from './check-import.ts';

const open = deletedStores();

describe('a chosen file', () => {
  const look = (contents: BlobPart, change: { language?: string; country?: string } = {}) =>
    lookAtImport({
      file: new Blob([contents]),
      country: change.country ?? 'FR',
      language: change.language ?? 'en',
      today: '2026-01-05' as never,
      programs: [COFFEE],
    });
  const utf16 = (text: string, isLittle: boolean, hasMark: boolean) => {
    const marked = hasMark ? `\ufeff${text}` : text;
    const bytes = new DataView(new ArrayBuffer(marked.length * 2));
    for (let index = 0; index < marked.length; index += 1)
      bytes.setUint16(index * 2, marked.charCodeAt(index), isLittle);
    return bytes.buffer;
  };
  const bytesOf = (...bytes: number[]) => new Uint8Array(bytes);
  const TABLE = 'Téléphone;Nom;Tampons\n0639980001;Zoé;3\n0639980002;Noé;4\n';

  test.each([
    ['UTF-8', TABLE, 'utf-8'],
    ['UTF-8 with its mark', `\ufeff${TABLE}`, 'utf-8'],
    ['UTF-16 LE', utf16(TABLE, true, true), 'utf-16le'],
    ['UTF-16 BE', utf16(TABLE, false, true), 'utf-16be'],
    ['UTF-16 LE without a mark', utf16(TABLE, true, false), 'utf-16le'],
    ['UTF-16 BE without a mark', utf16(TABLE, false, false), 'utf-16be'],
    ['Latin-1', Uint8Array.from(TABLE, (letter) => letter.charCodeAt(0)), 'windows-1252'],
  ])('in %s is read and imported', async (_, contents, encoding) => {
    const store = await open();
    const looked = await look(contents);
    expect(looked).toMatchObject({
      ok: true,
      value: { hasHeader: true, format: { encoding, separator: ';' }, columns: COLUMNS },
    });
    if (!looked.ok) return;
    await importAll(store, requestFor(new Blob([contents]), { ...looked.value }));
    expect(await memberBy(store, '+33639980001' as PhoneNumber)).toMatchObject({ name: 'Zoé', stamps: 3 });
  });

  test('in Turkish windows-1254 is read where the shop or the language is Turkish', async () => {
    const contents = new Uint8Array([...'telefon;isim\n05321234567;'].map((letter) => letter.charCodeAt(0)));
    const file = new Blob([contents, bytesOf(0xc7, 0x61, 0xf0, 0x72, 0xfd, 0x0a)]);
    for (const hint of [{ country: 'TR' }, { language: 'tr', country: 'FR' }]) {
      const looked = await look(await file.arrayBuffer(), hint);
      expect(looked.ok && looked.value.rows[1]?.cells[1]).toBe('Çağrı');
    }
  });

  test('with one late letter of another encoding is not taken for UTF-8', async () => {
    const file = new Blob([rowsOf(9000), '0639990000;Zo', bytesOf(0xe9), ';1\n']);
    const looked = await look(await file.arrayBuffer());
    expect(looked.ok && looked.value.format.encoding).toBe('windows-1252');
  });

  test.each([
    ['an empty file', '', 'empty'],
    ['a file of blank lines', '\n \n', 'empty'],
    ['a new spreadsheet', bytesOf(0x50, 0x4b, 3, 4, 20, 0, 6, 0), 'spreadsheet'],
    ['an old spreadsheet', bytesOf(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1), 'spreadsheet'],
    ['a picture', bytesOf(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 1, 2, 3, 4), 'not-text'],
  ])('that is %s is refused with its reason', async (_, contents, problem) => {
    expect(await look(contents)).toEqual({ ok: false, error: problem });
  });

  test('a cell of 10 MB costs its row, not the memory', async () => {
    const store = await open();
    const file = new Blob([
      `${numberAt(1)};Anna;1\n${numberAt(2)};`,
      'x'.repeat(10_000_000),
      `;2\n${numberAt(3)};Eva;3\n`,
    ]);
    const report = await importAll(store, requestFor(file, { hasHeader: false }));
    expect(report).toMatchObject({ enrolled: 2, reports: [{ line: 2, code: 'too-long' }] });
  });

  test('that ends in the middle of a letter or of a quote is read to its end', async () => {
    const store = await open();
    const file = new Blob([`${numberAt(1)};Anna;1\n${numberAt(2)};"Zo`, bytesOf(0xc3)]);
    const report = await importAll(store, requestFor(file, { hasHeader: false }));
    expect(report).toMatchObject({ enrolled: 1, reports: [{ line: 2, code: 'quotes' }] });
  });

  test('a formula stays plain text', async () => {
    const store = await open();
    const name = '=HYPERLINK("http://example.org";"click")';
    await importAll(
      store,
      requestFor(`${numberAt(1)};"${name.replaceAll('"', '""')}";1\n`, { hasHeader: false }),
    );
    expect((await memberBy(store, e164At(1)))?.name).toBe(name);
  });
});

test(
  'the sample of 5,000 messy rows gives exactly the balances its maker noted',
  { timeout: 60_000 },
  async () => {
    const store = await open();
    const file = new Blob([sample]);
    const looked = await lookAtImport({
      file,
      country: 'FR',
      language: 'en',
      today: '2026-01-05' as never,
      programs: [COFFEE],
    });
    if (!looked.ok) return expect.fail(looked.error);
    const report = await importAll(store, requestFor(file, { ...looked.value }));
    const { members, duplicates, mistakes, balances } = expected;
    expect(report.counts).toMatchObject({ fresh: members, duplicates, problems: mistakes, blanks: 0 });
    expect(report.counts.notices).toEqual({ birthday: 0, 'note-cut': 0, 'name-cut': 0 });
    const rows = await store.database.members.toArray();
    expect(Object.fromEntries(rows.map(({ phone, stamps }) => [phone, stamps]))).toEqual(balances);
  },
);
