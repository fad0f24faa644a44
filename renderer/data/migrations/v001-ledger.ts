import type { Migration } from './migration.ts';

/** Never edited after release: a later shape is a later migration with a frozen fixture of this one. */
export const v001: Migration = {
  version: 1,
  stores: {
    events: '++n, &id, &[stream+seq], member',
    streams: 'stream',
    profiles: 'member',
    members: 'id, phone, [last4+lastVisitAt], *nameKeys, card, lastVisitAt',
    cards: 'member',
    totals: 'day',
    programs: '[id+version]',
    settings: 'key',
    meta: 'key',
    imports: 'id',
  },
};
