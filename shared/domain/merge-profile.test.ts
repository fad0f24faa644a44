import { expect, test } from 'vitest';
import type { PhoneNumber } from '../lib/brand.ts';
import { emptiedFields, joinProfiles } from './merge-profile.ts';
import { EMPTY_PROFILE } from './profile.ts';

const PHONE = '+33612345678' as PhoneNumber;

test('of each field the first document that says something', () => {
  const first = { ...EMPTY_PROFILE, name: 'Anna' };
  const second = { ...EMPTY_PROFILE, name: 'Anna B', phone: PHONE };
  expect(joinProfiles([undefined, first, second])).toEqual({ ...EMPTY_PROFILE, name: 'Anna', phone: PHONE });
  expect(joinProfiles([])).toEqual(EMPTY_PROFILE);
});

test('what an edit empties', () => {
  const before = { ...EMPTY_PROFILE, name: 'Anna', phone: PHONE };
  expect(emptiedFields(before, { ...before, name: '', phone: null, note: 'x' })).toEqual(['name', 'phone']);
  expect(emptiedFields(before, { ...before, name: 'Bert' })).toEqual([]);
});
