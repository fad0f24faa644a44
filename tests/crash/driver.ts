// Kills the running app again and again and looks at what is left. Started by `npm run crash`.
//
//   start ──► work by keyboard ──► kill (whole browser · only the page · only the storage service) ──► start ──► check ─┐
//               ▲                                                                                                       │
//               └───────────────────────────────────────────────────────────────────────────────────────────────────────┘

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { createCashier, type Shown } from './cashier.ts';
import { findViolations, rulesOf, type StoreContent } from './check-store.ts';
import type { Intent } from './history.ts';
import { findVictims, KILL_KINDS, killAll, untilGone, type KillKind } from './processes.ts';

export interface CrashRequest {
  readonly origin: string;
  readonly executablePath: string;
  readonly times: number;
  readonly seed: number;
  /** Takes an event that was shown as done out of the store before the last check: the check must find it out. */
  readonly isTampering: boolean;
  readonly say: (line: string) => void;
}

export interface CrashReport {
  readonly kills: Readonly<Record<KillKind, number>>;
  /** Intents the screen called done. */
  readonly shown: number;
  /** Intents that were open when a kill came, and what had become of them. */
  readonly openKept: number;
  readonly openGone: number;
  readonly violations: readonly string[];
}

const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const READY_MS = 15_000;
/** The first run can be left for later. */
const SKIP = 'button:has-text("Skip")';
/** A kill comes within this time of the start of work … */
const LONGEST_WORK_MS = 1_500;
/** … or, every other time, within this time of a key that counts: where most can go wrong. */
const LONGEST_COMMIT_MS = 40;

export async function runCrash(request: CrashRequest): Promise<CrashReport> {
  const profile = await mkdtemp(join(tmpdir(), 'tenpunch-crash-'));
  try {
    return await killAndCheck(request, profile);
  } finally {
    killAll(findVictims(profile, 'whole'));
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function killAndCheck(request: CrashRequest, profile: string): Promise<CrashReport> {
  const { times, seed, isTampering, say } = request;
  const draw = createDraws(seed);
  const kills: Record<KillKind, number> = { whole: 0, page: 0, storage: 0 };
  const violations: string[] = [];
  let intents: Intent[] = [];
  let openKept = 0;
  let openGone = 0;
  let till = await startTill(request, profile);
  await skipSetup(till.page);
  const rules = rulesOf(await readStore(till.page));

  for (let round = 1; round <= times && violations.length === 0; round += 1) {
    const kind = KILL_KINDS[round % KILL_KINDS.length] ?? 'whole';
    const victims = findVictims(profile, kind);
    // A Chromium without a storage process of its own keeps storage in the browser's.
    const isWhole = kind === 'whole' || victims.length === 0;
    const pids = victims.length === 0 ? findVictims(profile, 'whole') : victims;
    kills[isWhole ? 'whole' : kind] += 1;
    await workUntilKilled({ till, intents, rules, draw, pids });
    if (isWhole) await untilGone(pids);
    till = isWhole ? await startTill(request, profile) : await newPage(till.context, request.origin);

    const open = intents.filter(({ event }) => event === undefined);
    if (isTampering && round === times) await loseOne(till.page, intents);
    violations.push(...findViolations(await readStore(till.page), intents));
    const kept = open.filter(({ event }) => event !== undefined).length;
    openKept += kept;
    openGone += open.length - kept;
    // What is not there by now never will be: a later event must not pass for it.
    intents = intents.filter(({ event }) => event !== undefined);
    if (round % 10 === 0 || round === times) {
      say(
        `  ${round} kills, ${intents.length} actions done, open at the kill: ${openKept} kept, ${openGone} gone`,
      );
    }
  }
  await till.context.close();
  return { kills, shown: intents.length - openKept, openKept, openGone, violations };
}

interface Till {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What hears of each "done" on the screen. */
  readonly listeners: Set<(shown: Shown) => void>;
}

const listenersOf = new WeakMap<BrowserContext, Till['listeners']>();

async function startTill(request: CrashRequest, profile: string): Promise<Till> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: request.executablePath,
    args: QUIET,
  });
  const listeners: Till['listeners'] = new Set();
  listenersOf.set(context, listeners);
  await context.exposeBinding('tenpunchShown', (_source, shown: Shown) => {
    for (const listener of listeners) listener(shown);
  });
  await context.addInitScript(watchDone);
  return await newPage(context, request.origin);
}

async function newPage(context: BrowserContext, origin: string): Promise<Till> {
  const page = await context.newPage();
  await page.goto(origin);
  await page.waitForSelector('[data-app-ready]', { state: 'attached', timeout: READY_MS });
  return { context, page, listeners: listenersOf.get(context) ?? new Set() };
}

/** Runs in the page: tells each "done" the moment it stands in the document. */
function watchDone(): void {
  const tell = (window as unknown as { tenpunchShown: (shown: Shown) => void }).tenpunchShown;
  let last = '';
  new MutationObserver(() => {
    const panel = document.querySelector('[data-testid="done"]');
    const event = panel?.getAttribute('data-event') ?? '';
    if (event === '' || event === last) return;
    last = event;
    tell({ event, type: panel?.getAttribute('data-type') ?? '' });
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-event'] });
}

async function skipSetup(page: Page): Promise<void> {
  await page.locator(SKIP).click({ timeout: READY_MS });
  await page.waitForSelector('input[name="counter"]', { timeout: READY_MS });
}

async function workUntilKilled(request: {
  readonly till: Till;
  readonly intents: Intent[];
  readonly rules: Parameters<typeof createCashier>[0]['rules'];
  readonly draw: (below: number) => number;
  readonly pids: readonly number[];
}): Promise<void> {
  const { till, intents, rules, draw, pids } = request;
  const isAimed = draw(2) === 0;
  const workMs = draw(LONGEST_WORK_MS);
  const commitMs = draw(LONGEST_COMMIT_MS);
  let isDue = false;
  let isKilled = false;
  const kill = () => {
    isKilled = true;
    killAll(pids);
  };
  const cashier = createCashier({
    page: till.page,
    intents,
    rules,
    draw,
    isKilled: () => isKilled,
    onIntent: () => void (isDue && isAimed && !isKilled && setTimeout(kill, commitMs)),
  });
  till.listeners.add(cashier.onShown);
  setTimeout(() => {
    isDue = true;
    if (!isAimed) kill();
  }, workMs);
  const ended = new Promise<void>((resolve) => {
    till.page.once('crash', () => resolve());
    till.page.once('close', () => resolve());
  });
  const working = cashier.work();
  // A killed storage service leaves the page alive: it may work on, and notices or not.
  await Promise.race([working, ended, killedAnd(() => isKilled)]);
  till.listeners.delete(cashier.onShown);
  cashier.stop();
  await till.page.close().catch(() => undefined);
  await working;
}

/** What the screen says in the moments after the kill still counts. */
const AFTERMATH_MS = 300;

async function killedAnd(isKilled: () => boolean): Promise<void> {
  while (!isKilled()) await new Promise((resolve) => void setTimeout(resolve, 5));
  await new Promise((resolve) => void setTimeout(resolve, AFTERMATH_MS));
}

/** Reads only, beside the app's own connection. */
async function readStore(page: Page): Promise<StoreContent> {
  return await page.evaluate(async () => {
    const answer = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('not read')));
      });
    const database = await answer(indexedDB.open('tenpunch'));
    const names = ['events', 'cards', 'members', 'profiles', 'programs'];
    const transaction = database.transaction(names, 'readonly');
    const rows = await Promise.all(names.map((name) => answer(transaction.objectStore(name).getAll())));
    database.close();
    return Object.fromEntries(names.map((name, index) => [name, rows[index]])) as unknown as StoreContent;
  });
}

async function loseOne(page: Page, intents: readonly Intent[]): Promise<void> {
  const event = intents.findLast((intent) => intent.event !== undefined)?.event;
  if (event === undefined) throw new Error('nothing was done yet: kill more times');
  await page.evaluate(async (id) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('tenpunch');
      request.addEventListener('success', () => resolve(request.result));
    });
    await new Promise<void>((resolve) => {
      const transaction = database.transaction('events', 'readwrite');
      transaction.addEventListener('complete', () => resolve());
      const store = transaction.objectStore('events');
      const key = store.index('id').getKey(id);
      key.addEventListener('success', () => key.result !== undefined && store.delete(key.result));
    });
    database.close();
  }, event);
}

/** The same seed gives the same plan; the machine's own timing still differs. */
function createDraws(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
