import type { Migration } from './migration.ts';
import { v001 } from './v001-ledger.ts';
import { v002 } from './v002-sync.ts';
import { v003 } from './v003-places.ts';

/** In rising order. The last version is this app's. */
export const MIGRATIONS: readonly Migration[] = [v001, v002, v003];
