import { isCurrencyCode, minorDigitsOf, toDecimal } from '#shared/lib/money.ts';
import { dateLocaleFor } from './date-locale.ts';
import { PSEUDO_LANGUAGE } from './i18n.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Numbers, dates and times in the words of the language on screen. */
export interface Format {
  number(value: number): string;
  /** `5 March 2026` */
  date(atMs: number): string;
  /** `5 March 2026 at 14:30` */
  dateTime(atMs: number): string;
  time(atMs: number): string;
  /** `today`, `yesterday`, `3 weeks ago`: whole days of this machine’s calendar. */
  ago(atMs: number, nowMs: number): string;
  /** A calendar date `YYYY-MM-DD`. */
  day(day: string): string;
  /** In which order the parts of a date are written, and asked for. */
  readonly dateOrder: readonly DatePart[];
  /** Whole days from a moment on: `today`, `tomorrow`, `in 12 days`. */
  inDays(days: number): string;
  /** `14:00`, from `HH:MM`: twenty-four hours, as the shop typed it. */
  timeOfDay(time: string): string;
  /** `€12.50`, from whole minor units; the digits are the currency's own. */
  money(amount: number, currency: string | undefined): string;
  /** `€12`, and `€12.50` where there are cents. */
  shortMoney(amount: number, currency: string | undefined): string;
  /** `12.5%`, from 12.5. */
  percent(value: number): string;
  /** `a, b and c` */
  list(texts: readonly string[]): string;
  bytes(bytes: number): string;
}

export type DatePart = 'day' | 'month' | 'year';

const GIGABYTE = 1_000_000_000;

/** @param country ISO 3166 of the shop: the months of a date are always named, their place is the country's. */
export function createFormat(language: string, country?: string): Format {
  const locale = language === PSEUDO_LANGUAGE ? 'en' : language;
  const dateLocale = dateLocaleFor(language, country);
  const date = new Intl.DateTimeFormat(dateLocale, { dateStyle: 'long' });
  const dateTime = new Intl.DateTimeFormat(dateLocale, { dateStyle: 'long', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat(dateLocale, { timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(dateLocale, { dateStyle: 'long', timeZone: 'UTC' });
  // English from right to left: a date that begins with its day would be torn apart.
  const whole = (text: string) => (language === PSEUDO_LANGUAGE ? `\u2066${text}\u2069` : text);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  const list = new Intl.ListFormat(locale);
  const twoDigits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
  const size = (unit: 'megabyte' | 'gigabyte') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 });
  const megabytes = size('megabyte');
  const gigabytes = size('gigabyte');
  return {
    number: (value) => number.format(value),
    date: (atMs) => whole(date.format(atMs)),
    dateTime: (atMs) => whole(dateTime.format(atMs)),
    time: (atMs) => time.format(atMs),
    ago: (atMs, nowMs) => agoText(relative, calendarDays(atMs, nowMs)),
    day: (text) => whole(day.format(Date.parse(`${text}T00:00:00Z`))),
    dateOrder: day
      .formatToParts(0)
      .flatMap(({ type }) => (type === 'year' || type === 'month' || type === 'day' ? [type] : [])),
    inDays: (days) => relative.format(days, 'day'),
    timeOfDay: (text) =>
      text
        .split(':')
        .map((part) => twoDigits.format(Number(part)))
        .join(':'),
    money: createMoneyFormat(locale, 'auto'),
    shortMoney: createMoneyFormat(locale, 'stripIfInteger'),
    percent: (value) => percent.format(value / 100),
    list: (texts) => list.format(texts),
    bytes: (bytes) =>
      bytes < GIGABYTE ? megabytes.format(bytes / 1_000_000) : gigabytes.format(bytes / GIGABYTE),
  };
}

/** A formatter per currency. Text that is no currency code stands beside its number as it is. */
function createMoneyFormat(
  locale: string,
  trailingZeroDisplay: 'auto' | 'stripIfInteger',
): (amount: number, currency: string | undefined) => string {
  const formats = new Map<string, (amount: number) => string>();
  const make = (currency: string): ((amount: number) => string) => {
    if (!isCurrencyCode(currency)) {
      const plain = new Intl.NumberFormat(locale);
      return (amount) => `${plain.format(amount)} ${currency}`.trim();
    }
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency, trailingZeroDisplay });
    const digits = minorDigitsOf(currency);
    return (amount) => format.format(toDecimal(amount, digits));
  };
  return (amount, currency = '') => {
    const known = formats.get(currency) ?? make(currency);
    formats.set(currency, known);
    return known(amount);
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
