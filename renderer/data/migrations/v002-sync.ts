import type { Migration } from './migration.ts';

/**
 * Places in the shop's order, what waits to be sent besides the ledger, and what the other tills made of it. Every profile
 * document that is here already waits from the first pairing on, so nothing has to be upgraded. Only the close of a day and
 * an export have `data.day`: that index holds them alone, so no table has to say again which days are closed.
 */
export const v002: Migration = {
  version: 2,
  stores: {
    events: '++n, &id, &[stream+seq], &g, member, day, data.day',
    aliases: 'member, canonical, phone, last4, card',
    unsentProfiles: 'member',
    erased: 'member',
    alarms: '++id, &[code+about]',
  },
};
