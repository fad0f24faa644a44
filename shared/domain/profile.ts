import type { MemberId, PhoneNumber, PlainDay } from '../lib/brand.ts';
import type { Hlc } from '../lib/hlc.ts';

/**
 * What is known about the person, kept apart from the ledger so that it can be corrected and erased. One document per
 * member; of two versions the one with the later `hlc` wins as a whole.
 */
export interface Profile {
  readonly member: MemberId;
  readonly hlc: Hlc;
  readonly name: string;
  readonly phone: PhoneNumber | null;
  readonly card: string | null;
  readonly birthday: PlainDay | null;
  readonly note: string;
}

export const PROFILE_FIELDS = ['name', 'phone', 'card', 'birthday', 'note'] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];
export type ProfileContent = Pick<Profile, ProfileField>;

export const EMPTY_PROFILE: ProfileContent = {
  name: '',
  phone: null,
  card: null,
  birthday: null,
  note: '',
};

/** A note longer than this belongs in a document of the shop's own. */
export const MAX_NOTE_LENGTH = 2000;

export function changedFields(before: ProfileContent, after: ProfileContent): ProfileField[] {
  return PROFILE_FIELDS.filter((field) => before[field] !== after[field]);
}
