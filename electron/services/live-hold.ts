/**
 * Holds the live feed for the page, which asks for news again and again: the token and the line stay in this process. One
 * feed at a time, because there is one window.
 */
export interface LiveHold {
  /**
   * News since `after`, the `at` of the answer before; 0 opens a new feed in place of the old one. Answers at once when
   * there is some or the feed is over, else after `waitMs` with none.
   */
  news(request: { readonly after: number }): Promise<LiveNews>;
  hush(): void;
}

export interface LiveNews {
  readonly texts: string[];
  readonly at: number;
  readonly isOpen: boolean;
}

export interface LiveHoldSetting {
  /** @returns how to end it; undefined when there is nothing to listen to */
  readonly open: (on: {
    readonly news: (text: string) => void;
    readonly end: () => void;
  }) => Promise<(() => void) | undefined>;
  /** How long a question waits for news. */
  readonly waitMs: number;
  /** A page that has not asked for so long is gone: its feed is ended. */
  readonly idleMs: number;
}

/** A message says where the feeds end, so the newest ones say it all. */
const MAX_KEPT = 16;

interface Feed {
  /** One for the opening, so that 0 always means a new feed, and one for each message. */
  count: number;
  readonly kept: string[];
  isOpen: boolean;
  stop: () => void;
}

export function createLiveHold({ open, waitMs, idleMs }: LiveHoldSetting): LiveHold {
  let feed: Feed | undefined;
  let wake = new Set<() => void>();
  let idle: NodeJS.Timeout | undefined;

  function wakeAll(): void {
    const waiting = wake;
    wake = new Set();
    for (const done of waiting) done();
  }

  function hush(): void {
    clearTimeout(idle);
    const old = feed;
    feed = undefined;
    if (old) {
      old.isOpen = false;
      old.stop();
    }
    wakeAll();
  }

  async function start(): Promise<Feed> {
    hush();
    const fresh: Feed = { count: 1, kept: [], isOpen: true, stop: () => undefined };
    feed = fresh;
    const stop = await open({
      news(text) {
        fresh.count += 1;
        fresh.kept.push(text);
        if (fresh.kept.length > MAX_KEPT) fresh.kept.shift();
        wakeAll();
      },
      end() {
        fresh.isOpen = false;
        wakeAll();
      },
    });
    if (!stop) fresh.isOpen = false;
    // Hushed or replaced while it was being opened.
    else if (feed === fresh) fresh.stop = stop;
    else stop();
    return fresh;
  }

  return {
    async news({ after }) {
      const current = after === 0 ? await start() : feed;
      clearTimeout(idle);
      if (!current) return { texts: [], at: 0, isOpen: false };
      const heard = Math.max(1, after);
      if (current.isOpen && current.count <= heard) await waitFor(wake, waitMs);
      clearTimeout(idle);
      if (feed === current) idle = setTimeout(hush, idleMs).unref();
      const unheard = Math.max(0, current.count - heard);
      const texts = unheard === 0 ? [] : current.kept.slice(-unheard);
      return { texts, at: current.count, isOpen: current.isOpen };
    },
    hush,
  };
}

function waitFor(wake: Set<() => void>, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      wake.delete(done);
      resolve();
    };
    const timer = setTimeout(done, waitMs);
    wake.add(done);
  });
}
