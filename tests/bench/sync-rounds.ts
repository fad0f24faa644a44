import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatInvitation } from '#shared/sync/invitation.ts';
import { createDraws, memberAt } from './member-source.ts';
import { copyProfile } from './profiles.ts';
import { summarize, type Summary } from './statistics.ts';
import { bareRate } from './sync-bare.ts';
import { startEndpoint, type Endpoint, type Traffic, type Wire } from './sync-endpoint.ts';
import { ensureShop, EVENTS_EACH, removeFolder, SHOP_KEY, workingFolder } from './sync-shop.ts';
import { openTill, type Till } from './sync-till.ts';

/** The built app in real browsers, a real endpoint process on a folder, real HTTP on this computer. */

export interface SyncScene {
  readonly root: string;
  readonly origin: string;
  readonly executablePath: string;
  readonly size: number;
  /** A till with this many members and one and a half times as many events, of which no endpoint has heard. */
  readonly backlogProfile: string;
  readonly isQuick: boolean;
  readonly say: (line: string) => void;
}

export interface Drain {
  readonly events: number;
  readonly seconds: number;
  readonly docs: number;
  /** After the events. */
  readonly docSeconds: number;
  readonly traffic: Traffic;
}

export interface QuietDrain extends Drain {
  readonly longTasks: readonly number[];
  readonly bareRate: number;
}

export interface BusyDrain extends Drain {
  readonly punches: Summary;
  readonly alone: Summary;
  readonly longTasks: readonly number[];
}

export interface Joining {
  readonly events: number;
  readonly docs: number;
  /** Until everybody is found, with what they have, and can be stamped. */
  readonly servingSeconds: number;
  /** Until the ledger itself is here, and all is made anew from it. */
  readonly seconds: number;
  /** How often the screen could show another number before everybody was served. */
  readonly steps: number;
  /** In the middle of it: somebody joins at the counter. */
  readonly punches: Summary;
  /** Behind the cards, while the ledger comes: a regular's stamp. */
  readonly stamps: Summary;
  readonly longTasks: readonly number[];
  readonly traffic: Traffic;
}

export interface Live {
  readonly stamps: number;
  /** From the Enter at one till to the number on the screen of the other. */
  readonly seen: Summary;
  readonly missed: number;
  /** Of the till that stamps, and of the one that looks on. */
  readonly sent: Traffic;
  readonly looked: Traffic;
}

const MINUTES = 60_000;
const PATIENCE_MS = 20 * MINUTES;

export async function drainQuietly(scene: SyncScene): Promise<QuietDrain> {
  return await withBacklog(scene, async ({ till, endpoint }) => {
    const draining = pairAndDrain(till, endpoint, scene);
    await till.until(({ phase }) => phase === 'pushing', MINUTES);
    await till.page.evaluate(() => window.syncWatch.takeLongTasks());
    const drain = await draining;
    const longTasks = await till.page.evaluate(() => window.syncWatch.takeLongTasks());
    return { ...drain, longTasks, bareRate: await bareRate(endpoint, drain.events) };
  });
}

/** The same with a cashier at the counter, and then the same keys with nothing left to send. */
export async function drainBusily(scene: SyncScene): Promise<BusyDrain> {
  return await withBacklog(scene, async ({ till, endpoint }) => {
    const draw = createDraws(21);
    const punch = () => till.enter(memberAt(draw(scene.size)).dialled, 'match');
    await till.toCounter();
    await punch();
    const draining = pairAndDrain(till, endpoint, scene);
    // Connected on another screen: the counter is back before the first batch is written.
    await till.until(({ phase }) => phase === 'pushing' || phase === 'pulling', MINUTES);
    await till.toCounter();
    // Opening a screen is not punching.
    await till.page.evaluate(() => window.syncWatch.takeLongTasks());
    const busy: number[] = [];
    const over = new AbortController();
    const drained = draining.finally(() => over.abort());
    do {
      const took = await punch();
      if (took !== undefined) busy.push(took);
    } while (!over.signal.aborted);
    const drain = await drained;
    const longTasks = await till.page.evaluate(() => window.syncWatch.takeLongTasks());
    const alone: number[] = [];
    for (let times = 0; times < (scene.isQuick ? 15 : 50); times += 1) {
      const took = await punch();
      if (took !== undefined) alone.push(took);
    }
    return {
      ...drain,
      punches: summarize(busy),
      alone: summarize(alone),
      longTasks,
    };
  });
}

async function pairAndDrain(till: Till, endpoint: Endpoint, scene: SyncScene): Promise<Drain> {
  const events = backlogOf(scene.size);
  const wire = await endpoint.openWire();
  const startedAt = await till.pairFirst(wire.address, await endpoint.createShop());
  const drained = await till.until(({ cursor }) => cursor >= events, PATIENCE_MS);
  const traffic = wire.take();
  const rested = await till.until(
    ({ at, phase, unsentProfiles, cursor }) =>
      at >= drained.at && phase === 'idle' && unsentProfiles === 0 && cursor >= events,
    PATIENCE_MS,
  );
  return {
    events,
    seconds: (drained.at - startedAt) / 1000,
    docs: scene.size,
    docSeconds: (rested.at - drained.at) / 1000,
    traffic,
  };
}

/** With the shop and its program. */
const backlogOf = (size: number): number => Math.floor(size * 1.5);

async function withBacklog<Value>(
  scene: SyncScene,
  work: (parts: { readonly till: Till; readonly endpoint: Endpoint }) => Promise<Value>,
): Promise<Value> {
  return await withEndpoint(scene, undefined, async (endpoint) => {
    const copy = await copyProfile(scene.backlogProfile);
    const till = await openTill({ ...scene, profile: copy.path });
    try {
      return await work({ till, endpoint });
    } finally {
      await till.close();
      await copy.remove();
    }
  });
}

async function withEndpoint<Value>(
  { root, origin }: SyncScene,
  filled: string | undefined,
  work: (endpoint: Endpoint) => Promise<Value>,
): Promise<Value> {
  const folder = await workingFolder(filled);
  try {
    const endpoint = await startEndpoint({ root, folder, origin });
    try {
      return await work(endpoint);
    } finally {
      await endpoint.close();
    }
  } finally {
    await removeFolder(folder);
  }
}

async function withNewTill<Value>(scene: SyncScene, work: (till: Till) => Promise<Value>): Promise<Value> {
  const profile = await mkdtemp(join(tmpdir(), 'tenpunch-bench-'));
  const till = await openTill({ ...scene, profile });
  try {
    return await work(till);
  } finally {
    await till.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

const invitationTo = async (endpoint: Endpoint, { address }: Wire): Promise<string> =>
  formatInvitation({ address, code: await endpoint.pairingCode(), key: SHOP_KEY });

/** A new till comes to a shop that has all this. */
export async function joinOnce(scene: SyncScene): Promise<Joining> {
  return await withShop(scene, async (endpoint) => {
    const wire = await endpoint.openWire();
    return await withNewTill(scene, async (till) => {
      const startedAt = await till.join(await invitationTo(endpoint, wire));
      // What the page did to start is measured elsewhere.
      await till.page.evaluate(() => window.syncWatch.takeLongTasks());
      return await joinShop(till, { startedAt, wire }, scene);
    });
  });
}

/** Two tills of one shop: one stamps, the other looks on. */
export async function followLive(scene: SyncScene): Promise<Live> {
  return await withShop(scene, async (endpoint) => {
    const wires = [await endpoint.openWire(), await endpoint.openWire()] as const;
    const open = async (till: Till, wire: Wire) => {
      await till.join(await invitationTo(endpoint, wire));
      await restAt(till, scene.size * EVENTS_EACH);
    };
    return await withNewTill(scene, async (first) => {
      await open(first, wires[0]);
      return await withNewTill(scene, async (second) => {
        await open(second, wires[1]);
        return await follow({ first, second, wires }, scene);
      });
    });
  });
}

async function withShop<Value>(
  scene: SyncScene,
  work: (endpoint: Endpoint) => Promise<Value>,
): Promise<Value> {
  const shop = await ensureShop({ root: scene.root, members: scene.size, say: scene.say });
  return await withEndpoint(scene, shop, work);
}

async function restAt(till: Till, events: number) {
  return await till.until(
    ({ phase, cursor, head, unsent, unsentProfiles }) =>
      phase === 'idle' && cursor >= events && cursor === head && unsent === 0 && unsentProfiles === 0,
    PATIENCE_MS,
  );
}

async function joinShop(
  till: Till,
  { startedAt, wire }: { readonly startedAt: number; readonly wire: Wire },
  { size }: SyncScene,
): Promise<Joining> {
  const events = size * EVENTS_EACH + 2;
  const punches: number[] = [];
  const stamps: number[] = [];
  // Numbers that nobody has: far above any size.
  const newNumber = (times: number) => memberAt(20_000_000 + times).dialled;
  const enrol = async () => {
    const took = await till.enter(newNumber(punches.length), 'enrol');
    if (took !== undefined) punches.push(took);
  };
  await till.until(({ ahead }) => ahead !== null, PATIENCE_MS);
  await enrol();
  const started = await till.until(({ ahead }) => ahead !== null && ahead > 0, PATIENCE_MS);
  const serving = await till.until(({ at, ahead }) => at > started.at && ahead === null, PATIENCE_MS);
  await expectWhole(till, size + punches.length);
  await expectKept(till, events);
  const moments = await till.page.evaluate(() => window.syncWatch.moments());
  for (const share of [0.2, 0.4, 0.6, 0.8]) {
    await till.until(({ cursor }) => cursor >= events * share, PATIENCE_MS);
    await enrol();
    const took = await till.enter(memberAt(Math.floor(size * share)).dialled, 'match');
    if (took !== undefined) stamps.push(took);
  }
  const rested = await restAt(till, events + punches.length + stamps.length);
  await expectWhole(till, size + punches.length);
  return {
    events,
    docs: size,
    servingSeconds: (serving.at - startedAt) / 1000,
    seconds: (rested.at - startedAt) / 1000,
    steps: new Set(moments.map(({ cursor, ahead }) => ahead ?? cursor)).size,
    punches: summarize(punches),
    stamps: summarize(stamps),
    longTasks: await till.page.evaluate(() => window.syncWatch.takeLongTasks()),
    traffic: wire.take(),
  };
}

/** Everybody has a card, a row that is found and a document. */
async function expectWhole(till: Till, members: number): Promise<void> {
  const counts = await till.page.evaluate(
    () =>
      new Promise<Record<string, number>>((resolve, reject) => {
        const opening = indexedDB.open('tenpunch');
        opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')));
        opening.addEventListener('success', () => {
          const tables = ['cards', 'members', 'profiles'];
          const transaction = opening.result.transaction(tables);
          const asked = tables.map((table) => [table, transaction.objectStore(table).count()] as const);
          transaction.addEventListener('complete', () => {
            opening.result.close();
            resolve(Object.fromEntries(asked.map(([table, { result }]) => [table, result])));
          });
        });
      }),
  );
  for (const [table, count] of Object.entries(counts)) {
    if (count !== members) throw new Error(`${table} has ${count} rows and not ${members}`);
  }
}

/** Every page of the past lies on the disk: what follows needs no connection. */
async function expectKept(till: Till, events: number): Promise<void> {
  const through = await till.page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('tenpunch-past');
        opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')));
        opening.addEventListener('success', () => {
          const asked = opening.result.transaction('pages').objectStore('pages').openCursor(null, 'prev');
          asked.addEventListener('success', () => {
            opening.result.close();
            resolve((asked.result?.value as { readonly through: number } | undefined)?.through ?? 0);
          });
        });
      }),
  );
  if (through < events) throw new Error(`the pages end at ${through}, the past at ${events}`);
}

const SEEN_WITHIN_MS = 10_000;

async function follow(
  {
    first,
    second,
    wires,
  }: { readonly first: Till; readonly second: Till; readonly wires: readonly [Wire, Wire] },
  { size, isQuick }: SyncScene,
): Promise<Live> {
  const draw = createDraws(33);
  const seen: number[] = [];
  const stamps = isQuick ? 20 : 60;
  let missed = 0;
  await first.toCounter();
  await second.toCounter();
  // The first ones warm up what all others use.
  for (let round = -2; round < stamps; round += 1) {
    if (round === 0) for (const wire of wires) wire.take();
    const { dialled } = memberAt(draw(size));
    await second.find(dialled);
    await second.page.evaluate(() => window.syncWatch.takeChanges());
    const pressedAt = await first.stamp(dialled);
    const shownAt = await nextChange(second);
    if (round < 0) continue;
    if (shownAt === undefined || pressedAt === undefined) missed += 1;
    else seen.push(shownAt - pressedAt);
  }
  const [sent, looked] = wires;
  return { stamps, seen: summarize(seen), missed, sent: sent.take(), looked: looked.take() };
}

async function nextChange({ page }: Till): Promise<number | undefined> {
  const deadline = Date.now() + SEEN_WITHIN_MS;
  while (Date.now() < deadline) {
    const [first] = await page.evaluate(() => window.syncWatch.takeChanges());
    if (first) return first.at;
    await page.waitForTimeout(20);
  }
  return undefined;
}
