import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { answer, type Question } from './answer.ts';
import type { Sender } from './trusted-sender.ts';

const ours: Sender = { frameUrl: 'app://tenpunch/index.html', isMainFrame: true, isOurWindow: true };
const question: Question<{ count: number }, { doubled: number }> = {
  channel: 'test:double',
  request: z.strictObject({ count: z.int() }),
  response: z.strictObject({ doubled: z.int() }),
  handler: async ({ count }) => ({ doubled: count * 2 }),
};

async function ask(changes: {
  sender?: Partial<Sender>;
  payload?: unknown;
  handler?: Question<{ count: number }, { doubled: number }>['handler'];
}) {
  const logged: string[] = [];
  const log = {
    info: () => undefined,
    error: (code: string, details?: object) => void logged.push(`${code} ${JSON.stringify(details)}`),
  };
  const reply = await answer(
    { ...question, handler: changes.handler ?? question.handler },
    {
      sender: { ...ours, ...changes.sender },
      pageOrigin: 'app://tenpunch',
      payload: 'payload' in changes ? changes.payload : { count: 2 },
    },
    log,
  );
  return { reply, logged };
}

test('a well-formed question from our page is answered', async () => {
  expect(await ask({})).toEqual({ reply: { ok: true, value: { doubled: 4 } }, logged: [] });
});

test.each<Partial<Sender>>([
  { isMainFrame: false },
  { isOurWindow: false },
  { frameUrl: undefined },
  { frameUrl: 'app://other/index.html' },
  { frameUrl: 'https://tenpunch/' },
  { frameUrl: 'about:blank' },
])('the sender %j is refused before anything runs', async (sender) => {
  let hasRun = false;
  const { reply } = await ask({
    sender,
    handler: async () => {
      hasRun = true;
      return { doubled: 0 };
    },
  });
  expect(reply).toEqual({ ok: false, error: { code: 'bad-sender' } });
  expect(hasRun).toBe(false);
});

test.each([undefined, null, {}, { count: '2' }, { count: 2, extra: true }, [2]])(
  'the payload %j is refused',
  async (payload) => {
    const { reply } = await ask({ payload });
    expect(reply).toEqual({ ok: false, error: { code: 'bad-request' } });
  },
);

test('an error stays in the main process, its message even out of the log', async () => {
  const { reply, logged } = await ask({
    handler: async () => {
      throw Object.assign(new Error('/home/ayse/secret'), { code: 'EACCES' });
    },
  });
  expect(reply).toEqual({ ok: false, error: { code: 'failed' } });
  expect(logged).toEqual(['ipc-handler-failed {"channel":"test:double","code":"EACCES"}']);
});

test('a response that does not fit is not sent', async () => {
  const { reply } = await ask({ handler: async () => ({ doubled: 0.5 }) });
  expect(reply).toEqual({ ok: false, error: { code: 'failed' } });
});
