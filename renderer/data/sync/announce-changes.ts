import type { Database } from '../database.ts';
import { announce, type Changes } from '../native.ts';
import { SHOP_KEY } from '../shop.ts';
import { SYNC_KEY } from '../sync-marks.ts';
import type { Folded } from './fold-changes.ts';

/** Of more than this, single keys cost more than reading again what is on the screen. */
const MOST_KEYS = 200;
const EVERYTHING = { keys: [], indexes: { '': 'all' } } as const;

/** Tells the live queries of all windows what sync has changed. Not while a past is taken in: every list would read again. */
function announceFolded(database: Database, { members, days, areProgramsChanged }: Folded): void {
  const marks = { keys: [SYNC_KEY, ...(areProgramsChanged ? [SHOP_KEY] : [])] };
  const shop: Changes = areProgramsChanged ? { programs: EVERYTHING } : {};
  const isMany = members.length > MOST_KEYS;
  const keys = isMany ? [] : [...members];
  const everything = isMany ? ({ '': 'all' } as const) : {};
  announce(database, {
    meta: marks,
    alarms: { keys: [], indexes: { '': 'all', '[code+about]': 'all' } },
    totals: { keys: [...days] },
    events: { keys: [], indexes: { '': 'all', member: isMany ? 'all' : keys, '[stream+seq]': 'all' } },
    cards: { keys, indexes: everything },
    // Whoever is forgotten leaves no document.
    profiles: { keys, indexes: everything },
    erased: { keys, indexes: everything },
    aliases: EVERYTHING,
    members: { keys, indexes: { ...everything, lastVisitAt: 'all', nameKeys: 'all', phone: 'all' } },
    ...shop,
  });
}

/** What a live query can wait for: where events stand in the shop's order, and not what anybody has. */
const QUIET_MS = 1000;

/**
 * {@link announceFolded}, but steps that changed no card are told together: a backlog takes hundreds of them, and every open
 * screen would read again with each.
 */
export function createAnnouncer(database: Database): (folded: Folded) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (folded) => {
    const { members, days, areProgramsChanged } = folded;
    if (members.length > 0 || days.length > 0 || areProgramsChanged) return announceFolded(database, folded);
    timer ??= setTimeout(() => {
      timer = undefined;
      announceFolded(database, folded);
    }, QUIET_MS);
  };
}

export function announceProfiles(database: Database, members: readonly string[]): void {
  const isMany = members.length > MOST_KEYS;
  const part = isMany ? EVERYTHING : { keys: [...members] };
  announce(database, {
    profiles: part,
    unsentProfiles: EVERYTHING,
    erased: part,
    members: {
      ...part,
      indexes: { ...(isMany ? { '': 'all' } : {}), nameKeys: 'all', phone: 'all', card: 'all' },
    },
    meta: { keys: [SYNC_KEY] },
  });
}
