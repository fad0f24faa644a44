import type { ProgramDefinition } from '#shared/domain/program.ts';
import { rateText } from './promotion-sentence.ts';
import { tierAmount } from './standing-words.ts';
import type { ProgramSentence, WordKit } from './word-kit.ts';

/** Each level, and then what all of them have in common. */
export function tierSentences(kit: WordKit, definition: ProgramDefinition): ProgramSentence[] {
  const { t } = kit;
  const levels = definition.tiers?.levels;
  if (!levels) return [];
  return [
    ...levels.map(({ id, name, from, percent, note }): ProgramSentence => {
      const words = { level: kit.quote(name), threshold: tierAmount(kit, from, definition) };
      const text =
        percent === 100
          ? t('sentence.tier', words)
          : t('sentence.tierRate', { ...words, rate: rateText(kit, 'tierRate', percent) });
      const told = note.trim() === '' ? '' : ` ${t('sentence.tierNote', { note: kit.quote(note) })}`;
      return { place: { part: 'tiers', id }, text: text + told };
    }),
    { place: { part: 'tiers' }, text: t('sentence.tierKept') },
  ];
}
