import type { EndpointLink, PairedEndpoint } from '#renderer/platform/endpoint-link.ts';
import type { MemberId, ShopId } from '#shared/lib/brand.ts';
import { err, ok } from '#shared/lib/result.ts';
import type { Clock, Log } from '#shared/lib/ports.ts';
import { invite, listTills, revokeTill } from './ask-endpoint.ts';
import type { LoopStatus, Timers } from './loop-parts.ts';
import { pairTill, type PairingParts } from './pair-till.ts';
import type { SyncDesk, SyncStatus } from './sync-desk.ts';
import { channelNameOf, type Asked, type OnChannel } from './sync-messages.ts';
import { startWindowSide, type SyncWorker, type WindowSide } from './window-side.ts';

/** A window's desk. It knows how sync stands from the channel, and asks there; nothing of it waits for its own worker. */

export interface DeskParts {
  readonly databaseName: string;
  readonly identity: { readonly shop: string; readonly till: string };
  /** Practice never syncs. */
  readonly isPractice: boolean;
  readonly link: EndpointLink;
  readonly app: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly newId: () => string;
  readonly randomBytes: PairingParts['randomBytes'];
  readonly isLedgerEmpty: () => Promise<boolean>;
  readonly joinShop: (shop: ShopId) => Promise<boolean>;
  readonly startWorker: () => SyncWorker;
  /** Starts this window anew. */
  readonly reload: () => Promise<void>;
  /** No endpoint tells anything any more. May take long: nobody waits for it. */
  readonly endPast?: () => Promise<void>;
  /** New events or documents of these members came from other tills; said in one window only. */
  readonly afterPull?: (members: readonly MemberId[]) => Promise<void>;
}

const UNPAIRED: SyncStatus = {
  endpoint: undefined,
  phase: { kind: 'unpaired' },
  isWriter: false,
  lastContactAt: null,
  unsentEvents: 0,
  unsentProfiles: 0,
  oldestUnsentAt: null,
  cursor: 0,
  head: 0,
  snapshot: null,
  isFiling: false,
  setAside: [],
  recent: [],
};

/** What a message says again stays the same object: whoever reads by it need not read again with each of them. */
const keepSame = (before: LoopStatus, next: LoopStatus): LoopStatus => ({
  ...next,
  ...(isSame(before.phase, next.phase) && { phase: before.phase }),
  ...(isSame(before.setAside, next.setAside) && { setAside: before.setAside }),
  ...(isSame(before.recent, next.recent) && { recent: before.recent }),
});

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export function createSyncDesk(parts: DeskParts): SyncDesk {
  const { databaseName, identity, isPractice, link, app, clock, timers, log } = parts;
  const channel = new BroadcastChannel(channelNameOf(databaseName));
  const listeners = new Set<() => void>();
  const asks = new Map<string, { readonly message: Asked; readonly answer: (answer: string) => void }>();
  let status = UNPAIRED;
  let side: WindowSide | undefined;
  let isStopped = false;
  let runs = 0;

  const post = (message: OnChannel) => channel.postMessage(message);

  function show(next: SyncStatus): void {
    status = next;
    for (const listener of listeners) listener();
  }

  channel.addEventListener('message', ({ data: message }: MessageEvent<OnChannel>) => {
    switch (message.type) {
      case 'status': {
        const { endpoint, isWriter } = status;
        if (endpoint) show({ ...keepSame(status, message.status), endpoint, isWriter });
        return;
      }
      case 'writer-here':
        for (const asked of asks.values()) post(asked.message);
        return;
      case 'answer':
        asks.get(message.ask)?.answer(message.answer);
        return;
      case 'pairing-changed':
        void follow();
        return;
      case 'tell':
      case 'sync-now':
      case 'offer-again':
      case 'confirm':
    }
  });

  /** Another window has paired, or unpaired. */
  async function follow(): Promise<void> {
    const endpoint = await link.find();
    if (endpoint && endpoint.shop !== identity.shop) await parts.reload();
    else await run(endpoint);
  }

  async function run(endpoint: PairedEndpoint | undefined): Promise<void> {
    side?.stop();
    side = undefined;
    runs += 1;
    const mine = runs;
    const shopKey = endpoint && (await link.readShopKey());
    // Paired and unpaired while the key was read: the last word counts.
    if (isStopped || mine !== runs) return;
    if (!endpoint || shopKey === undefined) {
      // Nobody is left to answer.
      for (const asked of asks.values()) asked.answer('no-answer');
      return show(UNPAIRED);
    }
    show({ ...UNPAIRED, endpoint, phase: { kind: 'idle' } });
    const setWriter = (isWriter: boolean) => show({ ...status, isWriter });
    side = startWindowSide({
      startWorker: parts.startWorker,
      link,
      timers,
      start: { type: 'start', databaseName, app, shopKey },
      on: {
        writer: () => setWriter(true),
        lost: () => setWriter(false),
        pulled: (members) => void pulled(members),
        fault: (code) => log.error('sync', { code }),
      },
    });
    post({ type: 'tell' });
  }

  async function pulled(members: readonly MemberId[]): Promise<void> {
    try {
      await parts.afterPull?.(members);
    } catch (error) {
      log.error('after-pull', { code: error instanceof Error ? error.name : 'unknown' });
    }
  }

  /** @returns what came within the time; undefined: nothing did. */
  function ask(message: Asked, withinMs?: number): Promise<string | undefined> {
    return new Promise((resolve) => {
      const finish = (answer: string | undefined): void => {
        asks.delete(message.ask);
        callOff?.();
        resolve(answer);
      };
      const callOff = withinMs === undefined ? undefined : timers.after(withinMs, () => finish(undefined));
      asks.set(message.ask, { message, answer: finish });
      post(message);
    });
  }

  function endPast(): void {
    parts.endPast?.().catch((error: unknown) => {
      log.error('end-past', { code: error instanceof Error ? error.name : 'unknown' });
    });
  }

  async function begin(): Promise<void> {
    if (isPractice) return;
    const endpoint = await link.find();
    // Cut off while it was unpaired.
    if (!endpoint) endPast();
    // What was kept is of another ledger, for example of one that was lost: a manager pairs again.
    if (endpoint && endpoint.shop !== identity.shop)
      return log.error('sync', { code: 'kept-for-other-shop' });
    if (endpoint) await run(endpoint);
  }
  void begin();

  return {
    status: () => status,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    syncNow: () => post({ type: 'sync-now' }),
    async pair(form) {
      if (isPractice) return err({ code: 'other-shop' });
      const paired = await pairTill(parts, form);
      if (!paired.ok) return paired;
      const { endpoint, isNewShop } = paired.value;
      post({ type: 'pairing-changed' });
      if (isNewShop) await parts.reload();
      else await run(endpoint);
      return ok(endpoint);
    },
    async unpair() {
      if (isPractice) return;
      await link.unpair();
      post({ type: 'pairing-changed' });
      await run(undefined);
      endPast();
    },
    invite: () => invite(link, clock.now()),
    listTills: () => listTills(link, clock.now()),
    revokeTill: (till) => revokeTill(link, till, clock.now()),
    async offerAgain(id) {
      if (!status.endpoint) return false;
      return (await ask({ type: 'offer-again', ask: parts.newId(), id })) === 'done';
    },
    async confirmRedemption({ redemption, member, withinMs }) {
      if (!status.endpoint) return 'no-answer';
      const answer = await ask({ type: 'confirm', ask: parts.newId(), redemption, member }, withinMs);
      return answer === 'confirmed' || answer === 'excess' || answer === 'set-aside' ? answer : 'no-answer';
    },
    stop() {
      isStopped = true;
      side?.stop();
      channel.close();
    },
  };
}
