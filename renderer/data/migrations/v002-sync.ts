import type { Migration } from './migration.ts';

/**
 * Places in the shop's order, what waits to be sent besides the ledger, and what the other tills made of it. Every profile
 * document that is here already waits from the first pairing on, so nothing has to be upgraded.
 */
export const v002: Migration = {
  version: 2,
  stores: {
    events: '++n, &id, &[stream+seq], &g, member, day',
    aliases: 'member, canonical',
    unsentProfiles: 'member',
    erased: 'member',
    alarms: '++id, &[code+about]',
    closings: 'day',
  },
};
