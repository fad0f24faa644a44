import type { counterTexts as english } from '../en/counter.ts';
import type { TranslationOf } from '../../translation.ts';

export const counterTexts: TranslationOf<typeof english> = {
  title: '',
};
