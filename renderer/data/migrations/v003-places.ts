import type { Migration } from './migration.ts';

/**
 * Places of what was here before, in runs. Places in the rows of events stay and go on holding: nothing asks for an event by
 * its place, so they need no index.
 */
export const v003: Migration = {
  version: 3,
  stores: {
    events: '++n, &id, &[stream+seq], member, day, data.day',
    places: 'n',
  },
};
