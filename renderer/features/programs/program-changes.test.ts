import { expect, test } from 'vitest';
import { listChanges } from './program-changes.ts';

const at = (id: string, text: string) => ({ place: { part: 'earn', id } as const, text });

test('only what says something else is told: changed, new, gone', () => {
  const before = [at('visit', 'One stamp.'), at('item', 'A coffee.'), at('old', 'A cake.')];
  const after = [at('visit', 'Two stamps.'), at('new', 'A bun.'), at('item', 'A coffee.')];
  expect(listChanges(before, after)).toEqual([
    { key: 'earn:visit', before: 'One stamp.', after: 'Two stamps.' },
    { key: 'earn:new', after: 'A bun.' },
    { key: 'earn:old', before: 'A cake.' },
  ]);
});
