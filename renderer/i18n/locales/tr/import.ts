import type { importTexts as english } from '../en/import.ts';
import type { TranslationOf } from '../../translation.ts';

export const importTexts: TranslationOf<typeof english> = {
  title: '',
};
