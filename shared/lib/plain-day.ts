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

/** Digits at fixed places, without making a text for each. */
const digits = (day: string, from: number, to: number): number => {
  let value = 0;
  for (let place = from; place < to; place += 1) value = value * 10 + day.charCodeAt(place) - ZERO;
  return value;
};
const ZERO = '0'.charCodeAt(0);

function isNumberAt(text: string, from: number, to: number): boolean {
  for (let place = from; place < to; place += 1) {
    const value = text.charCodeAt(place) - ZERO;
    if (value < 0 || value > 9) return false;
  }
  return true;
}

const year = (day: string): number => digits(day, 0, 4);
const month = (day: string): number => digits(day, 5, 7);
const date = (day: string): number => digits(day, 8, 10);

/** A leap day ends a year that begins in March: then the months before it always lie alike. */
const DAYS_IN_ERA = 146_097;
const YEARS_IN_ERA = 400;
/** From 0000-03-01 to 1970-01-01. */
const EPOCH = 719_468;

/** Days since 1970-01-01; a month before 1 or after 12 belongs to another year. */
function numberAt(fullYear: number, monthOfYear: number, dayOfMonth: number): number {
  const months = fullYear * 12 + monthOfYear - 3;
  const marchYear = Math.floor(months / 12);
  const era = Math.floor(marchYear / YEARS_IN_ERA);
  const yearOfEra = marchYear - era * YEARS_IN_ERA;
  const dayOfYear = Math.floor((153 * (months - marchYear * 12) + 2) / 5) + dayOfMonth - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * DAYS_IN_ERA + yearOfEra * 365 + leapDays + dayOfYear - EPOCH;
}

/** Days since 1970-01-01. */
const numberOf = (day: string): number => numberAt(year(day), month(day), date(day));

function dayOfNumber(days: number): PlainDay {
  const since = days + EPOCH;
  const era = Math.floor(since / DAYS_IN_ERA);
  const dayOfEra = since - era * DAYS_IN_ERA;
  const leapDays =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / (DAYS_IN_ERA - 1));
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const monthOfYear = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const fullYear = era * YEARS_IN_ERA + yearOfEra + (monthOfYear <= 2 ? 1 : 0);
  return textOf(fullYear, monthOfYear, dayOfMonth);
}

/** A day beyond the calendar's ends, which only a wrong clock or a pass "for ever" leads to, is the last or first one of it. */
function textOf(fullYear: number, monthOfYear: number, dayOfMonth: number): PlainDay {
  if (fullYear > 9999) return LAST_DAY;
  if (fullYear < 0) return FIRST_DAY;
  return `${fullYear < 1000 ? String(fullYear).padStart(4, '0') : fullYear}${DASHED[monthOfYear]}${DASHED[dayOfMonth]}` as PlainDay;
}

const FIRST_DAY = '0000-01-01' as PlainDay;
const LAST_DAY = '9999-12-31' as PlainDay;

/** Months and days of a month, as the end of a date; made once, for a fold makes thousands of dates. */
const DASHED = Array.from({ length: 32 }, (_, value) => `-${String(value).padStart(2, '0')}`);

/** True for a real calendar date `YYYY-MM-DD`; 2023-02-29 is not one. */
export function isPlainDay(text: string): text is PlainDay {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false;
  if (!isNumberAt(text, 0, 4) || !isNumberAt(text, 5, 7) || !isNumberAt(text, 8, 10)) return false;
  const [monthOfYear, dayOfMonth] = [month(text), date(text)];
  if (monthOfYear < 1 || monthOfYear > 12 || dayOfMonth < 1) return false;
  return dayOfMonth <= 28 || dayOfMonth <= lengthOf(year(text), monthOfYear);
}

/** The same day of the month `months` later; the last one where that month is shorter. */
export function addMonths(day: PlainDay, months: number): PlainDay {
  const since = year(day) * 12 + month(day) - 1 + months;
  const fullYear = Math.floor(since / 12);
  const monthOfYear = since - fullYear * 12 + 1;
  // Every month has 28 days: its length is asked for at the end of one only.
  const isSafe = date(day) <= 28;
  return textOf(
    fullYear,
    monthOfYear,
    isSafe ? date(day) : Math.min(date(day), lengthOf(fullYear, monthOfYear)),
  );
}

const lengthOf = (fullYear: number, monthOfYear: number): number =>
  numberAt(fullYear, monthOfYear + 1, 1) - numberAt(fullYear, monthOfYear, 1);

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

export const endOfYear = (fullYear: number): PlainDay => textOf(fullYear, 12, 31);

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

/** False for a zone that this computer has not heard of: a newer till's, or none at all. */
export function isTimeZone(timeZone: string): boolean {
  try {
    localTimeAt(0, timeZone);
    return true;
  } catch {
    return false;
  }
}
