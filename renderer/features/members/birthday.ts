import type { PlainDay } from '#shared/lib/brand.ts';
import { isPlainDay } from '#shared/lib/plain-day.ts';

/** Nobody living was born before; an older year is a slip of the keys. */
export const EARLIEST_BIRTH_YEAR = 1900;

export type BirthdayProblem = 'incomplete' | 'no-such-day' | 'too-early' | 'in-future';

/** What is wrong with a date of birth as written; undefined when it is right. */
export function findBirthdayProblem(text: string, today: PlainDay): BirthdayProblem | undefined {
  if (!isPlainDay(text)) return 'no-such-day';
  if (Number(text.slice(0, 4)) < EARLIEST_BIRTH_YEAR) return 'too-early';
  // Both are written year first, so text order is date order.
  return text > today ? 'in-future' : undefined;
}

export interface BirthdayParts {
  readonly year: string;
  /** 1–12 */
  readonly month: string;
  readonly day: string;
}

/** Digits of the three parts, to `YYYY-MM-DD`. `null` when all are empty: no birthday is known. */
export function readBirthday(
  parts: BirthdayParts,
  today: PlainDay,
): { readonly day: PlainDay | null } | { readonly problem: BirthdayProblem } {
  const { year, month, day } = parts;
  if (year === '' && month === '' && day === '') return { day: null };
  if (year === '' || month === '' || day === '') return { problem: 'incomplete' };
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) {
    return { problem: 'no-such-day' };
  }
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const problem = findBirthdayProblem(text, today);
  return problem ? { problem } : { day: text as PlainDay };
}

export function partsOfBirthday(birthday: PlainDay | null): BirthdayParts {
  const [year = '', month = '', day = ''] = birthday?.split('-') ?? [];
  return { year, month: month.replace(/^0/, ''), day: day.replace(/^0/, '') };
}
