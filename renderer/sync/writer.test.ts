import { expect, test } from 'vitest';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import type { LoopStatus } from './loop-parts.ts';
import type { SyncLoop } from './sync-loop.ts';
import type { OnChannel } from './sync-messages.ts';
import { runWriter } from './writer.ts';

const full = new DOMException('full', 'QuotaExceededError');
const refuses = () => Promise.reject(full);

/** A writer whose loop fails at whatever is asked of it. */
function openWriter(loop: Pick<SyncLoop, 'offerAgain' | 'confirm'>) {
  const said: OnChannel[] = [];
  const faults: unknown[] = [];
  let hear: (event: { readonly data: OnChannel }) => void = () => undefined;
  const isWriter = new Promise<void>((resolve) => {
    const channel = {
      postMessage: (message: OnChannel) => void said.push(message),
      addEventListener: (_: string, listener: typeof hear) => (hear = listener),
    };
    const locks = { request: (_: string, run: () => Promise<never>) => run() };
    void runWriter({
      locks: locks as unknown as LockManager,
      lockName: 'lock',
      channel: channel as unknown as BroadcastChannel,
      openLoop: async () => ({ ...loop, status: () => ({}) as LoopStatus }) as SyncLoop,
      onWriter: resolve,
      onFault: (error) => void faults.push(error),
    });
  });
  const answers = () => said.filter((message) => message.type === 'answer');
  return { isWriter, hear: (data: OnChannel) => hear({ data }), answers, faults };
}

test('whoever asks gets an answer, also when the store refuses', async () => {
  const { isWriter, hear, answers, faults } = openWriter({ offerAgain: refuses, confirm: refuses });
  await isWriter;
  hear({ type: 'offer-again', ask: 'one', id: 'event' });
  hear({ type: 'confirm', ask: 'two', redemption: 'r' as EventId, member: 'm' as MemberId });
  await expect.poll(answers).toEqual([
    { type: 'answer', ask: 'one', answer: 'failed' },
    { type: 'answer', ask: 'two', answer: 'no-answer' },
  ]);
  expect(faults).toEqual([full, full]);
});

test('what went well is told as it is', async () => {
  const { isWriter, hear, answers, faults } = openWriter({
    offerAgain: () => Promise.resolve(),
    confirm: () => Promise.resolve('excess'),
  });
  await isWriter;
  hear({ type: 'offer-again', ask: 'one', id: 'event' });
  hear({ type: 'confirm', ask: 'two', redemption: 'r' as EventId, member: 'm' as MemberId });
  await expect.poll(answers).toEqual([
    { type: 'answer', ask: 'one', answer: 'done' },
    { type: 'answer', ask: 'two', answer: 'excess' },
  ]);
  expect(faults).toEqual([]);
});
