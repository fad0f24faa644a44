import type { EndpointLink } from '#renderer/platform/endpoint-link.ts';
import type { RawReply } from '#shared/sync/read-reply.ts';
import type { FromWorker, ToWorker } from './sync-messages.ts';

/** The endpoint as a worker sees it: its window asks, the worker gets the reply. */
export interface WorkerLink extends Pick<EndpointLink, 'send' | 'listen'> {
  /** What the window said; anything else is not about the endpoint. */
  hear(message: ToWorker): void;
}

interface Feed {
  readonly news: (text: string) => void;
  readonly end: () => void;
}

export function createWorkerLink(say: (message: FromWorker) => void): WorkerLink {
  const waiting = new Map<number, (reply: RawReply) => void>();
  const feeds = new Map<number, Feed>();
  let last = 0;
  return {
    send: (request) =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        say({ type: 'send', id: last, request });
      }),
    listen(feed) {
      last += 1;
      const id = last;
      feeds.set(id, feed);
      say({ type: 'listen', feed: id });
      return () => {
        if (feeds.delete(id)) say({ type: 'hang-up', feed: id });
      };
    },
    hear(message) {
      switch (message.type) {
        case 'reply': {
          waiting.get(message.id)?.(message.reply);
          waiting.delete(message.id);
          return;
        }
        case 'news':
          feeds.get(message.feed)?.news(message.text);
          return;
        case 'feed-ended': {
          const feed = feeds.get(message.feed);
          feeds.delete(message.feed);
          feed?.end();
          return;
        }
        case 'start':
        case 'ping':
      }
    },
  };
}
