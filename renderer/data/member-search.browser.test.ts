import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#tests/fakes/test-store.ts';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { PhoneNumber } from '#shared/lib/brand.ts';
import { nearNumbers } from '#shared/domain/phone-number.ts';

let store: TestStore;
const MEMBERS = [
  ['+33612345678', 'Çağrı Işık', undefined],
  ['+33698765678', 'Anna Maria Smith', undefined],
  ['+33611112222', 'Anna Müller', undefined],
  ['+447911123456', 'Zoë O’Neill', undefined],
  [undefined, 'Karl Ohnephon', '4006381333931'],
] as const;

beforeAll(async () => {
  store = await openTestStore();
  const { ids, clock } = store;
  const commands = createCounterCommands({ ledger: store.ledger, ids, staff: () => UNASSIGNED_STAFF });
  for (const [phone, name, card] of MEMBERS) {
    clock.advance(60_000);
    await commands.enrol({
      id: ids.eventId(),
      member: ids.memberId(),
      name,
      visits: 1,
      ...(phone ? { phone: phone as PhoneNumber } : {}),
      ...(card ? { card } : {}),
    });
  }
});

afterAll(async () => {
  await store.database.delete();
});

const find = async (text: string) => (await store.search.search(text, 8)).rows.map((row) => row.name);

describe('a member is found', () => {
  test.each([
    ['0612345678', ['Çağrı Işık']],
    ['+33 6 12 34 56 78', ['Çağrı Işık']],
    ['06.12.34.56.78', ['Çağrı Işık']],
    ['33612345678', ['Çağrı Işık']],
    ['5678', ['Anna Maria Smith', 'Çağrı Işık']],
    ['65678', ['Anna Maria Smith']],
    ['45678', ['Çağrı Işık']],
    ['061', ['Anna Müller', 'Çağrı Işık']],
    ['+447', ['Zoë O’Neill']],
    ['3456', ['Zoë O’Neill']],
    ['anna', ['Anna Müller', 'Anna Maria Smith']],
    ['ANNA M', ['Anna Müller', 'Anna Maria Smith']],
    ['maria', ['Anna Maria Smith']],
    ['smith anna', ['Anna Maria Smith']],
    ['cagri', ['Çağrı Işık']],
    ['muller', ['Anna Müller']],
    ['zoe o', ['Zoë O’Neill']],
    ['4006381333931', ['Karl Ohnephon']],
    ['', []],
    ['xyz', []],
    ['☕️', []],
    ['\u202e', []],
  ])('%s finds %j', async (text, names) => {
    expect(await find(text)).toEqual(names);
  });

  test('the whole number is exact, and an unknown whole number is returned for enrolment', async () => {
    expect(await store.search.search('0612345678', 8)).toMatchObject({
      isExact: true,
      number: '+33612345678',
    });
    expect(await store.search.search('0612345679', 8)).toMatchObject({ rows: [], number: '+33612345679' });
  });

  test('a ten-megabyte paste finds nothing and does not hang', async () => {
    expect(await find('x'.repeat(10_000_000))).toEqual([]);
    expect(await find('7'.repeat(10_000_000))).toEqual([]);
  });

  test('more matches than shown are told', async () => {
    expect(await store.search.search('anna', 1)).toMatchObject({
      rows: [{ name: 'Anna Müller' }],
      hasMore: true,
    });
  });

  test('holders of near numbers', async () => {
    const near = nearNumbers('+33612345679' as PhoneNumber, '33');
    expect((await store.search.listHolders(near)).map((row) => row.name)).toEqual(['Çağrı Işık']);
  });
});
