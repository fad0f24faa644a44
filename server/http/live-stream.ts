import type { Till } from '#server/store/event-store.ts';
import type { Heads, LiveFeed } from './live-feed.ts';
import type { Metrics } from './metrics.ts';

/** Open live feeds: server-sent events with a heartbeat, a few for each till, all ended by a stop. */

export interface LiveStreams {
  open(till: Till): Response;
  /** A comment line to each; one whose till may not read any more ends. */
  beat(isAllowed: (till: Till) => Promise<boolean>): Promise<void>;
  closeAll(): void;
}

/** A till that comes back before its old connection is noticed as dead must get in; one that keeps coming must not pile up. */
const MAX_PER_TILL = 3;
/** Messages waiting for a reader that doesn't read. The next connection starts with the heads anyway. */
const MAX_WAITING = 64;

interface OpenStream {
  readonly till: Till;
  send(text: string): void;
  close(): void;
}

export function createLiveStreams(live: LiveFeed, metrics: Metrics): LiveStreams {
  const streams = new Set<OpenStream>();

  return {
    open(till) {
      const own = [...streams].filter(
        (other) => other.till.shop === till.shop && other.till.till === till.till,
      );
      for (const oldest of own.slice(0, Math.max(0, own.length - MAX_PER_TILL + 1))) oldest.close();
      const text = new TextEncoder();
      let end = (): void => undefined;
      const body = new ReadableStream<Uint8Array>(
        {
          start(controller) {
            const stream: OpenStream = {
              till,
              send(message) {
                if ((controller.desiredSize ?? 0) <= 0) return stream.close();
                controller.enqueue(text.encode(message));
              },
              close() {
                if (!streams.has(stream)) return;
                end();
                controller.close();
              },
            };
            streams.add(stream);
            metrics.add('tenpunch_live_connections', {}, 1);
            // Something at once: proxies and browsers hold an answer back until its first bytes.
            stream.send(': open\n\n');
            const unwatch = live.watch(till.shop, (heads) => stream.send(messageOf(heads)));
            end = () => {
              unwatch();
              if (streams.delete(stream)) metrics.add('tenpunch_live_connections', {}, -1);
            };
          },
          cancel: () => end(),
        },
        { highWaterMark: MAX_WAITING },
      );
      return new Response(body, {
        headers: {
          'Content-Type': 'text/event-stream',
          // nginx would collect the messages.
          'X-Accel-Buffering': 'no',
        },
      });
    },

    async beat(isAllowed) {
      await Promise.allSettled(
        [...streams].map(async (stream) => {
          if (await isAllowed(stream.till)) stream.send(': beat\n\n');
          else stream.close();
        }),
      );
    },

    closeAll() {
      for (const stream of streams) stream.close();
    },
  };
}

const messageOf = ({ head, docHead }: Heads): string =>
  `event: heads\ndata: ${JSON.stringify({ head, docHead })}\n\n`;
