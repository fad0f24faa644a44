import { PSEUDO_LANGUAGE } from './i18n.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Numbers, dates and times in the words of the language on screen. */
export interface Format {
  number(value: number): string;
  /** `5 March 2026` */
  date(atMs: number): string;
  /** `5 March 2026, 14:30` */
  dateTime(atMs: number): string;
  time(atMs: number): string;
  /** `today`, `yesterday`, `3 weeks ago`: whole days of this machine’s calendar. */
  ago(atMs: number, nowMs: number): string;
  /** A calendar date `YYYY-MM-DD`. */
  day(day: string): string;
  bytes(bytes: number): string;
}

export function createFormat(language: string): Format {
  const locale = language === PSEUDO_LANGUAGE ? 'en' : language;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = new Intl.NumberFormat(locale);
  const megabytes = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  });
  return {
    number: (value) => number.format(value),
    date: (atMs) => date.format(atMs),
    dateTime: (atMs) => dateTime.format(atMs),
    time: (atMs) => time.format(atMs),
    ago: (atMs, nowMs) => agoText(relative, calendarDays(atMs, nowMs)),
    day: (text) => day.format(Date.parse(`${text}T00:00:00Z`)),
    bytes: (bytes) => megabytes.format(bytes / 1_000_000),
  };
}

/** Midnights between the two moments; negative when `atMs` lies ahead. */
function calendarDays(atMs: number, nowMs: number): number {
  const startOf = (moment: number) => new Date(moment).setHours(0, 0, 0, 0);
  return Math.round((startOf(nowMs) - startOf(atMs)) / DAY_MS);
}

function agoText(relative: Intl.RelativeTimeFormat, days: number): string {
  const size = Math.abs(days);
  if (size < 14) return relative.format(-days, 'day');
  if (size < 60) return relative.format(-Math.round(days / 7), 'week');
  return size < 730
    ? relative.format(-Math.round(days / 30), 'month')
    : relative.format(-Math.round(days / 365), 'year');
}
