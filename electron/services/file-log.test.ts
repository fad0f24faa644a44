import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFileLog, MAX_LOG_BYTES } from './file-log.ts';

test('one JSON line per entry; a full file makes room for the next', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tenpunch-log-'));
  const log = createFileLog({ folder, now: () => 0 });
  log.error('page-gone', { reason: 'oom', exitCode: 9 });
  log.info('page-responsive');
  const lines = (await readFile(join(folder, 'main.log'), 'utf8')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { at: '1970-01-01T00:00:00.000Z', level: 'error', code: 'page-gone', reason: 'oom', exitCode: 9 },
    { at: '1970-01-01T00:00:00.000Z', level: 'info', code: 'page-responsive' },
  ]);
  await writeFile(join(folder, 'main.log'), 'x'.repeat(MAX_LOG_BYTES + 1));
  log.info('next');
  expect((await readdir(folder)).sort()).toEqual(['main.1.log', 'main.log']);
  expect((await stat(join(folder, 'main.log'))).size).toBeLessThan(200);
  await rm(folder, { recursive: true });
});

test('a log that cannot be written does not stop the till', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tenpunch-log-'));
  const log = createFileLog({ folder, now: () => 0 });
  await rm(folder, { recursive: true });
  expect(() => log.error('expected-in-this-test')).not.toThrow();
});
