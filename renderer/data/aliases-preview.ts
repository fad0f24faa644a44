import { foldMember } from '#shared/domain/fold.ts';
import { findGroups, listActiveMerges, type MergeLink } from '#shared/domain/merge.ts';
import { joinProfiles } from '#shared/domain/merge-profile.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { ProfileContent } from '#shared/domain/profile.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { readCircle, readProfiles, type Circle } from './aliases.ts';
import type { Database } from './database.ts';
import { nativeOf } from './native.ts';

/** What a merge or its end would make of the cards, before anybody says yes. Writes nothing. */

export interface PreviewedPerson {
  readonly state: MemberState;
  readonly profile: ProfileContent;
}

export interface PeoplePreview {
  /** Each person once: of the pair, whoever `member` is first. */
  readonly before: readonly PreviewedPerson[];
  readonly after: readonly PreviewedPerson[];
}

export interface Pair {
  readonly member: MemberId;
  readonly other: MemberId;
}

export const previewMerge = (database: Database, pair: Pair, programs: ProgramBook): Promise<PeoplePreview> =>
  preview(database, pair, programs, (links) => [...links, { ...pair, by: 'manager' }]);

export const previewUnmerge = (
  database: Database,
  pair: Pair,
  programs: ProgramBook,
): Promise<PeoplePreview> =>
  preview(database, pair, programs, (links) => links.filter((link) => !isOfPair(link, pair)));

export const isOfPair = (link: Pair, { member, other }: Pair): boolean =>
  (link.member === member && link.other === other) || (link.member === other && link.other === member);

async function preview(
  database: Database,
  pair: Pair,
  programs: ProgramBook,
  change: (links: readonly MergeLink[]) => readonly MergeLink[],
): Promise<PeoplePreview> {
  const stores = ['events', 'places', 'aliases', 'profiles', 'meta'];
  const transaction = nativeOf(database).transaction(stores, 'readonly');
  const circle = await readCircle(transaction, [pair.member, pair.other]);
  const documents = await readProfiles(transaction, circle.members);
  const profiles = new Map(circle.members.map((member, index) => [member, documents[index]]));
  const links = listActiveMerges(circle.events);
  const people = (holding: readonly MergeLink[]) => peopleOf(circle, holding, pair, { profiles, programs });
  return { before: people(links), after: people(change(links)) };
}

function peopleOf(
  { events }: Circle,
  links: readonly MergeLink[],
  { member, other }: Pair,
  {
    profiles,
    programs,
  }: {
    readonly profiles: ReadonlyMap<MemberId, ProfileContent | undefined>;
    readonly programs: ProgramBook;
  },
): PreviewedPerson[] {
  const groups = findGroups(events, links);
  const groupOf = (one: MemberId) => groups.find(({ members }) => members.includes(one));
  const people = new Map<MemberId, PreviewedPerson>();
  for (const one of [member, other]) {
    const group = groupOf(one);
    const members = group?.members ?? [one];
    const canonical = group?.canonical ?? one;
    const own = events.filter((event) => event.member !== undefined && members.includes(event.member));
    people.set(canonical, {
      state: foldMember(canonical, own, programs, undefined, group),
      profile: joinProfiles(members.map((id) => profiles.get(id))),
    });
  }
  return [...people.values()];
}
