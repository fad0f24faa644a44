import type { PlainDay } from './brand.ts';

/** The calendar date at `atMs` in `timeZone` (IANA name). @throws RangeError for an unknown zone. */
export function plainDayAt(atMs: number, timeZone: string): PlainDay {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs))
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString() as PlainDay;
}

/** True for a real calendar date `YYYY-MM-DD`; 2023-02-29 is not one. */
export function isPlainDay(text: string): text is PlainDay {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
