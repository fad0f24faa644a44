import { expect, test } from 'vitest';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { createFormat } from './format.ts';
import { createI18n } from './i18n.ts';
import { createProgramWords } from './program-words.ts';

const COFFEE: ProgramDefinition = {
  id: 'coffee',
  version: 1,
  name: 'Coffee card',
  unit: { kind: 'stamps', size: 10, icon: 'cup' },
  earn: [{ kind: 'visit', id: 'visit', units: 1 }],
  headStart: 2,
  rewards: [{ kind: 'free-item', id: 'final', at: 10, name: 'a free coffee' }],
  limits: { perVisit: 5, perDay: null, minutesBetween: 30 },
  expiry: { kind: 'after-months', months: 12 },
};

test('a program is told in plain sentences', async () => {
  const i18n = await createI18n('en');
  const words = createProgramWords(i18n.getFixedT('en', 'rules'), createFormat('en'), 'en');
  expect(words.sentences(COFFEE).map(({ text }) => text)).toEqual([
    'A card has 10 places.',
    'Every visit earns 1 stamp.',
    'A new member starts with 2 stamps.',
    '10 stamps give: a free coffee. Then a new card begins.',
    'Stamps last 12 months.',
    'At most 5 stamps per visit.',
    'At least 30 minutes between two visits.',
  ]);
});
