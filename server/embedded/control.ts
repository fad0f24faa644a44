import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, rm, stat } from 'node:fs/promises';
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
const HASH_LENGTH = 24;

/** There is no place for the socket that only its owner can use. */
export class ControlPathError extends Error {}

/** @throws ControlPathError */
async function socketPath(folder: string): Promise<string> {
  const own = join(resolve(folder), 'control');
  const hash = createHash('sha256').update(own).digest('hex').slice(0, HASH_LENGTH);
  if (process.platform === 'win32') return `\\\\.\\pipe\\tenpunch-${hash}`;
  return own.length <= MAX_PATH ? own : join(await privatePlace(folder), hash);
}

/**
 * Beside the folder, for one whose own path is too long. Everybody may write there, so somebody else may have been first: a
 * place that others can reach into is not used, for they would hear what is asked and answer in the endpoint's name.
 */
async function privatePlace(folder: string): Promise<string> {
  const { uid } = await stat(folder);
  const place = join(tmpdir(), `tenpunch-${uid}`);
  await mkdir(place, { mode: 0o700 }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  const found = await lstat(place);
  const owners = new Set([ROOT, uid, process.getuid?.()]);
  const isShort = place.length + 1 + HASH_LENGTH <= MAX_PATH;
  const isOurs = found.isDirectory() && owners.has(found.uid) && (found.mode & FOR_OTHERS) === 0;
  if (isOurs && isShort) return place;
  throw new ControlPathError(
    `The path of ${folder} is too long for a socket, and ${place} can't be used for it: it must be a folder with a short path that only its owner may enter. Choose a shorter path for the endpoint’s folder, or set TMPDIR to a folder of your own.`,
  );
}

const ROOT = 0;
const FOR_OTHERS = 0o077;

/** @returns what ends it */
export async function listenForCommands(
  folder: string,
  run: (command: ControlCommand) => Promise<ControlAnswer>,
): Promise<() => Promise<void>> {
  const path = await socketPath(folder);
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

/** @returns undefined when nobody hears: the endpoint is starting or stopping, or another command has the folder */
export async function sendCommand(
  folder: string,
  command: ControlCommand,
): Promise<ControlAnswer | undefined> {
  const socket = connect(await socketPath(folder));
  let isHeard = false;
  socket.once('connect', () => (isHeard = true));
  socket.end(JSON.stringify(command));
  const text = await readAll(socket).catch(() => '');
  if (text !== '') return answerSchema.parse(JSON.parse(text));
  // It may have been done: whoever asked must not ask again by themselves.
  return isHeard ? { isDone: false, lines: [NO_ANSWER] } : undefined;
}

const NO_ANSWER = 'The endpoint ended before it answered. See whether it was done before you try again.';

/** Until the other side has said all. (Iterating over a socket would close our side with it.) */
function readAll(socket: Socket): Promise<string> {
  return new Promise((done, failed) => {
    const parts: Buffer[] = [];
    socket.on('data', (part: Buffer) => void parts.push(part));
    socket.once('end', () => done(Buffer.concat(parts).toString('utf8')));
    socket.once('error', failed);
  });
}
