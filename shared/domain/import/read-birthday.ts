import type { PlainDay } from '../../lib/brand.ts';
import { readDay } from './read-day.ts';

const MAX_AGE_YEARS = 120;

/** A date of birth; a year of two digits lies in the past. Undefined when it is not a date of a living person. */
export function readBirthday(text: string, country: string, today: PlainDay): PlainDay | undefined {
  const day = readDay(text, country, (twoDigits) => pastYear(twoDigits, today));
  const oldest = `${Number(today.slice(0, 4)) - MAX_AGE_YEARS}${today.slice(4)}`;
  return day !== undefined && day <= today && day >= oldest ? day : undefined;
}

function pastYear(twoDigits: string, today: PlainDay): string {
  const century = Number(today.slice(0, 2));
  return `${twoDigits > today.slice(2, 4) ? century - 1 : century}${twoDigits}`;
}
