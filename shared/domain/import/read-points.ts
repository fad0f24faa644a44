import { err, ok, type Result } from '../../lib/result.ts';
import { isNothing } from './plain-cell.ts';
import { westernDigits, type BalanceProblem } from './read-balance.ts';

/** Ten digits. */
export const MAX_OPENING_POINTS = 9_999_999_999;

/** What stands before the decimals in the shop's country. */
export type DecimalMark = '.' | ',';

export function decimalMarkOf(country: string): DecimalMark {
  const { language } = new Intl.Locale('und', { region: country }).maximize();
  const parts = new Intl.NumberFormat(`${language}-${country}-u-nu-latn`).formatToParts(1.5);
  return parts.find(({ type }) => type === 'decimal')?.value === ',' ? ',' : '.';
}

/** `pts`, as lists that are made to be read have it. */
const UNIT_WORD = /\s*(?:pts?|points?|puan|pkt|punkte?|puntos?|punti|punten|pontos)\.?$/i;
/** A telephone number, whoever's column this is. */
const LONG_WITH_ZERO = /^0\d{6,}$/;

/**
 * Points as people write them: `1250`, `1 250`, `1'250`, `1.250.000`, `120,00`, `120 pts`. `1,250` is a problem where the
 * comma marks decimals: it may be a thousand or one and a quarter.
 */
export function readPoints(text: string, decimalMark: DecimalMark): Result<number, BalanceProblem> {
  const plain = westernDigits(text.trim()).replaceAll('٬', "'").replaceAll('٫', decimalMark);
  if (isNothing(plain)) return ok(0);
  const match = /^([+\-−]?)\s*(\d[\d\s.,'’]*)$/.exec(plain.replace(UNIT_WORD, ''));
  if (!match) return err('not-a-number');
  const [, sign, body = ''] = match;
  const digits = readDigits(body.trim(), decimalMark);
  if (!digits.ok) return digits;
  if (LONG_WITH_ZERO.test(digits.value)) return err('not-a-number');
  const units = digits.value.length > 15 ? Infinity : Number(digits.value);
  if ((sign === '-' || sign === '−') && units > 0) return err('negative');
  return units > MAX_OPENING_POINTS ? err('too-many') : ok(units);
}

/** The whole number's digits. */
function readDigits(text: string, decimalMark: DecimalMark): Result<string, BalanceProblem> {
  const marks = text.match(/[^\d]+/g) ?? [];
  const groups = text.split(/[^\d]+/);
  const last = marks.at(-1);
  if (last === undefined) return ok(text);
  const isPoint = last === '.' || last === ',';
  const isGrouped = marks.every((mark) => mark === last) && areThousands(groups);
  if (isGrouped && isPoint && marks.length === 1 && last === decimalMark) return err('ambiguous');
  if (isGrouped) return ok(groups.join(''));
  const whole = groups.slice(0, -1);
  const thousands = marks.slice(0, -1);
  const isWhole = thousands.every((mark) => mark === thousands[0] && mark !== last) && areThousands(whole);
  if (!isPoint || !isWhole) return err('not-a-number');
  return /[1-9]/.test(groups.at(-1) ?? '') ? err('fraction') : ok(whole.join(''));
}

/** `1 234 567`: three digits in every group but the first. A single group is any number. */
function areThousands([first = '', ...others]: readonly string[]): boolean {
  if (others.length === 0) return first !== '';
  return /^[1-9]\d{0,2}$/.test(first) && others.every((group) => group.length === 3);
}
