/**
 * "Somebody is being looked up": said by the counter, heard by bulk work in a worker, which steps aside. A broadcast
 * reaches the workers of every window; with nobody listening it costs microseconds.
 */

const CHANNEL = 'tenpunch-lookups';
/** Fast typing is one signal, not ten. */
const MIN_GAP_MS = 10;

export interface LookupSignal {
  readonly send: () => void;
}

export function createLookupSignal(): LookupSignal {
  const channel = new BroadcastChannel(CHANNEL);
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    send() {
      const now = performance.now();
      if (now - lastAt < MIN_GAP_MS) return;
      lastAt = now;
      channel.postMessage(null);
    },
  };
}

/** @returns a function that stops listening. */
export function listenForLookups(onLookup: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', onLookup);
  return () => channel.close();
}
