import * as z from 'zod/mini';
import type { Database } from './database.ts';
import { requireRoom, type SpaceGuard } from './space-guard.ts';

/** Settings of this till. Each is stored on its own row and read leniently: a damaged one falls back to its default. */
const settingSchemas = {
  /** A language tag the app speaks; null follows the machine. */
  language: z.nullable(z.enum(['en', 'tr'])),
  theme: z.enum(['auto', 'light', 'dark']),
  sound: z.boolean(),
  /** 0..100 */
  volume: z.int().check(z.gte(0), z.lte(100)),
  /** Stamps that Enter gives. */
  defaultCount: z.int().check(z.gte(1), z.lte(10)),
  /** The first-run steps were finished or skipped. */
  isSetUp: z.boolean(),
  tillName: z.string().check(z.maxLength(40)),
  numberPad: z.enum(['auto', 'always', 'never']),
  /** Names and numbers of members in the files of the end of a day. */
  exportNames: z.boolean(),
  /** A person has paused sync: no contact with the endpoint until it is switched on again. */
  holdsSync: z.boolean(),
} as const;

export type Settings = { [Key in keyof typeof settingSchemas]: z.infer<(typeof settingSchemas)[Key]> };

export const DEFAULT_SETTINGS: Settings = {
  language: null,
  theme: 'auto',
  sound: true,
  volume: 60,
  defaultCount: 1,
  isSetUp: false,
  tillName: '',
  numberPad: 'auto',
  exportNames: false,
  holdsSync: false,
};

export async function readSettings(database: Database): Promise<Settings> {
  const rows = await database.settings.toArray();
  const stored = new Map(rows.map((row) => [row.key, row.value]));
  const entries = Object.entries(settingSchemas).map(([key, schema]) => {
    const parsed = schema.safeParse(stored.get(key));
    return [key, parsed.success ? parsed.data : DEFAULT_SETTINGS[key as keyof Settings]];
  });
  return Object.fromEntries(entries) as Settings;
}

/** @throws DOMException QuotaExceededError when there is no room, before anything is written. */
export async function writeSettings(
  database: Database,
  change: Partial<Settings>,
  guard?: SpaceGuard,
): Promise<void> {
  await requireRoom(guard);
  await database.settings.bulkPut(Object.entries(change).map(([key, value]) => ({ key, value })));
}
