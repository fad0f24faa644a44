import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import type { Log } from '#shared/lib/ports.ts';
import { BackupFileError, readBackup } from './commands/backup-file.ts';
import { CommandError, COMMANDS, runCommand, type Command } from './commands/run-command.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { ControlPathError, listenForCommands, sendCommand, type ControlAnswer } from './embedded/control.ts';
import { LostLogError } from './embedded/embedded-store.ts';
import { DamagedListError, readErased } from './embedded/erased-list.ts';
import { FolderInUseError } from './embedded/folder-lock.ts';
import { DamagedLogError } from './embedded/operation-log.ts';
import { FolderNotEmptyError, restoreFolder } from './embedded/restore-folder.ts';
import { createApp, DEFAULT_LIMITS } from './http/app.ts';
import { openApiDocument } from './http/open-api.ts';
import { startServer } from './http/server.ts';
import { openStore } from './open-store.ts';
import type { ArchivableStore } from './store/event-store.ts';
import { NewerStoreError } from './store/migrate.ts';
import { StoreNotEmptyError } from './store/sql-archive.ts';

/** `npm run endpoint`: the one place that knows the clock, chance, the environment and the process. */

const EXPECTED = [
  BackupFileError,
  CommandError,
  ConfigError,
  ControlPathError,
  DamagedListError,
  DamagedLogError,
  FolderInUseError,
  FolderNotEmptyError,
  LostLogError,
  NewerStoreError,
  StoreNotEmptyError,
];

const say = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);
const now = (): number => Date.now();

/** @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const config = readConfig(args, process.env);
    const [first] = config.words;
    if (first === undefined) return await serve(config);
    if (first === 'help') say([COMMANDS]);
    else if (first === 'openapi') say([JSON.stringify(openApiDocument(), undefined, 2)]);
    else if (first === 'restore') await restore(config);
    else return await command(config);
    return 0;
  } catch (error) {
    if (!EXPECTED.some((kind) => error instanceof kind)) throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
}

/** An endpoint that has just been started reads its log before it hears commands. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 250;

/** On the store itself, or, where an endpoint has the folder open, through it. */
async function command(config: Config): Promise<number> {
  const request: Command = { words: config.words.map(absolute), shop: config.shop };
  const giveUpAtMs = now() + PATIENCE_MS;
  for (let tries = 0; ; tries += 1) {
    const done = await tryCommand(config, request);
    if (done.code !== undefined) return done.code;
    if (now() >= giveUpAtMs)
      throw new CommandError(`${done.inUse.message} It is starting or stopping: try again in a moment.`);
    if (tries === 0) process.stderr.write(`${done.inUse.message} Waiting for it…\n`);
    await sleep(LOOK_AGAIN_MS);
  }
}

/** @returns the exit code; without one the folder is taken, and whoever has it does not hear commands (yet). */
async function tryCommand(
  config: Config,
  { words, shop }: Command,
): Promise<{ readonly code: number } | { readonly code?: never; readonly inUse: FolderInUseError }> {
  const { databaseUrl, folder } = config;
  try {
    const onBroken = (what: keyof typeof BROKEN) => {
      process.stderr.write(`${BROKEN[what]}\n`);
      process.exit(1);
    };
    const store = await openStore(config, { newEpoch: randomUUID, onBroken });
    try {
      say(await runCommand({ words, shop }, { store, now, random: randomBytes, newShop: randomUUID }));
    } finally {
      await store.close();
    }
    return { code: 0 };
  } catch (error) {
    if (!(error instanceof FolderInUseError) || databaseUrl !== undefined) throw error;
    const answer = await sendCommand(folder, { words: [...words], ...(shop === undefined ? {} : { shop }) });
    if (!answer) return { inUse: error };
    if (answer.isDone) say(answer.lines);
    else process.stderr.write(`${answer.lines.join('\n')}\n`);
    return { code: answer.isDone ? 0 : 1 };
  }
}

/** A file is named from where the person is, not from where the endpoint runs. */
const absolute = (word: string, index: number, words: readonly string[]): string =>
  index === 1 && WITH_FILE.has(words[0] ?? '') ? resolve(word) : word;
const WITH_FILE: ReadonlySet<string> = new Set(['backup', 'erased-list', 'import-sync-file']);

async function restore({ words, databaseUrl, folder, erased: list }: Config): Promise<void> {
  const [, path] = words;
  if (path === undefined) throw new CommandError('Say which backup.');
  if (list !== undefined && !existsSync(list)) throw new CommandError(`There is no file ${list}.`);
  const erased = list === undefined ? [] : await readErased(list);
  const restored = { parts: readBackup(path), epoch: randomUUID(), erased };
  let known = erased.length;
  if (databaseUrl === undefined) {
    known = await restoreFolder({ folder, ...restored });
  } else {
    const store = await openStore(
      { databaseUrl, folder },
      { newEpoch: randomUUID, onBroken: () => undefined },
    );
    try {
      await store.load(restored);
      known = (await store.listErased()).length;
    } finally {
      await store.close();
    }
  }
  say([
    known > 0 || list !== undefined
      ? `${known} erased members were erased here too.`
      : 'No list of erased members was given: who was erased after the backup is in it again until a till says so.',
  ]);
  say(['Restored. Every till notices by itself and offers again what it holds.']);
}

const BROKEN = {
  log: 'the log could not be written: ending, to start again from what the disk has',
  database: 'the database ended by itself: ending, to make it again from the log',
} as const;

function createLog(): Log {
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });
  return {
    info: (code, details = {}) => logger.info(details, code),
    error: (code, details = {}) => logger.error(details, code),
  };
}

async function serve(config: Config): Promise<number> {
  const log = createLog();
  const { databaseUrl, folder, host, port, proxies, origins, minApp, metricsToken } = config;
  let end = (_code: number): void => undefined;
  const ended = new Promise<number>((done) => (end = done));
  if (databaseUrl === undefined) await mkdir(folder, { recursive: true, mode: 0o700 });
  const store = await openStore(config, {
    newEpoch: randomUUID,
    onCheckpointFailed: (error) =>
      log.error('no checkpoint', { fault: (error as NodeJS.ErrnoException).code ?? String(error) }),
    onReplay: (operations) => log.info('reading the log', { operations }),
    onBroken: (what) => {
      log.error(BROKEN[what]);
      end(1);
    },
  });
  const app = createApp({
    store,
    now,
    random: randomBytes,
    log,
    limits: DEFAULT_LIMITS,
    origins,
    minApp,
    metricsToken,
  });
  // Other processes on the same database write too. In a folder there are none.
  const pollMs = databaseUrl === undefined ? undefined : 500;
  const server = await startServer(app, { host, port, proxies, pollMs });
  const stopListening =
    databaseUrl === undefined
      ? await listenForCommands(folder, (request) => answerCommand(store, request))
      : async () => undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
  log.info('started', { address: server.address, store: databaseUrl === undefined ? folder : 'postgresql' });
  const code = await ended;
  log.info('stopping');
  await stopListening();
  await server.stop();
  // A log that can't be written can't be closed in order either; the next start reads it.
  if (code === 0) await store.close();
  log.info('stopped');
  return code;
}

async function answerCommand(
  store: ArchivableStore,
  { words, shop }: { readonly words: readonly string[]; readonly shop?: string | undefined },
): Promise<ControlAnswer> {
  try {
    const lines = await runCommand({ words, shop }, { store, now, random: randomBytes, newShop: randomUUID });
    return { isDone: true, lines: [...lines] };
  } catch (error) {
    if (error instanceof CommandError) return { isDone: false, lines: [error.message] };
    return { isDone: false, lines: ['The endpoint could not do this; its log says why.'] };
  }
}
