import { createHash } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';

/**
 * How the command line reaches an endpoint that has the folder open: a socket that only its owner can use. One JSON line with
 * the command, one with what came of it.
 */

const commandSchema = z.object({ words: z.array(z.string()), shop: z.optional(z.string()) });
const answerSchema = z.object({ isDone: z.boolean(), lines: z.array(z.string()) });
export type ControlCommand = z.infer<typeof commandSchema>;
export type ControlAnswer = z.infer<typeof answerSchema>;

/** The longest name that every system takes. */
const MAX_PATH = 100;

function socketPath(folder: string): string {
  const own = join(resolve(folder), 'control');
  const hash = createHash('sha256').update(own).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return `\\\\.\\pipe\\tenpunch-${hash}`;
  return own.length <= MAX_PATH ? own : join(tmpdir(), `tenpunch-${hash}`);
}

/** @returns what ends it */
export async function listenForCommands(
  folder: string,
  run: (command: ControlCommand) => Promise<ControlAnswer>,
): Promise<() => Promise<void>> {
  const path = socketPath(folder);
  // The folder's lock is ours, so a socket that is there was left by a process that is gone.
  if (process.platform !== 'win32') await rm(path, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    void (async () => {
      const command = commandSchema.parse(JSON.parse(await readAll(socket)));
      socket.end(JSON.stringify(await run(command)));
    })().catch(() => socket.destroy());
  });
  await new Promise<void>((done, failed) => server.once('error', failed).listen(path, done));
  if (process.platform !== 'win32') await chmod(path, 0o600);
  return () => new Promise((done) => server.close(() => done()));
}

/** @returns undefined when nobody answers: the endpoint is starting or stopping, or another command has the folder */
export async function sendCommand(
  folder: string,
  command: ControlCommand,
): Promise<ControlAnswer | undefined> {
  const socket = connect(socketPath(folder));
  socket.end(JSON.stringify(command));
  const text = await readAll(socket).catch(() => '');
  return text === '' ? undefined : answerSchema.parse(JSON.parse(text));
}

/** Until the other side has said all. (Iterating over a socket would close our side with it.) */
function readAll(socket: Socket): Promise<string> {
  return new Promise((done, failed) => {
    const parts: Buffer[] = [];
    socket.on('data', (part: Buffer) => void parts.push(part));
    socket.once('end', () => done(Buffer.concat(parts).toString('utf8')));
    socket.once('error', failed);
  });
}
