import type { settingsTexts as english } from '../en/settings.ts';
import type { TranslationOf } from '../../translation.ts';

export const settingsTexts: TranslationOf<typeof english> = {
  title: '',
};
