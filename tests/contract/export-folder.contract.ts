// What every host's export folder promises, with real files.

import { describe, expect, test } from 'vitest';
import type { ExportFolder } from '#renderer/platform/export-folder.ts';
import { MAX_EXPORT_FILES, MAX_FILE_BYTES } from '#shared/ipc/contract.ts';

export interface FolderWorld {
  readonly exports: ExportFolder;
  /** The same till after a start of the app. */
  readonly restart: () => ExportFolder;
  /** The last part of the path that the person chooses. */
  readonly name: string;
  /** What lies in that folder, by name; a folder inside is `folder`. */
  readonly contents: () => Promise<Readonly<Record<string, string>>>;
  readonly put: (name: string, text: string) => Promise<void>;
  readonly putFolder: (name: string) => Promise<void>;
}

/** `late-…`: comes when the last file is being moved to its place. */
export type FolderTrouble = 'none' | 'cancel' | 'disk-full' | 'denied' | 'late-denied';

const TWO = [
  { name: 'Gün 2026-11-21.csv', contents: 'gün;damga\n2026-11-21;10\n' },
  { name: 'z.json', contents: new Uint8Array([0, 255, 10]) },
];
const LATIN = new TextDecoder('latin1');
const UTF8 = new TextEncoder();

export function describeExportFolder(
  kind: string,
  withWorld: (trouble: FolderTrouble, use: (world: FolderWorld) => Promise<void>) => Promise<void>,
): void {
  describe(`the export folder of the ${kind}`, () => {
    test('before one is chosen there is none, and nothing is written anywhere', () =>
      withWorld('none', async ({ exports, contents }) => {
        expect(await exports.find()).toBeUndefined();
        expect(await exports.write(TWO)).toEqual({ ok: false, error: { code: 'denied' } });
        expect(await contents()).toEqual({});
      }));

    test('the choice is known after a start of the app', () =>
      withWorld('none', async ({ exports, restart, name, contents }) => {
        const chosen = { name, mustAsk: false };
        expect(await exports.choose()).toEqual({ ok: true, value: chosen });
        expect(await exports.find()).toEqual(chosen);
        const again = restart();
        expect(await again.find()).toEqual(chosen);
        expect(await again.write(TWO)).toEqual({ ok: true, value: chosen });
        expect(Object.keys(await contents())).toEqual(['Gün 2026-11-21.csv', 'z.json']);
      }));

    test('cancelling chooses nothing', () =>
      withWorld('cancel', async ({ exports }) => {
        expect(await exports.choose()).toEqual({ ok: false, error: { code: 'cancelled' } });
        expect(await exports.find()).toBeUndefined();
      }));

    test('files are written whole, text as UTF-8, bytes as they are, and nothing else is left', () =>
      withWorld('none', async ({ exports, contents, put }) => {
        await exports.choose();
        await put('z.json', 'x'.repeat(10_000));
        await put('other.txt', 'not ours');
        await exports.write(TWO);
        expect(await contents()).toEqual({
          'Gün 2026-11-21.csv': LATIN.decode(UTF8.encode('gün;damga\n2026-11-21;10\n')),
          'other.txt': 'not ours',
          'z.json': LATIN.decode(new Uint8Array([0, 255, 10])),
        });
      }));

    test('a view of a larger buffer is written without its surroundings', () =>
      withWorld('none', async ({ exports, contents }) => {
        await exports.choose();
        await exports.write([{ name: 'a', contents: UTF8.encode('12345').subarray(1, 4) }]);
        expect(await contents()).toEqual({ a: '234' });
      }));

    test('where one file can’t be written, none is', () =>
      withWorld('none', async ({ exports, contents, put, putFolder }) => {
        await exports.choose();
        await put('a.csv', 'old');
        await putFolder('c.csv');
        const files = ['a.csv', 'b.csv', 'c.csv'].map((name) => ({ name, contents: 'new' }));
        expect(await exports.write(files)).toMatchObject({ ok: false });
        expect(await contents()).toEqual({ 'a.csv': 'old', 'c.csv': 'folder' });
      }));

    test.each([
      ['disk-full', 'disk-full'],
      ['denied', 'denied'],
      ['late-denied', 'denied'],
    ] as const)('%s is an expected failure, and the folder is as it was', (trouble, code) =>
      withWorld(trouble, async ({ exports, contents, put }) => {
        await exports.choose();
        await put('a.csv', 'old, and longer than the new one');
        const files = ['a.csv', 'b.csv', 'c.csv'].map((name) => ({ name, contents: 'new' }));
        expect(await exports.write(files)).toEqual({ ok: false, error: { code } });
        expect(await contents()).toEqual({ 'a.csv': 'old, and longer than the new one' });
      }),
    );

    test.each([
      ['a way out of the folder', ['../a.csv']],
      ['a folder inside', ['a/b.csv']],
      ['a hidden file', ['.a.csv']],
      ['one name twice', ['a.csv', 'A.csv']],
      ['no file at all', []],
      ['too many', Array.from({ length: MAX_EXPORT_FILES + 1 }, (_, index) => `${index}.csv`)],
    ])('%s is refused', (_what, names) =>
      withWorld('none', async ({ exports, contents }) => {
        await exports.choose();
        const files = names.map((name) => ({ name, contents: 'a' }));
        expect(await exports.write(files)).toEqual({ ok: false, error: { code: 'invalid' } });
        expect(await contents()).toEqual({});
      }),
    );

    test('files that are too large together are refused', () =>
      withWorld('none', async ({ exports, contents }) => {
        await exports.choose();
        const half = new Uint8Array(MAX_FILE_BYTES / 2 + 1);
        const files = ['a', 'b'].map((name) => ({ name, contents: half }));
        expect(await exports.write(files)).toEqual({ ok: false, error: { code: 'too-large' } });
        expect(await contents()).toEqual({});
      }));
  });
}
