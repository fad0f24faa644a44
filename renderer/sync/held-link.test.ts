import { expect, test } from 'vitest';
import type { EndpointLink } from '#renderer/platform/endpoint-link.ts';
import { createHeldLink } from './held-link.ts';

const REQUEST: Parameters<EndpointLink['send']>[0] = {
  method: 'POST',
  path: '/v1/hello',
  body: '{}',
  timeoutMs: 1000,
};
const ANSWER = { kind: 'http', status: 200, retryAfter: null, text: '{}' } as const;

/** A line that says what was asked of it. */
function openLine(isHeld: boolean) {
  const seen: string[] = [];
  const feeds: { readonly end: () => void }[] = [];
  const link = createHeldLink(
    {
      send: async ({ path }) => {
        seen.push(`send ${path}`);
        return ANSWER;
      },
      listen: (feed) => {
        seen.push('listen');
        feeds.push(feed);
        return () => seen.push('hang up');
      },
    },
    isHeld,
  );
  const heard: string[] = [];
  const listen = () => link.listen({ news: (text) => heard.push(text), end: () => heard.push('ended') });
  return { link, seen, feeds, heard, listen };
}

test('held, no request leaves this till, and a feed ends without having begun', async () => {
  const { link, seen, heard, listen } = openLine(true);
  expect(await link.send(REQUEST)).toEqual({ kind: 'failed', because: 'network' });
  listen();
  expect(heard).toEqual([]);
  await Promise.resolve();
  expect(heard).toEqual(['ended']);
  expect(seen).toEqual([]);
});

test('closing hangs up what is open, once, and opening lets everything pass again', async () => {
  const { link, seen, feeds, heard, listen } = openLine(false);
  listen();
  expect(link.hold(true)).toBe(true);
  expect(link.hold(true)).toBe(false);
  feeds[0]?.end();
  expect([seen, heard]).toEqual([['listen', 'hang up'], ['ended']]);
  expect(link.hold(false)).toBe(true);
  expect(await link.send(REQUEST)).toBe(ANSWER);
  const hangUp = listen();
  hangUp();
  hangUp();
  expect(seen).toEqual(['listen', 'hang up', 'send /v1/hello', 'listen', 'hang up']);
  link.hold(true);
  expect(heard).toEqual(['ended']);
});
