import type { Database } from './database.ts';
import { requireRoom, type SpaceGuard } from './space-guard.ts';

/**
 * A form its owner has not finished, kept on this till: a customer, a scanner or a restart takes nobody's work away. Beside
 * the ledger like a setting, and read leniently; what another version of the app has kept is left alone.
 */
export interface KeptDraft {
  readonly app: string;
  /** Of what the draft changes; of another version it says nothing any more. */
  readonly version: number;
  readonly draft: object;
}

const PREFIX = 'draft:';

export async function listKeptDrafts(
  database: Database,
  app: string,
): Promise<ReadonlyMap<string, KeptDraft>> {
  const rows = await database.settings.where('key').startsWith(PREFIX).toArray();
  return new Map(
    rows.flatMap(({ key, value }) =>
      isKept(value) && value.app === app ? [[key.slice(PREFIX.length), value] as const] : [],
    ),
  );
}

/** @throws DOMException QuotaExceededError when there is no room. */
export async function keepDraft(
  database: Database,
  { name, ...kept }: KeptDraft & { readonly name: string },
  guard?: SpaceGuard,
): Promise<void> {
  await requireRoom(guard);
  await database.settings.put({ key: PREFIX + name, value: kept });
}

export const dropDraft = (database: Database, name: string): Promise<void> =>
  database.settings.delete(PREFIX + name);

const isKept = (value: unknown): value is KeptDraft =>
  typeof value === 'object' &&
  value !== null &&
  'app' in value &&
  'version' in value &&
  'draft' in value &&
  typeof value.draft === 'object' &&
  value.draft !== null;
