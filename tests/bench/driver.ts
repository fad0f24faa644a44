// Runs the bench in a real Chromium and tells what it found. Started by `npm run bench`.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import { keyRounds, timeColdStart } from './key-rounds.ts';
import { installPaintProbe } from './paint-probe.ts';
import { copyProfile, ensureBacklog, ensureProfile, launch, openBench } from './profiles.ts';
import {
  busyLookupFigure,
  foldFigures,
  importFigure,
  keyFigures,
  longTaskFigure,
  punchFigure,
  searchFigure,
  startFigure,
  tellFigure,
  whatIfFigures,
  writeNumbers,
  type Figure,
} from './report.ts';
import { buildSite, serveSite } from './site.ts';
import { summarize } from './statistics.ts';
import { busyFigures, drainFigures, joiningFigures, liveFigures } from './sync-report.ts';
import { drainBusily, drainQuietly, followLive, joinOnce } from './sync-rounds.ts';

export interface BenchRequest {
  readonly root: string;
  readonly version: string;
  readonly executablePath: string;
  readonly sizes: readonly number[];
  /** One of PARTS. */
  readonly only: string | undefined;
  readonly isQuick: boolean;
  readonly isWriting: boolean;
  readonly say: (line: string) => void;
}

export interface BenchReport {
  readonly met: number;
  readonly missed: readonly string[];
}

interface Scene {
  readonly request: BenchRequest;
  readonly origin: string;
  readonly size: number;
  /** The kept profile: copied, never written. */
  readonly profile: string;
  readonly emptyProfile: string;
}

/** Measured in this order, each on a fresh copy of the profile. */
const PARTS: Readonly<Record<string, (scene: Scene) => Promise<Figure[]>>> = {
  search: measureSearch,
  punch: measurePunch,
  fold: measureFold,
  keys: measureKeys,
  start: measureStart,
  import: measureImport,
  'what-if': measureWhatIf,
  sync: measureSync,
};

export const partNames = (): string[] => Object.keys(PARTS);

export async function runBench(request: BenchRequest): Promise<BenchReport> {
  const { root, version, sizes, only, say } = request;
  const folder = await mkdtemp(join(tmpdir(), 'tenpunch-bench-site-'));
  const figures: Figure[] = [];
  await buildSite({ root, folder, version });
  const site = await serveSite(folder);
  const { origin } = site;
  try {
    const emptyProfile = await ensureProfile({ ...request, origin, size: 0 });
    for (const size of sizes) {
      const profile = await ensureProfile({ ...request, origin, size });
      say(`${size.toLocaleString('en')} members`);
      for (const [name, measure] of Object.entries(PARTS)) {
        if (only !== undefined && only !== name) continue;
        for (const figure of await measure({ request, origin, size, profile, emptyProfile })) {
          figures.push(figure);
          say(tellFigure(figure));
        }
      }
    }
    if (request.isWriting) {
      await writeNumbers(join(root, 'docs', 'numbers.md'), await browserVersion(request), figures);
    }
  } finally {
    site.close();
    await rm(folder, { recursive: true, force: true });
  }
  const judged = figures.filter(({ isMet }) => isMet !== undefined);
  const missed = judged.filter(({ isMet }) => isMet === false);
  return {
    met: judged.length - missed.length,
    missed: missed.map(({ size, name }) => `${size.toLocaleString('en')} members: ${name}`),
  };
}

async function onCopy<Value>(
  profile: string,
  executablePath: string,
  work: (context: BrowserContext) => Promise<Value>,
): Promise<Value> {
  const copy = await copyProfile(profile);
  try {
    const context = await launch(copy.path, executablePath);
    try {
      return await work(context);
    } finally {
      await context.close();
    }
  } finally {
    await copy.remove();
  }
}

const onBenchPage = <Value>(scene: Scene, work: (page: Page) => Promise<Value>): Promise<Value> =>
  onCopy(scene.profile, scene.request.executablePath, async (context) =>
    work(await openBench(context, scene.origin)),
  );

async function measureSearch(scene: Scene): Promise<Figure[]> {
  const { size, request } = scene;
  const rounds = request.isQuick ? 100 : 500;
  return await onBenchPage(scene, async (page) => {
    await page.evaluate((about) => window.bench.search(about), { size, rounds: 40, seed: 1 });
    await page.evaluate(() => window.bench.takeLongTasks());
    const pairs = await page.evaluate((about) => window.bench.search(about), { size, rounds, seed: 2 });
    const longTasks = await page.evaluate(() => window.bench.takeLongTasks());
    return [
      ...pairs.map((pair) => searchFigure(size, pair)),
      longTaskFigure(size, 'the searches above', longTasks),
    ];
  });
}

async function measurePunch(scene: Scene): Promise<Figure[]> {
  const { size, request } = scene;
  const rounds = request.isQuick ? 100 : 500;
  return await onBenchPage(scene, async (page) => {
    await page.evaluate((about) => window.bench.punch(about), { size, rounds: 40, seed: 3 });
    await page.evaluate(() => window.bench.takeLongTasks());
    const pairs = await page.evaluate((about) => window.bench.punch(about), { size, rounds, seed: 4 });
    const longTasks = await page.evaluate(() => window.bench.takeLongTasks());
    return [
      ...pairs.map((pair) => punchFigure(size, pair)),
      longTaskFigure(size, 'the punches above', longTasks),
    ];
  });
}

async function measureFold(scene: Scene): Promise<Figure[]> {
  const { size, request } = scene;
  const rounds = request.isQuick ? 100 : 500;
  return await onBenchPage(scene, async (page) => {
    const result = await page.evaluate((about) => window.bench.fold(about), { rounds });
    return foldFigures(size, result);
  });
}

async function openApp(context: BrowserContext): Promise<Page> {
  await context.addInitScript(installPaintProbe);
  return await context.newPage();
}

async function measureKeys(scene: Scene): Promise<Figure[]> {
  const { size, request, profile, origin } = scene;
  const rounds = request.isQuick ? 30 : 200;
  return await onCopy(profile, request.executablePath, async (context) => {
    const page = await openApp(context);
    await timeColdStart(page, origin);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(500);
    await page.evaluate(() => window.probe.takeLongTasks());
    const results = await keyRounds(page, { size, rounds, seed: 5 });
    const longTasks = await page.evaluate(() => window.probe.takeLongTasks());
    return [
      ...results.flatMap((result) => keyFigures(size, result)),
      longTaskFigure(size, 'typing and punching in the app', longTasks),
    ];
  });
}

async function measureStart(scene: Scene): Promise<Figure[]> {
  const { size, request, profile, emptyProfile, origin } = scene;
  const { executablePath } = request;
  const rounds = request.isQuick ? 3 : 12;
  const copies = {
    loaded: await copyProfile(profile),
    empty: await copyProfile(emptyProfile),
  };
  const times = { loaded: [] as number[], empty: [] as number[] };
  const longTasks: number[] = [];
  // The first start of a copy settles what the copying left behind.
  for (let round = -1; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (['loaded', 'empty'] as const) : (['empty', 'loaded'] as const);
    for (const name of order) {
      const context = await launch(copies[name].path, executablePath);
      const page = await openApp(context);
      const took = await timeColdStart(page, origin);
      if (round >= 0) times[name].push(took);
      if (round >= 0 && name === 'loaded') {
        longTasks.push(...(await page.evaluate(() => window.probe.takeLongTasks())));
      }
      await context.close();
    }
  }
  await Promise.all([copies.loaded.remove(), copies.empty.remove()]);
  return [
    startFigure(size, summarize(times.loaded), summarize(times.empty)),
    longTaskFigure(size, `${rounds} cold starts`, longTasks),
  ];
}

async function measureImport(scene: Scene): Promise<Figure[]> {
  const { size, request } = scene;
  const rounds = request.isQuick ? 2 : 7;
  return await onBenchPage(scene, async (page) => {
    const figures = (
      await page.evaluate((about) => window.bench.importMembers(about), { size, rounds, perRound: 2000 })
    ).map((round) => importFigure(size, round));
    await page.evaluate(() => window.bench.takeLongTasks());
    const lookups = await page.evaluate((about) => window.bench.lookupsWhileImporting(about), {
      size,
      members: request.isQuick ? 3000 : 10_000,
      seed: 6,
    });
    const longTasks = await page.evaluate(() => window.bench.takeLongTasks());
    return [
      ...figures,
      busyLookupFigure(size, lookups),
      longTaskFigure(size, 'an import with lookups', longTasks),
    ];
  });
}

async function measureWhatIf(scene: Scene): Promise<Figure[]> {
  const { size, request } = scene;
  const rounds = request.isQuick ? 2 : 5;
  return await onBenchPage(scene, async (page) => {
    // Each round reads on the page too, which is not what is judged: a round of its own for the long tasks.
    const result = await page.evaluate((about) => window.bench.whatIf(about), { rounds });
    await page.evaluate(() => window.bench.takeLongTasks());
    await page.evaluate(() => window.bench.playOnce());
    const longTasks = await page.evaluate(() => window.bench.takeLongTasks());
    return [...whatIfFigures(size, result), longTaskFigure(size, 'a what-if', longTasks)];
  });
}

/** A shop of a million members is beyond an endpoint in a folder. */
const LARGEST_SHOP = 100_000;

async function measureSync({ size, request, origin }: Scene): Promise<Figure[]> {
  if (size > LARGEST_SHOP) return [];
  const backlogProfile = await ensureBacklog({ ...request, origin, size });
  const scene = { ...request, origin, size, backlogProfile };
  return [
    ...drainFigures(size, await drainQuietly(scene)),
    ...busyFigures(size, await drainBusily(scene)),
    ...joiningFigures(size, await joinOnce(scene)),
    // Two tills that join first: what they see of each other does not depend on how much is there.
    ...(size < LARGEST_SHOP ? liveFigures(size, await followLive(scene)) : []),
  ];
}

async function browserVersion({ executablePath }: BenchRequest): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'tenpunch-bench-'));
  const context = await launch(profile, executablePath);
  const version = context.browser()?.version() ?? (await context.pages()[0]?.evaluate(userAgentVersion));
  await context.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  return version ?? 'of an unknown version';
}

const userAgentVersion = (): string => /Chrome\/(\d+)/.exec(navigator.userAgent)?.[1] ?? '';
