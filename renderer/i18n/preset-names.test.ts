import { describe, expect, test } from 'vitest';
import { PRESET_KEYS } from '#shared/domain/presets.ts';
import { findProgramProblems } from '#shared/domain/program-problems.ts';
import type { ProgramId } from '#shared/lib/brand.ts';
import { createI18n, LANGUAGES } from './i18n.ts';
import { makeNamedPreset, presetSummary, presetTitle } from './preset-names.ts';

describe.each(LANGUAGES)('presets in %s', (language) => {
  test.each(PRESET_KEYS)('%s has all of its names', async (key) => {
    const i18n = await createI18n(language);
    const t = i18n.getFixedT(language, 'rules');
    const program = makeNamedPreset(t, { key, id: 'p' as ProgramId, currency: 'EUR' });
    expect(findProgramProblems(program)).toEqual([]);
    expect(presetTitle(t, key)).not.toContain('preset');
    expect(presetSummary(t, key)).not.toContain('preset');
  });
});
