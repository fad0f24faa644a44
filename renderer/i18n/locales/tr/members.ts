import type { membersTexts as english } from '../en/members.ts';
import type { TranslationOf } from '../../translation.ts';

export const membersTexts: TranslationOf<typeof english> = {
  title: '',
};
