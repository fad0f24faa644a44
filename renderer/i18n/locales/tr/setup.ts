import type { setupTexts as english } from '../en/setup.ts';
import type { TranslationOf } from '../../translation.ts';

export const setupTexts: TranslationOf<typeof english> = {
  title: '',
};
