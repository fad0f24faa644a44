import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import {
  envelopeSchema,
  pairAnswerSchema,
  pullAnswerSchema,
  pushAnswerSchema,
  SYNC_FILE_FORMAT,
  type EventVerdict,
} from '#shared/sync/wire.ts';
import { listenForCommands, sendCommand } from '#server/embedded/control.ts';
import { lockFolder } from '#server/embedded/folder-lock.ts';
import { visitsOf } from '#tests/fakes/visits.ts';

// `npm run endpoint` itself, as a process: started, killed the hard way in the middle of its work, started again.

const SCRIPT = join(import.meta.dirname, '..', '..', 'scripts', 'endpoint.mjs');
const LONG_MS = 120_000;
let parent = '';
let folder = '';
const running = new Set<ChildProcess>();

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'tenpunch-endpoint-'));
  folder = join(parent, 'data');
});
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(parent, { recursive: true, force: true });
});
// The first run builds.
beforeAll(async () => void (await run('help')), LONG_MS);

function start(args: readonly string[]): ChildProcess {
  const env = { ...process.env, DATABASE_URL: '', VITEST: '' };
  const child = spawn(process.execPath, [SCRIPT, '--folder', folder, '--port', '0', ...args], { env });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

async function run(
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = start(args);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

interface Serving {
  readonly address: string;
  end(signal: NodeJS.Signals): Promise<number | null>;
}

async function serve(): Promise<Serving> {
  const child = start([]);
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /"address":"([^"]+)"/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(output)));
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    address,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

async function ask<Schema extends z.ZodMiniType>(
  { address }: Serving,
  path: string,
  { answer, token = '', body }: { readonly answer: Schema; readonly token?: string; readonly body?: unknown },
): Promise<z.infer<Schema>> {
  const response = await fetch(`${address}${path}`, {
    headers: { Authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return z.parse(answer, await response.json());
}

test(
  'what was answered survives kill -9 in the middle of many batches; the command line works beside it',
  async () => {
    const first = await serve();
    const made = await run('shop', 'create');
    expect(made.output).toMatch(/valid for 15 minutes, until \d\d:\d\d\./);
    const code = /Pairing code: (\S+)/.exec(made.output)?.[1];
    const pairing = { code, till: 'till-1', name: 'Front', app: '1.0.0', shop: 'shop-1' };
    const { token } = await ask(first, '/v1/tills', { answer: pairAnswerSchema, body: pairing });
    expect((await run('till', 'list')).output).toContain('till-1  Front');

    const answered: EventVerdict[] = [];
    const sending = Array.from({ length: 12 }, async (_, index) => {
      for (let round = 0; ; round += 1) {
        const events = visitsOf({ stream: `s${index}-${round}`, count: 50 });
        const body = { batch: 'b', events };
        const { results } = await ask(first, '/v1/events', { answer: pushAnswerSchema, token, body });
        answered.push(...results);
      }
    });
    const allStopped = Promise.allSettled(sending);
    // The log begins anew again and again meanwhile.
    const checkpoints: string[] = [];
    const shortening = (async () => {
      for (;;) {
        const answer = await sendCommand(folder, { words: ['checkpoint'] });
        if (!answer?.isDone) return;
        checkpoints.push(...answer.lines);
      }
    })();
    while (answered.length < 1500 || checkpoints.length < 3)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await first.end('SIGKILL');
    await allStopped;
    await shortening;

    const second = await serve();
    const places = new Map<number, string>();
    for (let after = 0; ;) {
      const path = `/v1/events?after=${after}&limit=1000`;
      const { events } = await ask(second, path, { answer: pullAnswerSchema, token });
      for (const { g, event } of events) places.set(g, z.parse(envelopeSchema, event).id);
      const last = events.at(-1);
      if (!last) break;
      after = last.g;
    }
    expect(answered.filter(({ id, g }) => g === undefined || places.get(g) !== id)).toEqual([]);
    expect([...places.keys()]).toEqual(Array.from({ length: places.size }, (_, index) => index + 1));
    expect(await second.end('SIGTERM')).toBe(0);
  },
  LONG_MS,
);

test(
  'a command waits for an endpoint that has the folder and does not hear commands yet',
  async () => {
    await mkdir(folder);
    const unlock = await lockFolder(folder);
    const child = start(['shop', 'create']);
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (chunk: Buffer) => chunk.toString().includes('Waiting') && resolve());
    });
    const stop = await listenForCommands(folder, async ({ words }) => ({ isDone: true, lines: [...words] }));
    expect(await ended).toBe(0);
    expect(output).toBe('shop\ncreate\n');
    await stop();
    await unlock();
  },
  LONG_MS,
);

test(
  'backup, restore and a sync file, each said in plain words, while the endpoint runs',
  async () => {
    const serving = await serve();
    expect(await run()).toMatchObject({ code: 1, output: expect.stringMatching(/Process \d+ works in/) });
    // What a second process would send, without the second it takes to start one.
    const tell = async (...words: readonly string[]) => {
      const answer = await sendCommand(folder, { words: [...words] });
      return `${answer?.isDone} ${answer?.lines.join('\n')}`;
    };
    expect(await tell('pairing-code')).toMatch(/^false There is no shop yet/);
    const shop = /^true Shop (\S+) is made/.exec(await tell('shop', 'create'))?.[1] ?? '';
    const file = join(parent, 'day.tenpunch-sync');
    const batches = [{ batch: 'b', events: visitsOf({ stream: 'a', count: 3, shop }) }];
    await writeFile(file, JSON.stringify({ format: SYNC_FILE_FORMAT, shop, till: 'till-1', batches }));
    expect(await tell('import-sync-file', file)).toMatch(/^true Events: 3 new\./);
    expect(await tell('import-sync-file', file)).toMatch(/^true Events: 3 here already\./);
    await writeFile(file, '{}');
    expect(await tell('import-sync-file', file)).toMatch(/^false .* is no sync file/);
    expect(await tell('import-sync-file', join(parent, 'none'))).toMatch(/^false There is no file/);
    expect(await tell('till', 'revoke', 'x')).toMatch(/^false .* has no till x/);
    expect(await tell('till', 'revoke')).toBe('false Say which till.');
    await tell('shop', 'create');
    expect(await tell('pairing-code')).toMatch(/^false Say which shop/);
    expect(await run('bake')).toMatchObject({ code: 1, output: expect.stringContaining('no command bake') });
    const backup = join(parent, 'backup.gz');
    expect((await run('backup', backup)).code).toBe(0);
    const docs = [{ member: 'm', hlc: '1', erased: true }];
    await writeFile(file, JSON.stringify({ format: SYNC_FILE_FORMAT, shop, till: 't', batches: [], docs }));
    expect(await tell('import-sync-file', file)).toMatch(/^true .* Profiles: 1/);
    const list = join(parent, 'list');
    expect(await tell('erased-list', list)).toMatch(/^true 1 erased members are in/);
    expect(await run('restore', backup)).toMatchObject({
      code: 1,
      output: expect.stringContaining('not empty'),
    });
    expect(await serving.end('SIGTERM')).toBe(0);
    folder = join(parent, 'restored');
    expect((await run('restore', backup, '--erased', join(parent, 'none'))).output).toMatch('no file');
    expect(await run('restore', backup, '--erased', list)).toMatchObject({
      code: 0,
      output: expect.stringContaining('1 erased members'),
    });
    expect((await run('erased-list', list)).output).toMatch(/^1 erased/);
    expect((await run('till', 'list')).output).toContain(shop);
  },
  LONG_MS,
);
