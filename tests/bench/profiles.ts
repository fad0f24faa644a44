import { constants, existsSync } from 'node:fs';
import { cp, mkdtemp, mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { MIGRATIONS } from '#renderer/data/migrations/migrations.ts';
import { PROJECTION_VERSION } from '#renderer/data/projection-marks.ts';
import { makePreset } from '#shared/domain/presets.ts';
import { makeProgramBook } from '#shared/domain/program.ts';
import type { ProgramId, ShopId, StreamId, TillId } from '#shared/lib/brand.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { sha256Hex } from '#shared/lib/sha256.ts';
import { createRowMaker } from './member-rows.ts';
import type { BenchPage } from './messages.ts';

declare global {
  interface Window {
    readonly bench: BenchPage;
  }
}

/** Browser profiles with so many members in them: loaded once, kept, and copied for each run. */

const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const VIEWPORT = { width: 1280, height: 800 };

export async function launch(profile: string, executablePath: string): Promise<BrowserContext> {
  return await chromium.launchPersistentContext(profile, {
    executablePath,
    args: QUIET,
    viewport: VIEWPORT,
  });
}

export async function openBench(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => process.stderr.write(`${error.stack ?? error.message}\n`));
  await page.goto(`${origin}/bench.html`);
  await page.waitForFunction(() => 'bench' in window);
  await page.evaluate(() => window.bench.open());
  return page;
}

const SAMPLE_SIZE = 100;

/** Changes with the tables, with the bytes of the loaded rows and with the projections; not with how they are made. */
function shapeHash(): string {
  const identity = { shop: 'shop' as ShopId, till: 'till' as TillId };
  const names = { name: '', finalReward: '' };
  const program = makePreset({ key: 'coffee', id: 'program' as ProgramId, names, currency: 'EUR' });
  const programs = makeProgramBook([program]);
  const head = { stream: 'stream' as StreamId, seq: 0, link: '' } as const;
  const maker = createRowMaker({ head, identity, programs });
  const rows = Array.from({ length: SAMPLE_SIZE }, (_, index) => maker.rowsOf(index));
  const stores = MIGRATIONS.map(({ version, stores: tables }) => ({ version, tables }));
  const shape = { rows, totals: maker.takeTotals(), stores, version: PROJECTION_VERSION };
  return sha256Hex(canonicalJson(shape)).slice(0, 12);
}

const PROGRESS_EVERY_MS = 5_000;

/** The folder of a profile with `size` members. The first time this takes minutes for a million. */
export async function ensureProfile(request: {
  readonly root: string;
  readonly origin: string;
  readonly size: number;
  readonly executablePath: string;
  readonly say: (line: string) => void;
}): Promise<string> {
  const { root, origin, size, executablePath, say } = request;
  const cache = join(root, 'node_modules', '.cache', 'tenpunch-bench');
  const folder = join(cache, `${size}-${shapeHash()}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const loading = await mkdtemp(join(cache, 'loading-'));
  const context = await launch(loading, executablePath);
  const page = await openBench(context, origin);
  if (!(await page.evaluate(() => window.bench.isLoadFaithful()))) {
    throw new Error('a rebuild of the loaded rows gives other bytes: the bench would not measure the app');
  }
  const startedAt = performance.now();
  let lastSaidAt = startedAt;
  const progress = new AbortController();
  const load = page.evaluate((members) => window.bench.load(members), size).finally(() => progress.abort());
  while (!progress.signal.aborted) {
    await Promise.race([load, new Promise((resolve) => void setTimeout(resolve, 500))]);
    if (performance.now() - lastSaidAt < PROGRESS_EVERY_MS) continue;
    lastSaidAt = performance.now();
    const done = await page.evaluate(() => window.bench.loaded());
    const rate = (1000 * done) / (lastSaidAt - startedAt);
    say(`  loading ${size} members: ${done} (${Math.round(rate)} a second)`);
  }
  await load;
  await context.close();
  await rename(loading, folder);
  return folder;
}

/** The same with a visit more of half the members, all of it unknown to any endpoint. */
export async function ensureBacklog(request: Parameters<typeof ensureProfile>[0]): Promise<string> {
  const loaded = await ensureProfile(request);
  const folder = `${loaded}-backlog`;
  if (existsSync(folder)) return folder;
  request.say(`  adding ${Math.ceil(request.size / 2)} visits`);
  const copy = await copyProfile(loaded);
  const context = await launch(copy.path, request.executablePath);
  const page = await openBench(context, request.origin);
  await page.evaluate((count) => window.bench.addVisits(count), Math.ceil(request.size / 2));
  await context.close();
  await cp(copy.path, `${folder}-loading`, { recursive: true });
  await rename(`${folder}-loading`, folder);
  await copy.remove();
  return folder;
}

/** A copy to work on: what a run writes is gone after it. */
export async function copyProfile(folder: string): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'tenpunch-bench-'));
  await cp(folder, path, {
    recursive: true,
    mode: constants.COPYFILE_FICLONE,
    // The data is kept, the pages of an earlier build are not.
    filter: (source) => !/[\\/](Code )?Cache$/.test(source),
  });
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}
