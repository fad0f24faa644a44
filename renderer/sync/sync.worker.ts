// The sync of this profile, off the page's thread, with a database connection of its own.

import { SCHEMA_EPOCH } from '#renderer/data/database.ts';
import { listenForLookups } from '#renderer/data/lookup-signal.ts';
import { openExisting } from '#renderer/data/open-existing.ts';
import { createSlicePacer } from '#renderer/data/slice-pacer.ts';
import { createSpaceGuard } from '#renderer/data/space-guard.ts';
import { openPageCache } from '#renderer/data/sync/page-cache.ts';
import { openSyncStore } from '#renderer/data/sync/open-sync-store.ts';
import { watchForWork } from '#renderer/data/sync/watch-for-work.ts';
import { isSyncHeld, watchHold } from '#renderer/data/sync/watch-hold.ts';
import { findTillIdentity } from '#renderer/data/till-identity.ts';
import { createFileProbe } from '#renderer/platform/probe-file.ts';
import { randomBytes } from '#renderer/platform/random-bytes.ts';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { createSystemClock } from '#renderer/platform/system-clock.ts';
import { createHeldLink } from './held-link.ts';
import type { LoopStatus, Pace } from './loop-parts.ts';
import { createProfileSealer, markOfKey } from './seal-profile.ts';
import { createSyncLoop, type SyncLoop } from './sync-loop.ts';
import { channelNameOf, lockNameOf, type FromWorker, type ToWorker } from './sync-messages.ts';
import { createWorkerLink } from './worker-link.ts';
import { runWriter } from './writer.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;
const UINT32_VALUES = 2 ** 32;
/** A page is read, decided and written in a dozen steps, however short it is. */
const LEAST_ROWS = { busy: 100, quiet: 500 };

const say = (message: FromWorker) => scope.postMessage(message);
const link = createWorkerLink(say);
const clock = createSystemClock();
const ids = createRandomIds();

scope.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'start') void start(data);
  else if (data.type === 'ping') say({ type: 'pong' });
  else link.hear(data);
});

class NotStartedError extends Error {}

async function start(request: Extract<ToWorker, { readonly type: 'start' }>): Promise<void> {
  const { databaseName } = request;
  try {
    await runWriter({
      locks: navigator.locks,
      lockName: lockNameOf(databaseName),
      channel: new BroadcastChannel(channelNameOf(databaseName)),
      openLoop: (tell) => openLoop(request, tell),
      onWriter: () => say({ type: 'writer' }),
      onFault,
    });
  } catch (error) {
    say({ type: 'broken', code: error instanceof NotStartedError ? error.message : nameOf(error) });
  }
}

/** @throws NotStartedError */
async function openLoop(
  { databaseName, app, shopKey }: Extract<ToWorker, { readonly type: 'start' }>,
  onStatus: (status: LoopStatus) => void,
): Promise<SyncLoop> {
  const guard = createSpaceGuard({ hasRoom: createFileProbe(navigator.storage), clock });
  const opened = await openExisting(databaseName);
  if (!opened.ok) throw new NotStartedError(opened.error.code);
  const database = opened.value;
  const identity = await findTillIdentity(database);
  if (!identity) throw new NotStartedError('no-identity');
  const subtle = crypto.subtle;
  const sealer = await createProfileSealer({ subtle, randomBytes, shop: identity.shop, shopKey });
  if (!sealer) throw new NotStartedError('no-key');
  const store = openSyncStore({ database, identity, clock, ids, guard });
  await store.useKey(markOfKey(shopKey));
  const heldLink = createHeldLink(link, await isSyncHeld(database));
  const loop = await createSyncLoop({
    store,
    pageCache: openPageCache({ databaseName, shop: identity.shop, guard, onFault }),
    link: heldLink,
    sealer,
    clock,
    chance,
    batchId: () => ids.eventId(),
    timers: { after },
    pace: createPace(),
    app,
    schemaEpoch: SCHEMA_EPOCH,
    onStatus,
    onFault,
    afterPull: async (members) => say({ type: 'pulled', members }),
  });
  watchForWork(database, () => loop.nudge());
  // Held, the next try finds out by itself; let go, what waits is sent at once.
  const follow = (isHeld: boolean) => void (heldLink.hold(isHeld) && !isHeld && loop.contactNow());
  watchHold(database, follow, onFault);
  scope.addEventListener('online', () => loop.online());
  return loop;
}

const onFault = (error: unknown) => say({ type: 'fault', name: nameOf(error), message: String(error) });

const chance = (): number => (ids.randomNumbers(1, UINT32_VALUES)[0] ?? 0) / UINT32_VALUES;

function after(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/** A timer would come back some milliseconds later. */
function createTurn(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.addEventListener('message', () => waiting.shift()?.());
  port1.start();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}

function createPace(): Pace {
  const steadyNow = () => performance.now();
  const pacer = createSlicePacer(steadyNow, LEAST_ROWS);
  listenForLookups(() => pacer.lookedUp());
  return {
    steadyNow,
    isBusy: () => pacer.isBusy(),
    rows: () => pacer.rows(),
    measured: (slice) => pacer.measured(slice),
    turn: createTurn(),
    async ready() {
      for (let rest = pacer.restMs(); rest > 0; rest = pacer.restMs()) {
        await new Promise((resolve) => setTimeout(resolve, rest));
      }
    },
  };
}
