import type { EndpointLink } from '#renderer/platform/endpoint-link.ts';

type Link = Pick<EndpointLink, 'send' | 'listen'>;

/**
 * The way to the endpoint with a gate that a person closes, for a line that is metered or breaks. Behind it the loop goes on
 * as without a network: it counts what waits, and whoever asks it for a reward hears at once that nobody answers. What was
 * on its way when it closed comes home.
 */
export interface HeldLink extends Link {
  /** @returns whether that changes anything. */
  hold(isHeld: boolean): boolean;
  isHeld(): boolean;
}

export function createHeldLink(link: Link, isHeldAtFirst: boolean): HeldLink {
  let isHeld = isHeldAtFirst;
  const feeds = new Set<() => void>();
  return {
    send: (request) =>
      isHeld ? Promise.resolve({ kind: 'failed', because: 'network' }) : link.send(request),
    listen({ news, end }) {
      let isOpen = true;
      const close = (): boolean => {
        const wasOpen = isOpen;
        isOpen = false;
        feeds.delete(cut);
        return wasOpen;
      };
      const lose = () => {
        if (close()) end();
      };
      // Never before whoever listens has got the way to hang up.
      const hangUp = isHeld ? () => undefined : link.listen({ news, end: lose });
      const cut = () => {
        hangUp();
        lose();
      };
      feeds.add(cut);
      if (isHeld) queueMicrotask(lose);
      return () => {
        if (close()) hangUp();
      };
    },
    isHeld: () => isHeld,
    hold(next) {
      if (next === isHeld) return false;
      isHeld = next;
      if (isHeld) for (const cut of feeds) cut();
      return true;
    },
  };
}
