import type { PlainDay } from '../../lib/brand.ts';
import { isPlainDay } from '../../lib/plain-day.ts';
import { westernDigits } from './read-balance.ts';

/** Countries that write the month first. Everybody else who does not start with the year starts with the day. */
const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'MH', 'PW', 'GU', 'AS', 'MP', 'PR', 'VI']);
const MAX_AGE_YEARS = 120;
/** Spreadsheets count days from here. */
const SPREADSHEET_EPOCH_MS = Date.UTC(1899, 11, 30);
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A date of birth in the orders people use: year first, or day and month in the country's order; `.` `/` `-` and
 * spaces between; a year of two digits lies in the past. Undefined when it is none, or not a date of a living person.
 */
export function readBirthday(text: string, country: string, today: PlainDay): PlainDay | undefined {
  const plain = westernDigits(text.trim()).replace(/[T ]\d{1,2}:\d{2}.*$/, '');
  const serial = /^\d{5}$/.test(plain) ? spreadsheetDay(Number(plain)) : undefined;
  const day = serial ?? writtenDay(plain, country, today);
  if (day === undefined || !isPlainDay(day)) return undefined;
  const oldest = `${Number(today.slice(0, 4)) - MAX_AGE_YEARS}${today.slice(4)}`;
  return day <= today && day >= oldest ? day : undefined;
}

function spreadsheetDay(days: number): string {
  return new Date(SPREADSHEET_EPOCH_MS + days * DAY_MS).toISOString().slice(0, 10);
}

function writtenDay(text: string, country: string, today: PlainDay): string | undefined {
  const parts = /^(\d{1,4})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{1,4})\.?$/.exec(text);
  const packed = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const [, a = '', b = '', c = ''] = parts ?? packed ?? [];
  if (a.length === 4) return c.length <= 2 ? dayOf(a, b, c) : undefined;
  if (a === '' || a.length > 2 || (c.length !== 4 && c.length !== 2)) return undefined;
  const year = c.length === 4 ? c : fullYear(c, today);
  const isMonthFirst = Number(b) > 12 || (MONTH_FIRST.has(country) && Number(a) <= 12);
  return isMonthFirst ? dayOf(year, a, b) : dayOf(year, b, a);
}

function fullYear(twoDigits: string, today: PlainDay): string {
  const century = Number(today.slice(0, 2));
  return `${twoDigits > today.slice(2, 4) ? century - 1 : century}${twoDigits}`;
}

const dayOf = (year: string, month: string, day: string): string =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
