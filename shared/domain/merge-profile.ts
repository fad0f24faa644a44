import { EMPTY_PROFILE, PROFILE_FIELDS, type ProfileContent } from './profile.ts';

/**
 * What is known of a person who stands here under several ids: of each field the first document that says something.
 * @param profiles in the order of the group, the canonical member's first.
 */
export function joinProfiles(profiles: readonly (ProfileContent | undefined)[]): ProfileContent {
  const joined: Record<string, string | null> = { ...EMPTY_PROFILE };
  for (const profile of profiles) {
    for (const field of PROFILE_FIELDS) joined[field] ||= profile?.[field] ?? EMPTY_PROFILE[field];
  }
  return joined as unknown as ProfileContent;
}

/** The fields that `change` empties: left in another document of the group, they would come back. */
export const emptiedFields = (before: ProfileContent, change: ProfileContent) =>
  PROFILE_FIELDS.filter((field) => (before[field] ?? '') !== '' && (change[field] ?? '') === '');
