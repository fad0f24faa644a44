import type { LoopStatus } from './loop-parts.ts';
import type { Asked, OnChannel } from './sync-messages.ts';
import type { SyncLoop } from './sync-loop.ts';

/** One writer per profile: whoever holds the lock runs the loop and answers on the channel. The others wait for the lock. */

export interface WriterParts {
  readonly locks: Pick<LockManager, 'request'>;
  readonly lockName: string;
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
  /** Opens the store and starts on it; its status goes to `tell`. */
  readonly openLoop: (tell: (status: LoopStatus) => void) => Promise<SyncLoop>;
  readonly onWriter: () => void;
  /** What was asked could not be done; whoever asked has been told so. */
  readonly onFault: (error: unknown) => void;
}

/** Resolves only when it could not become the writer, or not stay it. @throws what `openLoop` throws. */
export async function runWriter({
  locks,
  lockName,
  channel,
  openLoop,
  onWriter,
  onFault,
}: WriterParts): Promise<void> {
  const post = (message: OnChannel) => channel.postMessage(message);
  await locks.request(lockName, async () => {
    const loop = await openLoop((status) => post({ type: 'status', status }));
    const tell = () => post({ type: 'status', status: loop.status() });

    async function answer(message: Asked): Promise<void> {
      const { ask } = message;
      try {
        if (message.type === 'confirm') {
          const confirmation = await loop.confirm(message.redemption, message.member);
          return post({ type: 'answer', ask, answer: confirmation });
        }
        await loop.offerAgain(message.id);
        post({ type: 'answer', ask, answer: 'done' });
      } catch (error) {
        // A full disk, a store that was closed. Nobody may wait for ever for what will not come.
        post({ type: 'answer', ask, answer: message.type === 'confirm' ? 'no-answer' : 'failed' });
        onFault(error);
      }
      tell();
    }

    function hear(message: OnChannel): void {
      switch (message.type) {
        case 'tell':
          return tell();
        case 'sync-now':
          return loop.contactNow();
        case 'offer-again':
        case 'confirm':
          return void answer(message);
        case 'status':
        case 'writer-here':
        case 'answer':
        case 'pairing-changed':
      }
    }
    channel.addEventListener('message', ({ data }: MessageEvent<OnChannel>) => hear(data));
    onWriter();
    post({ type: 'writer-here' });
    tell();
    // Held until this worker ends: the browser gives it to the next one.
    await new Promise<never>(() => undefined);
  });
}
