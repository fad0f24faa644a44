import { describe, expect, test } from 'vitest';
import type { MemberId, PhoneNumber } from '../lib/brand.ts';
import { findLookalikes, type Lookalike } from './merge-suggestions.ts';

const FRANCE = '33';
const somebody = (
  member: string,
  change: { name?: string; phone?: string; card?: string } = {},
): Lookalike => ({
  member: member as MemberId,
  name: change.name ?? '',
  phones: change.phone === undefined ? [] : [change.phone as PhoneNumber],
  cards: change.card === undefined ? [] : [change.card],
});
const whyOf = (...people: Lookalike[]) => findLookalikes(people, FRANCE).map(({ why }) => why);

describe('who looks like one person', () => {
  test.each([
    ['the same number', { phone: '+33612345678' }, { name: 'anna', phone: '+33612345678' }, ['number']],
    ['the same card', { card: 'ABCD' }, { name: 'anna', card: 'ABCD' }, ['card']],
    [
      'the same name and ending',
      { name: 'anna', phone: '+33612345678' },
      { name: 'anna', phone: '+33798765678' },
      ['name-and-ending'],
    ],
    [
      'the same name, one digit apart',
      { name: 'anna', phone: '+33612345678' },
      { name: 'anna', phone: '+33612345679' },
      ['near-number'],
    ],
    [
      'no name, two digits swapped',
      { phone: '+33612345687' },
      { name: 'anna', phone: '+33612345678' },
      ['near-number'],
    ],
  ])('%s', (_, one, other, why) => {
    expect(whyOf(somebody('a', one), somebody('b', other))).toEqual([why]);
  });

  test.each([
    ['the same name alone', { name: 'anna', phone: '+33612345678' }, { name: 'anna', phone: '+33798761234' }],
    [
      'the same ending alone',
      { name: 'anna', phone: '+33612345678' },
      { name: 'bert', phone: '+33798765678' },
    ],
    [
      'neighbours in a file',
      { name: 'anna', phone: '+33612345678' },
      { name: 'bert', phone: '+33612345679' },
    ],
    ['nobody knows anything', {}, {}],
  ])('not: %s', (_, one, other) => {
    expect(whyOf(somebody('a', one), somebody('b', other))).toEqual([]);
  });

  test('each pair once, the surest first, in any order of the members', () => {
    const people = [
      somebody('a', { name: 'anna', phone: '+33612345678' }),
      somebody('b', { name: 'anna', phone: '+33612345679', card: 'ABCD' }),
      somebody('c', { name: 'carl', phone: '+33612345678' }),
      somebody('d', { card: 'ABCD' }),
    ];
    const found = findLookalikes(people, FRANCE);
    expect(found.map(({ member, other }) => `${member}${other}`)).toEqual(['ac', 'bd', 'ab']);
    expect(findLookalikes(people.toReversed(), FRANCE)).toEqual(found);
  });

  test('whoever is called like everybody is nobody’s double', () => {
    const crowd = Array.from({ length: 60 }, (_, index) =>
      somebody(`m${String(index)}`, { name: 'anna', phone: `+336000${String(10 + index)}678` }),
    );
    expect(findLookalikes(crowd, FRANCE).some(({ why }) => why.includes('name-and-ending'))).toBe(false);
  });
});
