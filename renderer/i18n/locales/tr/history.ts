import type { historyTexts as english } from '../en/history.ts';
import type { TranslationOf } from '../../translation.ts';

export const historyTexts: TranslationOf<typeof english> = {
  title: '',
};
