import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cutTorn, logLine, openLog, readLog } from '#server/embedded/operation-log.ts';

let parent = '';

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'tenpunch-endpoint-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

describe('the log', () => {
  test('many writes wait for the disk together, and keep their order', async () => {
    const path = join(parent, 'log');
    const log = await openLog({ path, operations: 0, onBroken: () => undefined });
    const numbers = await Promise.all(Array.from({ length: 200 }, (_, index) => log.append(['x', index])));
    await log.close();
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    const read: unknown[] = [];
    for await (const [, request] of readLog(path)) read.push(request);
    expect(read).toEqual(numbers.map((number) => number - 1));
    expect((await readFile(path, 'utf8')).split('\n').length).toBeLessThan(20);
  });

  test('whatever a power cut leaves of the last line is cut off', async () => {
    const path = join(parent, 'log');
    const kept = logLine([['x', 1]]) + logLine([['x', 2]]);
    const lost = logLine([['x', 'ä'.repeat(60)]]);
    const torn = Array.from({ length: Buffer.byteLength(lost) - 1 }, (_, index) =>
      Buffer.from(lost).subarray(0, index + 1),
    );
    for (const tail of [...torn, Buffer.alloc(700), Buffer.from(`${'0'.repeat(50)}\n\n`)]) {
      await writeFile(path, Buffer.concat([Buffer.from(kept), tail]));
      const read: unknown[] = [];
      for await (const [, request] of readLog(path, cutTorn(path))) read.push(request);
      expect(read).toEqual([1, 2]);
      expect(await readFile(path, 'utf8')).toBe(kept);
    }
  });

  test('any single wrong byte before the last line is noticed', async () => {
    const path = join(parent, 'log');
    const bytes = Buffer.from(logLine([['x', 1]]) + logLine([['x', 2]]) + logLine([['x', 3]]));
    const last = Buffer.byteLength(logLine([['x', 3]]));
    for (let at = 0; at < bytes.length - last; at += 1) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 4;
      await writeFile(path, damaged);
      const reading = (async () => {
        for await (const _ of readLog(path, cutTorn(path)));
      })();
      await expect(reading).rejects.toThrow('damaged');
      expect(await readFile(path)).toEqual(damaged);
    }
  });
});
