import { describe, expect, test } from 'vitest';
import { PRESET_KEYS } from '#shared/domain/presets.ts';
import { findProgramProblems } from '#shared/domain/program-problems.ts';
import type { ProgramId } from '#shared/lib/brand.ts';
import { createI18n } from '#renderer/i18n/i18n.ts';
import { makeNamedPreset } from '#renderer/i18n/preset-names.ts';
import { cleanNames, hasAllNames, listNamedRewards, withOwnNames } from './preset-draft.ts';

const i18n = await createI18n('en');
const preset = (key: (typeof PRESET_KEYS)[number]) =>
  makeNamedPreset(i18n.getFixedT('en', 'rules'), { key, id: 'p' as ProgramId, currency: 'EUR' });

describe('the program of the first run', () => {
  test.each(PRESET_KEYS)('%s can be published untouched, and under the owner’s own names', (key) => {
    const [first] = listNamedRewards(preset(key));
    const own = withOwnNames(preset(key), {
      program: '  Ada’s ',
      rewards: first ? { [first.id]: ' A  muffin ' } : {},
    });
    expect(hasAllNames(own)).toBe(true);
    expect(findProgramProblems(cleanNames(own))).toEqual([]);
    expect(cleanNames(own).name).toBe('Ada’s');
    if (first) expect(cleanNames(own).rewards.find(({ id }) => id === first.id)?.name).toBe('A muffin');
  });

  test('asks for the full card first, then for what lies on the way', () => {
    expect(listNamedRewards(preset('bakery')).map(({ id }) => id)).toEqual(['final', 'milestone']);
  });

  test('does not ask for what levels and passes give', () => {
    expect(listNamedRewards(preset('tiers'))).toEqual([]);
    expect(listNamedRewards(preset('pass'))).toEqual([]);
  });

  test('is not complete with an emptied name', () => {
    expect(hasAllNames(withOwnNames(preset('coffee'), { program: '  ' }))).toBe(false);
    expect(hasAllNames(withOwnNames(preset('coffee'), { rewards: { final: '' } }))).toBe(false);
  });
});
