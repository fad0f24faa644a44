import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '#server/embedded/embedded-store.ts';
import type { ArchivableStore } from '#server/store/event-store.ts';
import { openPGlite } from '#server/store/pglite-database.ts';
import { visitsOf } from '#tests/fakes/visits.ts';

/** How long an endpoint in a folder takes to start: after an orderly end, after a kill, and after a kill behind a checkpoint. */

const BATCH = 500;
const SHOP = 'shop-1';
const MIB = 1024 * 1024;

export async function runStartBench({
  events,
  say,
}: {
  readonly events: number;
  readonly say: (line: string) => void;
}): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tenpunch-bench-'));
  const data = join(folder, 'data');
  const open = () =>
    openEmbeddedStore({
      folder: data,
      newEpoch: () => 'e',
      onBroken: () => undefined,
      openDatabase: openPGlite,
      // Only when this asks for one.
      checkpointFromBytes: Number.MAX_SAFE_INTEGER,
    });

  async function time<Value>(what: string, run: () => Promise<Value>): Promise<Value> {
    const startedAt = performance.now();
    const value = await run();
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const mebibytes = Math.round(statSync(join(data, 'log')).size / MIB);
    say(`  ${what.padEnd(34)} ${seconds} s  (log ${mebibytes} MiB)`);
    return value;
  }

  /** What a kill leaves: everything but the mark of an orderly end. */
  async function kill(store: ArchivableStore): Promise<void> {
    await store.close();
    rmSync(join(data, 'clean'));
  }

  try {
    say(`A folder with ${events.toLocaleString('en')} events`);
    let store = await open();
    await store.createShop({ shop: SHOP, atMs: 0 });
    for (let from = 0; from < events; from += BATCH) {
      const batch = visitsOf({ stream: `s${from}`, count: Math.min(BATCH, events - from) });
      await store.acceptBatch({ shop: SHOP, till: 'till-1', events: batch, atMs: 0 });
    }
    await store.close();
    store = await time('start after an orderly end', open);
    await kill(store);
    store = await time('start after a kill', open);
    await time('checkpoint', async () => store.checkpoint?.());
    await kill(store);
    store = await time('start after a kill, checkpoint', open);
    await store.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
