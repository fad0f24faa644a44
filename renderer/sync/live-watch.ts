import type { EndpointLink } from '#renderer/platform/endpoint-link.ts';
import { waitMsAfter } from '#shared/sync/plan-retry.ts';
import { liveSchema } from '#shared/sync/wire.ts';
import type { LoopParts } from './loop-parts.ts';

/**
 * How a till that rests learns that others wrote something: the live feed, and asking now and then where it can't be held
 * open, or is open and silent.
 */
export interface LiveWatch {
  /** Nothing when it is open already. */
  open(): void;
  close(): void;
}

export interface LiveWatchParts extends Pick<LoopParts, 'timers' | 'chance'> {
  readonly link: Pick<EndpointLink, 'listen'>;
  readonly onNews: (heads: { readonly head: number; readonly docHead: number }) => void;
  /** Time to ask. */
  readonly onPoll: () => void;
}

const POLL_MS = 30_000;
/** A line that is dead without having been closed tells nothing. */
const POLL_BESIDE_FEED_MS = 5 * 60_000;

export function createLiveWatch(parts: LiveWatchParts): LiveWatch {
  const { timers, chance, link, onNews, onPoll } = parts;
  let isOpen = false;
  let isHeld = false;
  let failures = 0;
  let hangUp: (() => void) | undefined;
  let callOffCall: (() => void) | undefined;
  let callOffPoll: (() => void) | undefined;

  function call(): void {
    callOffCall = undefined;
    hangUp = link.listen({ news: hear, end: lose });
  }

  function hear(text: string): void {
    const heads = readHeads(text);
    if (!heads) return;
    failures = 0;
    if (!isHeld) {
      isHeld = true;
      planPoll();
    }
    onNews(heads);
  }

  function lose(): void {
    hangUp = undefined;
    if (!isOpen) return;
    const wasHeld = isHeld;
    isHeld = false;
    callOffCall = timers.after(waitMsAfter(failures, chance()), call);
    failures += 1;
    // What was said while nobody listened.
    if (wasHeld) planPoll();
  }

  function planPoll(): void {
    callOffPoll?.();
    const every = isHeld ? POLL_BESIDE_FEED_MS : POLL_MS;
    // A quarter more or less: tills that were started together must not ask together for ever.
    callOffPoll = timers.after(Math.floor(every * (0.75 + chance() / 2)), () => {
      planPoll();
      onPoll();
    });
  }

  return {
    open() {
      if (isOpen) return;
      isOpen = true;
      planPoll();
      call();
    },
    close() {
      isOpen = false;
      isHeld = false;
      callOffCall?.();
      callOffPoll?.();
      hangUp?.();
      callOffCall = undefined;
      callOffPoll = undefined;
      hangUp = undefined;
    },
  };
}

function readHeads(text: string): { readonly head: number; readonly docHead: number } | undefined {
  try {
    return liveSchema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
