import type { EndpointLink } from '#renderer/platform/endpoint-link.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Timers } from './loop-parts.ts';
import type { FromWorker, ToWorker } from './sync-messages.ts';

/** A window's side of its worker: carries its requests to the endpoint, and starts it again when it dies. */
export interface WindowSide {
  stop(): void;
}

/** Of a `Worker`, what is needed. */
export interface SyncWorker {
  postMessage(message: ToWorker): void;
  addEventListener(type: 'message', listener: (event: { readonly data: FromWorker }) => void): void;
  addEventListener(type: 'error', listener: () => void): void;
  terminate(): void;
}

export interface WindowParts {
  readonly startWorker: () => SyncWorker;
  readonly link: Pick<EndpointLink, 'send' | 'listen'>;
  readonly timers: Timers;
  readonly start: Extract<ToWorker, { readonly type: 'start' }>;
  readonly on: {
    readonly writer: () => void;
    /** It died and will be started again: it writes no more. */
    readonly lost: () => void;
    readonly pulled: (members: readonly MemberId[]) => void;
    readonly fault: (code: string) => void;
  };
}

/** A worker whose memory was taken from it says nothing: it is asked, and has until the next time to answer. */
const PING_MS = 30_000;
const FIRST_RESTART_MS = 1000;
const LONGEST_RESTART_MS = 60_000;

export function startWindowSide({ startWorker, link, timers, start, on }: WindowParts): WindowSide {
  let failures = 0;
  let isStopped = false;
  let end = begin();

  function begin(): () => void {
    const worker = startWorker();
    const say = (message: ToWorker) => worker.postMessage(message);
    const hangUps = new Map<number, () => void>();
    let isAlive = true;
    let isHere = true;
    let callOffPing = timers.after(PING_MS, ping);

    function close(): void {
      isHere = false;
      callOffPing();
      worker.terminate();
      for (const hangUp of hangUps.values()) hangUp();
      hangUps.clear();
    }

    function die(code: string): void {
      if (!isHere) return;
      close();
      on.fault(code);
      on.lost();
      const wait = Math.min(LONGEST_RESTART_MS, FIRST_RESTART_MS * 2 ** Math.min(failures, 10));
      failures += 1;
      end = timers.after(wait, () => {
        if (!isStopped) end = begin();
      });
    }

    function ping(): void {
      if (!isAlive) return die('worker-silent');
      isAlive = false;
      callOffPing = timers.after(PING_MS, ping);
      say({ type: 'ping' });
    }

    async function send({ id, request }: Extract<FromWorker, { readonly type: 'send' }>): Promise<void> {
      const reply = await link.send(request);
      if (isHere) say({ type: 'reply', id, reply });
    }

    function listen(feed: number): void {
      const hangUp = link.listen({
        news: (text) => isHere && say({ type: 'news', feed, text }),
        end: () => {
          hangUps.delete(feed);
          if (isHere) say({ type: 'feed-ended', feed });
        },
      });
      hangUps.set(feed, hangUp);
    }

    worker.addEventListener('error', () => die('worker-failed'));
    worker.addEventListener('message', ({ data: message }) => {
      if (!isHere) return;
      switch (message.type) {
        case 'send':
          void send(message);
          return;
        case 'listen':
          listen(message.feed);
          return;
        case 'hang-up':
          hangUps.get(message.feed)?.();
          hangUps.delete(message.feed);
          return;
        case 'writer':
          on.writer();
          return;
        case 'pulled':
          on.pulled(message.members);
          return;
        case 'fault':
          on.fault(message.name);
          return;
        case 'broken':
          die(message.code);
          return;
        case 'pong':
          isAlive = true;
          failures = 0;
      }
    });
    say(start);
    return close;
  }

  return {
    stop() {
      isStopped = true;
      end();
    },
  };
}
