import { listBadges } from '#shared/domain/badges.ts';
import { formatCardCode } from '#shared/domain/card-code.ts';
import type { HistoryEntry } from '#shared/domain/history.ts';
import {
  balanceOf,
  findProgramState,
  type MemberState,
  type ProgramState,
} from '#shared/domain/member-state.ts';
import type { ProfileContent } from '#shared/domain/profile.ts';
import { findProgram, type ProgramBook } from '#shared/domain/program.ts';
import { listProgramViews, listRewardOffers, type ProgramView } from '#shared/domain/rewards.ts';
import { tierOn } from '#shared/domain/tier.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId, PlainDay, TillId } from '#shared/lib/brand.ts';
import { currencyOfCharity } from './charity-currency.ts';
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
  /** As of which all of it is. */
  readonly day: PlainDay;
}

const isoOf = (atMs: number | null) => (atMs === null ? null : new Date(atMs).toISOString());

/** A JSON document that a person can read too. Its keys are the product's own words and the same in every language. */
export function copyAsJson(source: CopySource, words: Words): string {
  const { member, shopName, profile, state, programs, events, entries, madeAt, day } = source;
  const lines = new Map<string, string>(entries.map((entry) => [entry.id, lineOf(entry, source, words)]));
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
      weeksInARow: state.streak,
      years: state.years,
      broughtBy: state.referredBy,
      friendsBrought: state.referrals,
    },
    cards: state.programs.map((program) => cardOf(program, source)),
    rewardsReady: listRewardOffers(state, programs, { day, birthday: profile.birthday }).map(
      ({ next, count }) => ({ program: next.program, reward: next.reward, times: count, until: next.until }),
    ),
    donations: state.donations.map(({ charity, amount }) => ({
      charity,
      amount,
      currency: currencyOfCharity(charity, programs) ?? null,
    })),
    exceptions: state.exceptions,
    events: events.map((event) => Object.assign({ inWords: lines.get(event.id) ?? null }, event)),
    sinceThen: entries
      .filter(({ source: from }) => from === 'calendar')
      .map(({ id }) => lines.get(id) ?? null),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** One card with the rules it plays by, and what follows from it on the day of the copy. */
function cardOf(own: ProgramState, { state, programs, day }: CopySource) {
  const current = programs.get(own.program)?.at(-1);
  const tier = current && tierOn(state, current, day);
  return {
    ...own,
    name: current?.name ?? null,
    balance: balanceOf(own),
    tier: tier?.level ? { level: tier.level.name, until: tier.until } : null,
    badges: current
      ? listBadges(state, current).flatMap(({ badge, isEarned }) => (isEarned ? badge.name : []))
      : [],
    cards: own.cards.map((card) => ({
      card,
      rewards: findProgram(programs, own.program, card.version)?.rewards ?? [],
    })),
  };
}

/** The same in words, for a message to the member. */
export function copyAsText(source: CopySource, words: Words): string {
  const { shopName, profile, state, programs, entries, madeAt, day } = source;
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
    ...(state.referredBy === null ? [] : [t('members:copy.broughtBySomebody')]),
    ...(state.referrals === 0
      ? []
      : [
          t('members:friends.brought', {
            count: state.referrals,
            formatted: format.number(state.referrals),
          }),
        ]),
    '',
    t('members:program.title'),
    ...listProgramViews(state, programs, day).flatMap((view) => programLines(view, source, words)),
    '',
    ...givingLines(source, words),
    t('history:title'),
    ...entries.map((entry) => lineOf(entry, source, words)),
    '',
  ].join('\n');
}

/** The balance, then what else holds in the program, indented. */
function programLines(view: ProgramView, { state }: CopySource, { t, program }: Words): string[] {
  const { definition, tier, passUntil, expiring } = view;
  const own = findProgramState(state, view.program);
  const isCounted = view.kind === 'stamps' || view.countsUnits;
  const balance = isCounted ? program.units(definition, own ? balanceOf(own) : 0) : '';
  const badges = listBadges(state, definition).filter(({ isEarned }) => isEarned);
  const more = [
    ...program.tier(tier, definition),
    ...(passUntil === null ? [] : [program.pass(passUntil)]),
    ...(expiring ? [program.expiring(expiring, definition)] : []),
    ...badges.map((badge) => `${t('members:badges.earned')}: ${program.badge(badge)}`),
  ];
  return [
    balance === '' ? definition.name : `${definition.name}: ${balance}`,
    ...more.map((line) => `  ${line}`),
  ];
}

function givingLines({ state, programs }: CopySource, { t, program }: Words): string[] {
  const given = state.donations.filter(({ amount }) => amount > 0);
  if (given.length === 0) return [];
  return [
    t('members:giving.title'),
    ...given.map(
      ({ charity, amount }) => `${charity}: ${program.money(amount, currencyOfCharity(charity, programs))}`,
    ),
    '',
  ];
}

/** Other members are never named in it. */
function lineOf(entry: HistoryEntry, source: CopySource, { history }: Words): string {
  return [
    history.when(entry),
    history.title(entry),
    ...history.sums(entry),
    ...history.details(entry),
    history.who(entry, source.till),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** No name in it: file names are seen by others. */
export const copyFileName = (member: MemberId, day: PlainDay): string =>
  `tenpunch-member-${member.slice(-8)}-${day}.json`;
