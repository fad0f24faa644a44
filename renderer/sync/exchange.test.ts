import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { RawReply } from '#shared/sync/read-reply.ts';
import { createExchange } from './exchange.ts';
import type { StatusBoard } from './status-board.ts';

const REFUSED = JSON.stringify({ error: { code: 'unauthorized', message: '' } });

async function listedAfter(raw: RawReply, isHeld: boolean): Promise<unknown[]> {
  const listed: unknown[] = [];
  const board = {
    contact: () => undefined,
    report: ({ outcome }: { readonly outcome: string }) => void listed.push(outcome),
  } as unknown as StatusBoard;
  const link = { send: async () => raw, listen: () => () => undefined, isHeld: () => isHeld };
  const clock = { now: () => 0 } as Parameters<typeof createExchange>[0]['clock'];
  const request = { method: 'GET', path: '/v1/events' } as const;
  await createExchange({ link, clock }, board).send(request, z.object({}), { kind: 'pull', events: 0 });
  return listed;
}

test.each<[string, RawReply, boolean, unknown[]]>([
  ['silence', { kind: 'failed', because: 'network' }, false, ['no-answer']],
  ['silence of a line that a person has closed', { kind: 'failed', because: 'network' }, true, []],
  [
    'what still comes home then',
    { kind: 'http', status: 401, retryAfter: null, text: REFUSED },
    true,
    ['unauthorized'],
  ],
])('listed of %s', async (_, raw, isHeld, outcome) => {
  expect(await listedAfter(raw, isHeld)).toEqual(outcome);
});
