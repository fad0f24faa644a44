import type { PageCache } from '#renderer/data/sync/page-cache.ts';
import type { LoopParts, LoopStatus } from '#renderer/sync/loop-parts.ts';
import { createProfileSealer } from '#renderer/sync/seal-profile.ts';
import { createSyncLoop, type SyncLoop } from '#renderer/sync/sync-loop.ts';
import { encodeBase64 } from '#shared/lib/base64.ts';
import { ManualClock } from './manual-clock.ts';
import { ManualTimers } from './manual-timers.ts';
import type { RawReply } from '#shared/sync/read-reply.ts';
import type { MemoryEndpoint } from './memory-endpoint.ts';
import { MemoryPageCache } from './memory-page-cache.ts';
import { MemorySyncStore } from './memory-sync-store.ts';

export const TEST_KEY = encodeBase64(new Uint8Array(32).fill(3));

/** One till whose loop runs on fakes, with time and chance in the test's hand. */
export interface LoopStand {
  readonly store: MemorySyncStore;
  readonly loop: SyncLoop;
  readonly timers: ManualTimers;
  readonly clock: ManualClock;
  readonly told: LoopStatus[];
  readonly faults: unknown[];
  readonly pulled: string[][];
  /** Lets time pass for this till. */
  readonly pass: (milliseconds: number) => Promise<void>;
}

export async function standUp(
  endpoint: MemoryEndpoint,
  options: {
    readonly till?: string;
    readonly store?: MemorySyncStore;
    readonly pageCache?: PageCache;
    readonly shopKey?: string;
    readonly rows?: number;
    readonly chance?: number;
    /** Resolves when the counter needs nothing. */
    readonly ready?: () => Promise<void>;
    readonly isBusy?: () => boolean;
  } = {},
): Promise<LoopStand> {
  const {
    till = 'till-1',
    shopKey = TEST_KEY,
    rows = 1000,
    chance = 0.5,
    ready = async () => undefined,
    isBusy = () => false,
  } = options;
  const store = options.store ?? new MemorySyncStore(till, endpoint.shop);
  const timers = new ManualTimers();
  const clock = new ManualClock();
  const told: LoopStatus[] = [];
  const faults: unknown[] = [];
  const pulled: string[][] = [];
  const sealer = await createProfileSealer({
    subtle: crypto.subtle,
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    shop: endpoint.shop,
    shopKey,
  });
  if (!sealer) throw new Error('no sealer');
  let batches = 0;
  const parts: LoopParts = {
    store,
    pageCache: options.pageCache ?? new MemoryPageCache(),
    link: endpoint.linkOf(till),
    sealer,
    clock,
    chance: () => chance,
    batchId: () => `batch-${(batches += 1)}`,
    timers,
    pace: {
      ready,
      isBusy,
      rows: () => rows,
      measured: () => undefined,
      turn: () => Promise.resolve(),
      steadyNow: () => timers.nowMs,
    },
    app: '0.1.0',
    schemaEpoch: 1,
    onStatus: (status) => void told.push(status),
    onFault: (error) => void faults.push(error),
    afterPull: async (members) => void pulled.push([...members]),
  };
  const loop = await createSyncLoop(parts);
  return {
    store,
    loop,
    timers,
    clock,
    told,
    faults,
    pulled,
    pass: (milliseconds) => {
      clock.advance(milliseconds);
      return timers.pass(milliseconds, () => loop.rested());
    },
  };
}

export const HELLO = 'POST /v1/hello';
export const PULL = 'GET /v1/events';
export const PUSH = 'POST /v1/events';

const routeOf = ({ method, path }: { readonly method: string; readonly path: string }) =>
  `${method} ${path.split('?')[0]}`;

/** What a till has asked so far, without what was in it. */
export const pathsOf = (endpoint: MemoryEndpoint, till = 'till-1'): string[] =>
  endpoint.asked.filter((asked) => asked.till === till).map(routeOf);

/** A till that has nothing under way. */
export async function restedTill(
  endpoint: MemoryEndpoint,
  options: Parameters<typeof standUp>[1] = {},
): Promise<LoopStand> {
  const till = await standUp(endpoint, options);
  await till.loop.rested();
  return till;
}

/** The endpoint answers this to one kind of request, as long as it is wanted. */
export function answering(endpoint: MemoryEndpoint, route: string, reply: () => RawReply | undefined): void {
  endpoint.interfere = (request) => (routeOf(request) === route ? reply() : undefined);
}
