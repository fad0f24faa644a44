import type { PlainDay } from './brand.ts';

/** The calendar date at `atMs` in `timeZone` (IANA name). @throws RangeError for an unknown zone. */
export function plainDayAt(atMs: number, timeZone: string): PlainDay {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs))
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString() as PlainDay;
}

// Days of the calendar, as numbers. The fold asks several times per event, and Temporal takes microseconds each time where
// it is a polyfill: so this part counts days itself, and plain-day.test.ts holds it against Temporal.

const DAY_MS = 86_400_000;

const year = (day: string): number => Number(day.slice(0, 4));
const month = (day: string): number => Number(day.slice(5, 7));
const date = (day: string): number => Number(day.slice(8, 10));

/** Days since 1970-01-01. */
const numberOf = (day: string): number => utc(year(day), month(day), date(day)) / DAY_MS;

/** `Date.UTC` takes years below 100 for those of the twentieth century. */
function utc(fullYear: number, monthOfYear: number, dayOfMonth: number): number {
  return new Date(0).setUTCFullYear(fullYear, monthOfYear - 1, dayOfMonth);
}

const dayOfNumber = (days: number): PlainDay =>
  new Date(days * DAY_MS).toISOString().slice(0, 10) as PlainDay;

/** True for a real calendar date `YYYY-MM-DD`; 2023-02-29 is not one. */
export function isPlainDay(text: string): text is PlainDay {
  if (!/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text)) return false;
  return date(text) <= 28 || dayOfNumber(numberOf(text)) === text;
}

/** The same day of the month `months` later; the last one where that month is shorter. */
export function addMonths(day: PlainDay, months: number): PlainDay {
  const first = utc(year(day), month(day) + months, 1);
  const length = new Date(utc(year(day), month(day) + months + 1, 0)).getUTCDate();
  return dayOfNumber(first / DAY_MS + Math.min(date(day), length) - 1);
}

export const addDays = (day: PlainDay, days: number): PlainDay => dayOfNumber(numberOf(day) + days);

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween({ from, to }: { readonly from: PlainDay; readonly to: PlainDay }): number {
  return numberOf(to) - numberOf(from);
}

/** The Monday of the week that holds `day`. */
export function mondayOf(day: PlainDay): PlainDay {
  const days = numberOf(day);
  // 1970-01-01 was a Thursday.
  return dayOfNumber(days - ((((days + 3) % 7) + 7) % 7));
}

export const yearOf = (day: PlainDay): number => year(day);

export const endOfYear = (fullYear: number): PlainDay =>
  `${String(fullYear).padStart(4, '0')}-12-31` as PlainDay;

/** What a clock on the wall of `timeZone` shows. */
export interface LocalTime {
  readonly day: PlainDay;
  /** ISO: Monday is 1. */
  readonly weekday: number;
  /** `HH:MM`, 24 hours. */
  readonly time: string;
}

/** @throws RangeError for an unknown zone. */
export function localTimeAt(atMs: number, timeZone: string): LocalTime {
  const local = Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs)).toZonedDateTimeISO(timeZone);
  return {
    day: local.toPlainDate().toString() as PlainDay,
    weekday: local.dayOfWeek,
    time: local.toPlainTime().toString({ smallestUnit: 'minute' }),
  };
}
