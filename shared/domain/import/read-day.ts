import type { PlainDay } from '../../lib/brand.ts';
import { isPlainDay } from '../../lib/plain-day.ts';
import { westernDigits } from './read-balance.ts';

/** Countries that write the month first. Everybody else who does not start with the year starts with the day. */
const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'MH', 'PW', 'GU', 'AS', 'MP', 'PR', 'VI']);
/** Spreadsheets count days from here. */
const SPREADSHEET_EPOCH_MS = Date.UTC(1899, 11, 30);
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A date in the orders people use: year first, or day and month in the country's order; `.` `/` `-` and spaces between; a
 * time behind it is left out. Undefined when it is none.
 *
 * @param fullYear what a year of two digits means.
 */
export function readDay(
  text: string,
  country: string,
  fullYear: (twoDigits: string) => string,
): PlainDay | undefined {
  const plain = westernDigits(text.trim()).replace(/[T ]\d{1,2}:\d{2}.*$/, '');
  const serial = /^\d{5}$/.test(plain) ? spreadsheetDay(Number(plain)) : undefined;
  const day = serial ?? writtenDay(plain, country, fullYear);
  return day !== undefined && isPlainDay(day) ? day : undefined;
}

function spreadsheetDay(days: number): string {
  return new Date(SPREADSHEET_EPOCH_MS + days * DAY_MS).toISOString().slice(0, 10);
}

function writtenDay(
  text: string,
  country: string,
  fullYear: (twoDigits: string) => string,
): string | undefined {
  const parts = /^(\d{1,4})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{1,4})\.?$/.exec(text);
  const packed = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const [, a = '', b = '', c = ''] = parts ?? packed ?? [];
  if (a.length === 4) return c.length <= 2 ? dayOf(a, b, c) : undefined;
  if (a === '' || a.length > 2 || (c.length !== 4 && c.length !== 2)) return undefined;
  const year = c.length === 4 ? c : fullYear(c);
  const isMonthFirst = Number(b) > 12 || (MONTH_FIRST.has(country) && Number(a) <= 12);
  return isMonthFirst ? dayOf(year, a, b) : dayOf(year, b, a);
}

const dayOf = (year: string, month: string, day: string): string =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
