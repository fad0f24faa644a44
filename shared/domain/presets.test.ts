import { describe, expect, test } from 'vitest';
import type { ProgramId } from '../lib/brand.ts';
import { makePreset, PRESET_KEYS, PRESET_NAMES, type PresetKey, type PresetRequest } from './presets.ts';
import { findProgramProblems } from './program-problems.ts';
import { programSchema } from './program.ts';

const preset = (key: PresetKey, currency: string) => {
  const names = Object.fromEntries(PRESET_NAMES[key].map((name) => [name, `The ${name}`]));
  return makePreset({ key, id: 'p' as ProgramId, names, currency } as PresetRequest);
};

describe('a preset', () => {
  test.each(PRESET_KEYS)('%s may be published in every currency there is', (key) => {
    for (const currency of Intl.supportedValuesOf('currency')) {
      const program = preset(key, currency);
      expect(findProgramProblems(program)).toEqual([]);
      expect(programSchema.parse(program)).toEqual(program);
    }
  });

  test('a point is for one euro, one dinar of three digits, fifty lira, and a hundred yen', () => {
    const per = (currency: string) => preset('tiers', currency).earn[0];
    expect(per('EUR')).toMatchObject({ per: 100 });
    expect(per('KWD')).toMatchObject({ per: 1000 });
    expect(per('TRY')).toMatchObject({ per: 5000 });
    expect(per('JPY')).toMatchObject({ per: 100 });
    expect(per('KRW')).toMatchObject({ per: 1000 });
  });

  test('the coffee card gives two stamps for joining', () => {
    expect(preset('coffee', 'EUR')).toMatchObject({ headStart: 2, unit: { size: 10 } });
  });

  test('what is no currency is refused', () => {
    expect(() => preset('pass', 'euro')).toThrow(RangeError);
  });
});
