// What every host promises. Each host's own test file says how to make one and how to make the world around it fail.

import { describe, expect, test } from 'vitest';
import { MAX_FILE_BYTES } from '#shared/ipc/contract.ts';
import type { Host } from '#renderer/platform/host.ts';

export interface HostWorld {
  readonly host: Host;
  /** The saved file's bytes, undefined when there is none. */
  readonly savedBytes: () => Promise<Uint8Array | undefined>;
  /** Files that are left where the host keeps its own, the saved one apart. */
  readonly leftBytes: () => Promise<number>;
}

export interface HostTrouble {
  readonly save: 'none' | 'cancel' | 'disk-full' | 'denied';
  readonly isPersistenceGranted: boolean;
  /** `unknown`: this machine does not tell. */
  readonly disk?: 'full' | 'unknown';
}

const NO_TROUBLE: HostTrouble = { save: 'none', isPersistenceGranted: true };
const CSV = { suggestedName: 'Gün özeti.csv', kind: 'csv', contents: 'gün;damga\n"Ayşe";10\n' } as const;

export function describeHost(
  kind: Host['kind'],
  withWorld: (trouble: HostTrouble, use: (world: HostWorld) => Promise<void>) => Promise<void>,
): void {
  describe(`the ${kind} host`, () => {
    test('says what it is', () =>
      withWorld(NO_TROUBLE, async ({ host }) => {
        expect(host.kind).toBe(kind);
        const info = await host.info();
        expect(info).toMatchObject({ name: 'Tenpunch' });
        expect(info.version).toMatch(/^\d+\.\d+\.\d+/);
        expect(info.locale).toMatch(/^[a-z]{2,3}(-|$)/);
      }));

    test('saves text as UTF-8, whole', () =>
      withWorld(NO_TROUBLE, async ({ host, savedBytes }) => {
        expect(await host.saveFile(CSV)).toMatchObject({ ok: true, value: { kind: 'saved' } });
        expect(new TextDecoder().decode(await savedBytes())).toBe(CSV.contents);
      }));

    test('saves every byte as it is', () =>
      withWorld(NO_TROUBLE, async ({ host, savedBytes }) => {
        // More than one chunk of the base64 encoder, and not a multiple of three.
        const contents = Uint8Array.from({ length: 70_001 }, (_, index) => (index * 7) % 256);
        await host.saveFile({ suggestedName: 'cards.pdf', kind: 'pdf', contents });
        expect(await savedBytes()).toEqual(contents);
      }));

    test('saves a view of a larger buffer without its surroundings', () =>
      withWorld(NO_TROUBLE, async ({ host, savedBytes }) => {
        const contents = new Uint8Array([1, 2, 3, 4, 5]).subarray(1, 4);
        await host.saveFile({ suggestedName: 'part.pdf', kind: 'pdf', contents });
        expect(await savedBytes()).toEqual(new Uint8Array([2, 3, 4]));
      }));

    test('an empty file is saved too', () =>
      withWorld(NO_TROUBLE, async ({ host, savedBytes }) => {
        await host.saveFile({ ...CSV, contents: '' });
        expect((await savedBytes())?.byteLength).toBe(0);
      }));

    test('cancelling is an outcome and writes nothing', () =>
      withWorld({ ...NO_TROUBLE, save: 'cancel' }, async ({ host, savedBytes }) => {
        expect(await host.saveFile(CSV)).toEqual({ ok: true, value: { kind: 'cancelled' } });
        expect(await savedBytes()).toBeUndefined();
      }));

    test.each(['disk-full', 'denied'] as const)('%s is an expected failure and leaves no half file', (code) =>
      withWorld({ ...NO_TROUBLE, save: code }, async ({ host, savedBytes }) => {
        expect(await host.saveFile(CSV)).toEqual({ ok: false, error: { code } });
        expect((await savedBytes())?.byteLength ?? 0).toBe(0);
      }),
    );

    test('a file over the limit is refused before it is copied anywhere', () =>
      withWorld(NO_TROUBLE, async ({ host, savedBytes }) => {
        const contents = new Uint8Array(MAX_FILE_BYTES + 1);
        expect(await host.saveFile({ ...CSV, contents })).toEqual({
          ok: false,
          error: { code: 'too-large' },
        });
        expect(await savedBytes()).toBeUndefined();
      }));

    test.each(['../escape.csv', 'a/b.csv', '.hidden', ''])('the name %j is refused', (suggestedName) =>
      withWorld(NO_TROUBLE, async ({ host, savedBytes }) => {
        const outcome = await host.saveFile({ ...CSV, suggestedName });
        expect(outcome).toEqual({ ok: false, error: { code: 'invalid' } });
        expect(await savedBytes()).toBeUndefined();
      }),
    );

    test.each([
      [true, 'granted'],
      [false, 'denied'],
    ] as const)('persistent storage: %s means %s', (isPersistenceGranted, answer) =>
      withWorld({ ...NO_TROUBLE, isPersistenceGranted }, async ({ host }) => {
        expect(await host.requestPersistentStorage()).toBe(answer);
      }),
    );

    test('there is room for as much as fits, asked once or by many at once, and asking leaves nothing', () =>
      withWorld(NO_TROUBLE, async ({ host, leftBytes }) => {
        expect(await host.hasRoom(1024 * 1024)).toBe(true);
        const answers = [1000, 1000, 1000, 2000, 1000].map((bytes) => host.hasRoom(bytes));
        expect(await Promise.all(answers)).toEqual([true, true, true, true, true]);
        expect(await leftBytes()).toBe(0);
      }));

    test('a full disk has no room, as often as one asks', () =>
      withWorld({ ...NO_TROUBLE, disk: 'full' }, async ({ host, leftBytes }) => {
        expect(await Promise.all([host.hasRoom(1000), host.hasRoom(1000)])).toEqual([false, false]);
        expect(await host.hasRoom(1000)).toBe(false);
        expect(await leftBytes()).toBe(0);
      }));

    test('where nobody can know, there is room', () =>
      withWorld({ ...NO_TROUBLE, disk: 'unknown' }, async ({ host }) => {
        expect(await host.hasRoom(Number.MAX_SAFE_INTEGER)).toBe(true);
      }));

    test('storage is estimated in bytes', () =>
      withWorld(NO_TROUBLE, async ({ host }) => {
        const estimate = await host.storageEstimate();
        expect(estimate?.usageBytes).toBeGreaterThanOrEqual(0);
        expect(estimate?.quotaBytes).toBeGreaterThan(estimate?.usageBytes ?? 0);
      }));
  });
}
