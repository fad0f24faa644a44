import { readFile, stat } from 'node:fs/promises';
import { MAX_SYNC_FILE_BYTES, syncFileSchema, type EventVerdict } from '#shared/sync/wire.ts';
import { writeErased } from '#server/embedded/erased-list.ts';
import { PAIRING_CODE_LIFETIME_MS } from '#server/http/handlers.ts';
import { hashPairingCode, newPairingCode, type RandomBytes } from '#server/http/secrets.ts';
import type { ArchivableStore, EventStore } from '#server/store/event-store.ts';
import { writeBackup } from './backup-file.ts';

/** What a person does at the command line, on any store. Says its lines, or throws a CommandError for that person. */

export class CommandError extends Error {}

export interface CommandParts {
  readonly store: ArchivableStore;
  readonly now: () => number;
  readonly random: RandomBytes;
  readonly newShop: () => string;
}

export interface Command {
  readonly words: readonly string[];
  readonly shop: string | undefined;
}

export const COMMANDS = `npm run endpoint                                   starts it
npm run endpoint -- shop create                    a new shop, and the code for its first till
npm run endpoint -- pairing-code [--shop ID]       a code for one more till
npm run endpoint -- till list [--shop ID]
npm run endpoint -- till revoke TILL [--shop ID]
npm run endpoint -- backup FILE
npm run endpoint -- erased-list FILE               who was erased, to keep apart from every backup
npm run endpoint -- restore FILE [--erased LIST]   into an empty folder or database
npm run endpoint -- checkpoint                     makes the log of a folder short
npm run endpoint -- import-sync-file FILE
npm run endpoint -- openapi                        prints the OpenAPI document`;

export async function runCommand({ words, shop }: Command, parts: CommandParts): Promise<readonly string[]> {
  const { store } = parts;
  const [first = '', second, third] = words;
  const name = first === 'shop' || first === 'till' ? `${first} ${second ?? ''}` : first;
  const argument = first === 'shop' || first === 'till' ? third : second;
  switch (name) {
    case 'shop create': {
      const made = parts.newShop();
      await store.createShop({ shop: made, atMs: parts.now() });
      return [`Shop ${made} is made.`, ...(await addCode(parts, made))];
    }
    case 'pairing-code':
      return addCode(parts, await oneShop(store, shop));
    case 'till list':
      return listTills(store, shop === undefined ? await store.listShops() : [await oneShop(store, shop)]);
    case 'till revoke':
      return [await revokeTill(parts, await oneShop(store, shop), wanted(argument, 'which till'))];
    case 'backup':
      return [`${await writeBackup(store, wanted(argument, 'a file'))} rows are in ${argument}.`];
    case 'erased-list':
      return [await exportErased(store, wanted(argument, 'a file'))];
    case 'checkpoint':
      if (!store.checkpoint) throw new CommandError('Only a store in a folder has a log.');
      await store.checkpoint();
      return ['The log begins anew.'];
    case 'import-sync-file':
      return importSyncFile(parts, wanted(argument, 'a file'));
    default:
      throw new CommandError(`There is no command ${words.join(' ')}. There are:\n${COMMANDS}`);
  }
}

function wanted(argument: string | undefined, what: string): string {
  if (argument === undefined) throw new CommandError(`Say ${what}.`);
  return argument;
}

async function exportErased(store: ArchivableStore, path: string): Promise<string> {
  const erased = await store.listErased();
  await writeErased(path, erased);
  return `${erased.length} erased members are in ${path}.`;
}

/** The shop that was named, or the only one there is. */
async function oneShop(store: EventStore, named: string | undefined): Promise<string> {
  const shops = await store.listShops();
  if (named !== undefined) {
    if (shops.includes(named)) return named;
    throw new CommandError(`There is no shop ${named}.`);
  }
  const [only, ...others] = shops;
  if (only === undefined) throw new CommandError('There is no shop yet: npm run endpoint -- shop create');
  if (others.length > 0)
    throw new CommandError(`Say which shop with --shop. There are:\n${shops.join('\n')}`);
  return only;
}

async function addCode({ store, now, random }: CommandParts, shop: string): Promise<string[]> {
  const code = newPairingCode(random);
  const expiresAtMs = now() + PAIRING_CODE_LIFETIME_MS;
  await store.addPairingCode({ shop, codeHash: hashPairingCode(code), expiresAtMs });
  const minutes = PAIRING_CODE_LIFETIME_MS / MINUTE_MS;
  return [
    `Pairing code: ${code}`,
    `It is for one till, valid for ${minutes} minutes, until ${localTime(expiresAtMs)}.`,
  ];
}

const MINUTE_MS = 60_000;

/** `14:05`, by the clock on the wall beside this computer. */
const localTime = (atMs: number): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(atMs);

async function listTills(store: EventStore, shops: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const shop of shops) {
    lines.push(`Shop ${shop}`);
    const quarantined = new Map(
      (await store.listQuarantined(shop)).map(({ till, events }) => [till, events]),
    );
    for (const { till, name, app, pairedAtMs, revokedAtMs } of await store.listTills(shop)) {
      const since = `paired ${new Date(pairedAtMs).toISOString()}`;
      const until = revokedAtMs === null ? '' : `, revoked ${new Date(revokedAtMs).toISOString()}`;
      const refused = quarantined.get(till);
      const kept = refused === undefined ? '' : `, ${refused} refused events kept`;
      lines.push(`  ${till}  ${name}  app ${app}  ${since}${until}${kept}`);
    }
  }
  return lines;
}

async function revokeTill({ store, now }: CommandParts, shop: string, till: string): Promise<string> {
  const status = await store.revokeTill({ shop, till, atMs: now() });
  if (status === 'unknown') throw new CommandError(`Shop ${shop} has no till ${till}.`);
  return status === 'revoked' ? `Till ${till} is out.` : `Till ${till} was out already.`;
}

async function importSyncFile({ store, now }: CommandParts, path: string): Promise<string[]> {
  const { shop, till, batches, docs } = await readSyncFile(path);
  if (!(await store.listShops()).includes(shop))
    throw new CommandError(`This sync file belongs to shop ${shop}, which is not here.`);
  const counts = new Map<EventVerdict['status'], number>();
  for (const { events } of batches) {
    for (const { status } of await store.acceptBatch({ shop, till, events, atMs: now() }))
      counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  if (docs.length > 0) await store.putProfiles({ shop, docs });
  const verdicts = [...counts].map(([status, count]) => `${count} ${VERDICT_WORDS[status]}`).join(', ');
  return [`Events: ${verdicts === '' ? 'none' : verdicts}. Profiles: ${docs.length}.`];
}

const VERDICT_WORDS: Readonly<Record<EventVerdict['status'], string>> = {
  ok: 'new',
  dup: 'here already',
  alias: 'here already, at another place of their stream',
  held: 'of a newer Tenpunch, kept and passed on',
  refused: 'refused',
  conflict: 'not taken, another event has their id or place',
  gap: 'not taken, what came before them is missing',
};

async function readSyncFile(path: string) {
  const size = await stat(path).then(
    (found) => found.size,
    () => undefined,
  );
  if (size === undefined) throw new CommandError(`There is no file ${path}.`);
  if (size > MAX_SYNC_FILE_BYTES) throw new CommandError(`${path} is too large for a sync file.`);
  try {
    return syncFileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new CommandError(`${path} is no sync file.`, { cause: error });
  }
}
