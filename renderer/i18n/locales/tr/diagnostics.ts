import type { diagnosticsTexts as english } from '../en/diagnostics.ts';
import type { TranslationOf } from '../../translation.ts';

export const diagnosticsTexts: TranslationOf<typeof english> = {
  title: '',
};
