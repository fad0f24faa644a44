import { formatCardCode } from '#shared/domain/card-code.ts';
import type { HistoryEntry } from '#shared/domain/history.ts';
import { balanceOf, type MemberState } from '#shared/domain/member-state.ts';
import type { ProfileContent } from '#shared/domain/profile.ts';
import { findProgram, listCurrentPrograms, type ProgramBook } from '#shared/domain/program.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId, PlainDay, TillId } from '#shared/lib/brand.ts';
import type { Words } from './use-words.ts';

/** Everything the shop keeps about one member, for that member: nothing left out, nothing about anybody else. */
export interface CopySource {
  readonly member: MemberId;
  readonly shopName: string;
  readonly profile: ProfileContent;
  readonly state: MemberState;
  readonly programs: ProgramBook;
  /** In ledger order. */
  readonly events: readonly LedgerEvent[];
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** Milliseconds since 1970 UTC. */
  readonly madeAt: number;
  readonly till: TillId;
}

const isoOf = (atMs: number | null) => (atMs === null ? null : new Date(atMs).toISOString());

/** A JSON document that a person can read too. Its keys are the product's own words and the same in every language. */
export function copyAsJson(source: CopySource, words: Words): string {
  const { member, shopName, profile, state, programs, events, entries, madeAt } = source;
  const facts = new Map<string, string>(entries.map((entry) => [entry.id, lineOf(entry, source, words)]));
  const document = {
    format: 'tenpunch-member-copy',
    version: 1,
    madeAt: isoOf(madeAt),
    shop: shopName,
    member: {
      id: member,
      ...profile,
      joinedAt: isoOf(state.joinedAt),
      lastVisitAt: isoOf(state.lastVisitAt),
      visits: state.visits,
    },
    cards: state.programs.map((program) => ({
      ...program,
      name: programs.get(program.program)?.at(-1)?.name ?? null,
      balance: balanceOf(program),
      cards: program.cards.map((card) => ({
        ...card,
        rewards: findProgram(programs, program.program, card.version)?.rewards ?? [],
      })),
    })),
    exceptions: state.exceptions,
    events: events.map((event) => Object.assign({ inWords: facts.get(event.id) ?? null }, event)),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The same in words, for a message to the member. */
export function copyAsText(source: CopySource, words: Words): string {
  const { shopName, profile, state, programs, entries, madeAt } = source;
  const { t, format } = words;
  const none = t('members:person.none');
  const field = (term: string, value: string) => `${term}: ${value === '' ? none : value}`;
  return [
    t('members:copy.heading', { shop: shopName }),
    t('members:copy.madeAt', { when: format.dateTime(madeAt) }),
    '',
    t('members:person.title'),
    field(t('members:person.name'), profile.name),
    field(t('members:person.number'), profile.phone ?? ''),
    field(t('members:card.title'), profile.card === null ? '' : formatCardCode(profile.card)),
    field(t('members:person.birthday'), profile.birthday === null ? '' : format.day(profile.birthday)),
    field(t('members:person.note'), profile.note),
    field(t('members:figures.visits'), format.number(state.visits)),
    '',
    t('members:stamps.title'),
    ...listCurrentPrograms(programs).map((program) => {
      const held = state.programs.find((candidate) => candidate.program === program.id);
      return field(program.name, words.units(held ? balanceOf(held) : 0, program));
    }),
    '',
    t('history:title'),
    ...entries.map((entry) => lineOf(entry, source, words)),
    '',
  ].join('\n');
}

function lineOf(entry: HistoryEntry, source: CopySource, words: Words): string {
  const { what } = entry;
  return [
    words.format.dateTime(entry.at),
    words.fact(what),
    ...('sums' in what ? what.sums.map((sum) => words.sum(sum)) : []),
    ...words.details(entry),
    words.who(entry, source.till),
  ].join(' · ');
}

/** No name in it: file names are seen by others. */
export const copyFileName = (member: MemberId, day: PlainDay): string =>
  `tenpunch-member-${member.slice(-8)}-${day}.json`;
