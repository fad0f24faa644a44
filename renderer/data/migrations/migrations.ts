import type { Migration } from './migration.ts';
import { v001 } from './v001-ledger.ts';

/** In rising order. The last version is this app's. */
export const MIGRATIONS: readonly Migration[] = [v001];
