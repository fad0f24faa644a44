import type { TFunction } from 'i18next';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { ProgramId } from '#shared/lib/brand.ts';
import { makeNamedPreset } from '#renderer/i18n/preset-names.ts';

/** Every kind of program in one shop, for a look around: the card, the club, the pass, and a card of another counter. */

export interface PracticeWords {
  readonly rules: TFunction<'rules'>;
  readonly import: TFunction<'import'>;
}

export interface PracticeIds {
  readonly coffee: ProgramId;
  readonly club: ProgramId;
  readonly pass: ProgramId;
  readonly lunch: ProgramId;
}

const EURO = 100;
const CURRENCY = 'EUR';
/** As the sample file calls them, whatever language the owner speaks. */
const LEVEL_NAMES: Readonly<Record<string, string>> = { bronze: 'Bronze', silver: 'Silver', gold: 'Gold' };
const TUESDAY = 2;

/** The card of stamps first: the sample's stamps are its own. */
export function makePracticePrograms(words: PracticeWords, ids: PracticeIds): ProgramDefinition[] {
  return [
    coffeeCard(words, ids.coffee),
    club(words, ids.club),
    { ...makeNamedPreset(words.rules, { key: 'pass', id: ids.pass, currency: CURRENCY }) },
    lunchCard(words, ids.lunch),
  ];
}

function coffeeCard({ rules, import: t }: PracticeWords, id: ProgramId): ProgramDefinition {
  return {
    ...makeNamedPreset(rules, { key: 'coffee', id, currency: CURRENCY }),
    name: t('practice.card'),
    currency: CURRENCY,
    rewards: [{ kind: 'free-item', id: 'final', at: 10, name: t('practice.reward'), value: 3 * EURO }],
    expiry: { kind: 'after-last-visit', months: 12 },
    badges: [
      { kind: 'visits', id: 'tenth', name: t('practice.tenthVisit'), icon: 'sparkles', visits: 10 },
      { kind: 'streak', id: 'month', name: t('practice.monthOfWeeks'), icon: 'heart', weeks: 4 },
    ],
  };
}

/** Points for what is spent; levels, gifts, actions, friends and a quiet Tuesday. */
function club({ rules, import: t }: PracticeWords, id: ProgramId): ProgramDefinition {
  const preset = makeNamedPreset(rules, { key: 'tiers', id, currency: CURRENCY });
  const levels = preset.tiers?.levels.map((level) => ({
    ...level,
    name: LEVEL_NAMES[level.id] ?? level.name,
    note: level.id === 'gold' ? t('practice.goldNote') : '',
  }));
  return {
    ...preset,
    name: t('practice.club'),
    headStart: 20,
    earn: [
      ...preset.earn,
      { kind: 'action', id: 'cup', name: t('practice.cup'), units: 2, perDay: 3 },
      { kind: 'action', id: 'review', name: t('practice.review'), units: 20, perDay: 1 },
      { kind: 'referral', id: 'friend', units: 50, friendUnits: 25, cap: 10 },
    ],
    promotions: [
      {
        kind: 'multiplier',
        id: 'tuesday',
        name: t('practice.tuesday'),
        percent: 200,
        window: { weekdays: [TUESDAY], from: '14:00', until: '16:00', firstDay: null, lastDay: null },
      },
    ],
    badges: [{ kind: 'donation', id: 'donor', name: t('practice.donor'), icon: 'leaf' }],
    charity: { name: rules('preset.tiers.names.charity'), basisPoints: 100, rounding: 'down' },
    ...(preset.tiers && levels ? { tiers: { ...preset.tiers, levels } } : {}),
  };
}

/** Stamped by what is bought. */
function lunchCard({ import: t }: PracticeWords, id: ProgramId): ProgramDefinition {
  const [soup, sandwich, cakes] = [t('practice.soup'), t('practice.sandwich'), t('practice.cakes')];
  return {
    id,
    version: 1,
    name: t('practice.lunchCard'),
    unit: { kind: 'stamps', size: 6, icon: 'sandwich' },
    earn: [
      { kind: 'item', id: 'soup', item: soup, units: 1 },
      { kind: 'item', id: 'sandwich', item: sandwich, units: 1 },
      { kind: 'category', id: 'cakes', category: cakes, units: 1 },
    ],
    headStart: 0,
    rewards: [{ kind: 'free-item', id: 'final', at: 6, name: t('practice.lunch') }],
    limits: { perVisit: null, perDay: null, minutesBetween: null },
    expiry: { kind: 'end-of-year', years: 1 },
    items: [
      { name: soup, category: null, price: 6 * EURO },
      { name: sandwich, category: null, price: 5 * EURO },
      { name: t('practice.cheesecake'), category: cakes, price: 4 * EURO },
    ],
    currency: CURRENCY,
  };
}
