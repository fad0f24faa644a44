import type { MetaRow } from './rows.ts';

/** Rows in `meta` that say how far the projections can be trusted. */

/** Holds the version the projections were made with; absent while they are being made, and when they must be. */
export const PROJECTION_KEY = 'projectionVersion';
/**
 * Present when some member was folded without the definition their stamps name. The definition changes what is theirs
 * when it comes at last, so the event that brings it takes the mark above away.
 */
export const UNPLACED_KEY = 'unplaced';
export const UNPLACED_MARK: MetaRow = { key: UNPLACED_KEY, value: true };
