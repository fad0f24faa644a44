import { chmod, lstat, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ControlPathError, listenForCommands, sendCommand } from '#server/embedded/control.ts';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'tp-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(parent, { recursive: true, force: true });
});

const echo = async ({ words }: { readonly words: readonly string[] }) => ({
  isDone: true,
  lines: [...words],
});

/** A folder whose own path is too long for a socket, and a place for what lies beside it. */
async function openLong() {
  const temporary = join(parent, 'tmp');
  const folder = join(parent, 'long'.repeat(30));
  await mkdir(temporary);
  await mkdir(folder);
  vi.stubEnv('TMPDIR', temporary);
  return { folder, place: join(temporary, `tenpunch-${process.getuid?.() ?? ''}`) };
}

test('a folder with a long path is heard in a place that nobody else may enter', async () => {
  const { folder, place } = await openLong();
  const stop = await listenForCommands(folder, echo);
  expect((await lstat(place)).mode & 0o777).toBe(0o700);
  expect(await sendCommand(folder, { words: ['a', 'b'] })).toEqual({ isDone: true, lines: ['a', 'b'] });
  await stop();
  expect(await sendCommand(folder, { words: ['a'] })).toBeUndefined();
});

test('a place that others can reach into is used by nobody, and said', async () => {
  const { folder, place } = await openLong();
  await mkdir(place);
  await chmod(place, 0o777);
  await expect(listenForCommands(folder, echo)).rejects.toThrow(ControlPathError);
  await expect(sendCommand(folder, { words: ['shop', 'create'] })).rejects.toThrow(/too long for a socket/);
});

test('heard and not answered is said: asked twice a shop would be made twice', async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((done) => server.listen(join(parent, 'control'), done));
  expect(await sendCommand(parent, { words: ['shop', 'create'] })).toMatchObject({ isDone: false });
  await new Promise((done) => server.close(done));
  expect(await sendCommand(parent, { words: ['shop', 'create'] })).toBeUndefined();
});
