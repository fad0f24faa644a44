import { describe, expect, test } from 'vitest';
import { ManualTimers } from '#tests/fakes/manual-timers.ts';
import { http, MemoryEndpoint } from '#tests/fakes/memory-endpoint.ts';
import type { FromWorker, ToWorker } from './sync-messages.ts';
import { startWindowSide, type SyncWorker } from './window-side.ts';
import { createWorkerLink, type WorkerLink } from './worker-link.ts';

/** A worker in this thread: messages arrive in a later turn, as between real ones. */
class NearWorker implements SyncWorker {
  readonly heard: ToWorker[] = [];
  readonly link: WorkerLink;
  isMute = false;
  isEnded = false;
  private readonly listeners: {
    message?: (event: { readonly data: FromWorker }) => void;
    error?: () => void;
  } = {};

  constructor() {
    this.link = createWorkerLink((message) => this.say(message));
  }

  say(message: FromWorker): void {
    queueMicrotask(() => this.listeners.message?.({ data: message }));
  }

  fail(): void {
    this.listeners.error?.();
  }

  postMessage(message: ToWorker): void {
    queueMicrotask(() => {
      if (this.isEnded) return;
      this.heard.push(message);
      this.link.hear(message);
      if (message.type === 'ping' && !this.isMute) this.say({ type: 'pong' });
    });
  }

  addEventListener(
    type: 'message' | 'error',
    listener: (event: { readonly data: FromWorker }) => void,
  ): void {
    this.listeners[type] = listener as never;
  }

  terminate(): void {
    this.isEnded = true;
  }
}

async function setUp() {
  const endpoint = await MemoryEndpoint.open();
  const workers: NearWorker[] = [];
  const timers = new ManualTimers();
  const said: string[] = [];
  const side = startWindowSide({
    startWorker: () => {
      const worker = new NearWorker();
      workers.push(worker);
      return worker;
    },
    link: endpoint.linkOf('till-1'),
    timers,
    start: { type: 'start', databaseName: 'db', app: '0.1.0', shopKey: 'key' },
    on: {
      writer: () => said.push('writer'),
      lost: () => said.push('lost'),
      pulled: (members) => said.push(`pulled ${members.join()}`),
      fault: (code) => said.push(code),
    },
  });
  const turn = () => new Promise<void>((resolve) => void setTimeout(resolve));
  const pass = (milliseconds: number) => timers.pass(milliseconds, turn);
  const last = () => workers.at(-1) as NearWorker;
  return { endpoint, workers, said, side, turn, pass, last };
}

const request = { method: 'GET', path: '/v1/tills', timeoutMs: 1000 } as const;

describe('a window and its worker', () => {
  test('requests go out through the window and replies come back to whoever asked', async () => {
    const { endpoint, last } = await setUp();
    endpoint.interfere = ({ path }) => http(200, path);
    const paths = ['/v1/tills', '/v1/live', '/v1/events'];
    const replies = await Promise.all(paths.map((path) => last().link.send({ ...request, path })));
    expect(replies.map((reply) => reply.kind === 'http' && reply.text)).toEqual(paths);
  });

  test('the feed reaches the worker until it hangs up, or the line breaks', async () => {
    const { endpoint, last, turn } = await setUp();
    const news: string[] = [];
    const listen = () => last().link.listen({ news: (text) => news.push(text), end: () => news.push('end') });
    const hangUp = listen();
    await expect.poll(() => news).toEqual(['{"head":0,"docHead":0}']);
    hangUp();
    await expect.poll(() => endpoint.feedCount).toBe(0);
    listen();
    await expect.poll(() => endpoint.feedCount).toBe(1);
    await turn();
    endpoint.endFeeds();
    await expect.poll(() => news.at(-1)).toBe('end');
  });

  test('a worker that fails is started again, later each time, and its feed ends', async () => {
    const { endpoint, workers, said, pass, last, turn } = await setUp();
    last().link.listen({ news: () => undefined, end: () => undefined });
    await expect.poll(() => endpoint.feedCount).toBe(1);
    last().fail();
    expect(said).toEqual(['worker-failed', 'lost']);
    expect(endpoint.feedCount).toBe(0);
    await pass(999);
    expect(workers).toHaveLength(1);
    await pass(1);
    expect(workers).toHaveLength(2);
    last().say({ type: 'broken', code: 'closed' });
    await turn();
    await pass(1000);
    expect(workers).toHaveLength(2);
    await pass(1000);
    expect(workers).toHaveLength(3);
    expect(last().heard).toEqual([{ type: 'start', databaseName: 'db', app: '0.1.0', shopKey: 'key' }]);
  });

  test('a worker that says nothing any more is started again; one that answers is left alone', async () => {
    const { workers, said, pass, last } = await setUp();
    await pass(120_000);
    expect(workers).toHaveLength(1);
    last().isMute = true;
    await pass(61_000);
    expect(said).toEqual(['worker-silent', 'lost']);
    expect(workers).toHaveLength(2);
  });

  test('a stop ends it for good', async () => {
    const { workers, side, said, pass, last } = await setUp();
    last().fail();
    side.stop();
    await pass(600_000);
    expect(workers).toHaveLength(1);
    expect(last().isEnded).toBe(true);
    expect(said).toHaveLength(2);
  });
});
