import { MAX_AMOUNT } from '../domain/program.ts';

/**
 * What nearly every stored event is, checked by hand: a fold of thousands of events would spend most of its time in the
 * schemas. This says yes only where the schema would (plain-event.test.ts); whatever it does not recognise the schema
 * decides, so a mistake here can cost time and never let anything in.
 */

/** A ten-digit sale at a point per minor unit, doubled, still fits. */
export const MAX_GRANT = 100_000_000_000;
export const MAX_ID_LENGTH = 64;
export const MAX_SALE_LINES = 200;
export const MAX_LINE_COUNT = 1000;

type Fields = Readonly<Record<string, unknown>>;

/** True: surely what the type's schema accepts. False: ask the schema. */
export function isPlainEvent(type: string, data: unknown): boolean {
  if (!isObject(data)) return false;
  switch (type) {
    case 'visit':
      return isPlainVisit(data);
    case 'redemption':
      return isPlainRedemption(data);
    case 'void':
      return isId(data['target']) && isAbsentOr(isString, data['reason']);
    default:
      return false;
  }
}

const isPlainVisit = (data: Fields): boolean =>
  isWhole(data['count'], 1, Number.MAX_SAFE_INTEGER) &&
  isListOf(isGrant, data['grants']) &&
  data['overLimit'] === undefined &&
  isAbsentOr(isSale, data['sale']) &&
  isAbsentOr(isDonations, data['donations']) &&
  isAbsentOr(isId, data['referral']);

const isPlainRedemption = (data: Fields): boolean =>
  isOfVersion(data) &&
  isId(data['reward']) &&
  isWhole(data['cost'], 0, Number.MAX_SAFE_INTEGER) &&
  isAbsentOr(isYear, data['birthdayYear']) &&
  isAbsentOr(isMoney, data['amount']) &&
  isAbsentOr(isString, data['charity']);

const isGrant = (grant: unknown): boolean =>
  isObject(grant) && isOfVersion(grant) && isString(grant['rule']) && isWhole(grant['units'], 0, MAX_GRANT);

const isDonation = (donation: unknown): boolean =>
  isObject(donation) && isOfVersion(donation) && isString(donation['charity']) && isMoney(donation['amount']);

const isDonations = (donations: unknown): boolean => isListOf(isDonation, donations);

const isSale = (sale: unknown): boolean =>
  isObject(sale) &&
  (sale['amount'] === null || isMoney(sale['amount'])) &&
  isStringOrNull(sale['type']) &&
  isListOf(isLine, sale['lines'], MAX_SALE_LINES);

const isLine = (line: unknown): boolean =>
  isObject(line) &&
  isStringOrNull(line['item']) &&
  isStringOrNull(line['category']) &&
  isWhole(line['count'], 1, MAX_LINE_COUNT);

const isOfVersion = (fields: Fields): boolean =>
  isId(fields['program']) && isWhole(fields['version'], 1, Number.MAX_SAFE_INTEGER);

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isString = (value: unknown): boolean => typeof value === 'string';
const isStringOrNull = (value: unknown): boolean => value === null || typeof value === 'string';
const isId = (value: unknown): boolean =>
  typeof value === 'string' && value.length >= 1 && value.length <= MAX_ID_LENGTH;

const isWhole = (value: unknown, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
const isMoney = (value: unknown): boolean => isWhole(value, 0, MAX_AMOUNT);
const isYear = (value: unknown): boolean => Number.isSafeInteger(value);

const isAbsentOr = (check: (value: unknown) => boolean, value: unknown): boolean =>
  value === undefined || check(value);

function isListOf(check: (value: unknown) => boolean, value: unknown, most = Infinity): boolean {
  return Array.isArray(value) && value.length <= most && value.every(check);
}
