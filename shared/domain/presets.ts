import type { ProgramId } from '../lib/brand.ts';
import { presetCoin } from './preset-coin.ts';
import type { ProgramDefinition } from './program.ts';

/** Programs to start from. Each may be published as it is; the names come from whoever speaks to the owner. */

/** The names each of them needs, in the owner's language. */
export const PRESET_NAMES = {
  coffee: ['name', 'finalReward'],
  bakery: ['name', 'finalReward', 'milestoneReward'],
  hair: ['name', 'finalReward'],
  tiers: ['name', 'bronze', 'silver', 'gold', 'drink', 'moneyOff', 'donation', 'charity', 'birthdayGift'],
  pass: ['name', 'one', 'other', 'pass', 'prepaid', 'discount', 'prepaidReward'],
  'blank-stamps': ['name', 'finalReward'],
  'blank-points': ['name', 'reward'],
} as const;

export type PresetKey = keyof typeof PRESET_NAMES;
export type PresetNames<Key extends PresetKey> = Readonly<Record<(typeof PRESET_NAMES)[Key][number], string>>;

export const PRESET_KEYS = Object.keys(PRESET_NAMES) as readonly PresetKey[];

export type PresetRequest = {
  [Key in PresetKey]: {
    readonly key: Key;
    readonly id: ProgramId;
    readonly names: PresetNames<Key>;
    /** ISO 4217, of the shop's country. */
    readonly currency: string;
  };
}[PresetKey];

/** A first version. @throws RangeError for text that is no currency code. */
export function makePreset(request: PresetRequest): ProgramDefinition {
  switch (request.key) {
    case 'coffee':
      return stampCard(request, { size: 10, icon: 'cup', headStart: 2 });
    case 'bakery': {
      const card = stampCard(request, { size: 12, icon: 'croissant', headStart: 0 });
      const milestone = {
        kind: 'free-item' as const,
        id: 'milestone',
        at: 6,
        name: request.names.milestoneReward,
      };
      return { ...card, rewards: [milestone, ...card.rewards] };
    }
    case 'hair':
      return stampCard(request, { size: 6, icon: 'scissors', headStart: 0 });
    case 'blank-stamps':
      return stampCard(request, { size: 10, icon: 'star', headStart: 0 });
    case 'blank-points':
      return {
        ...pointsBase(request),
        earn: [{ kind: 'visit', id: 'visit', units: 1 }],
        rewards: [{ kind: 'free-item', id: 'reward', at: 10, name: request.names.reward }],
      };
    case 'tiers':
      return tiersProgram(request);
    case 'pass':
      return passProgram(request);
  }
}

type RequestOf<Key extends PresetKey> = PresetRequest & { readonly key: Key };

const STAMPS_PER_VISIT = 5;

function stampCard(
  { id, names }: RequestOf<'coffee' | 'bakery' | 'hair' | 'blank-stamps'>,
  card: {
    readonly size: number;
    readonly icon: ProgramDefinition['unit']['icon'];
    readonly headStart: number;
  },
): ProgramDefinition {
  return {
    id,
    version: 1,
    name: names.name,
    unit: { kind: 'stamps', size: card.size, icon: card.icon },
    earn: [{ kind: 'visit', id: 'visit', units: 1 }],
    headStart: card.headStart,
    rewards: [{ kind: 'free-item', id: 'final', at: card.size, name: names.finalReward }],
    limits: { perVisit: STAMPS_PER_VISIT, perDay: null, minutesBetween: null },
    expiry: { kind: 'none' },
  };
}

const pointsBase = ({
  id,
  names,
}: {
  readonly id: ProgramId;
  readonly names: { readonly name: string };
}) => ({
  id,
  version: 1,
  name: names.name,
  unit: { kind: 'points' as const, icon: 'star' as const },
  headStart: 0,
  limits: { perVisit: null, perDay: null, minutesBetween: null },
  expiry: { kind: 'none' as const },
});

function tiersProgram(request: RequestOf<'tiers'>): ProgramDefinition {
  const { names, currency } = request;
  const coin = presetCoin(currency);
  const level = (id: string, name: string, from: number, percent: number) => ({
    id,
    name,
    from: from * coin,
    percent,
    note: '',
  });
  return {
    ...pointsBase(request),
    expiry: { kind: 'after-last-visit', months: 12 },
    currency,
    earn: [
      {
        kind: 'amount',
        id: 'amount',
        units: 1,
        per: coin,
        minimum: null,
        rounding: 'down',
        excludedItems: [],
        excludedSales: [],
      },
    ],
    rewards: [
      { kind: 'free-item', id: 'drink', at: 60, name: names.drink },
      { kind: 'chosen-points', id: 'money-off', at: 100, step: 100, amount: 5 * coin, name: names.moneyOff },
      {
        kind: 'donation',
        id: 'donation',
        at: 100,
        amount: 5 * coin,
        charity: names.charity,
        name: names.donation,
      },
      {
        kind: 'free-item',
        id: 'birthday',
        at: 0,
        name: names.birthdayGift,
        tier: 'silver',
        birthday: { daysBefore: 7, daysAfter: 7 },
      },
    ],
    tiers: {
      by: 'spend',
      levels: [
        level('bronze', names.bronze, 100, 110),
        level('silver', names.silver, 250, 125),
        level('gold', names.gold, 500, 150),
      ],
    },
  };
}

function passProgram(request: RequestOf<'pass'>): ProgramDefinition {
  const { names, currency } = request;
  const coin = presetCoin(currency);
  return {
    ...pointsBase(request),
    unit: { kind: 'points', icon: 'cup', word: { one: names.one, other: names.other } },
    currency,
    earn: [],
    rewards: [
      {
        kind: 'percent-off',
        id: 'discount',
        at: 0,
        percent: 10,
        category: null,
        needsPass: true,
        name: names.discount,
      },
      { kind: 'free-item', id: 'prepaid-one', at: 1, name: names.prepaidReward },
    ],
    offers: [
      { kind: 'pass', id: 'pass', name: names.pass, price: 10 * coin, months: 1 },
      { kind: 'prepaid', id: 'prepaid', name: names.prepaid, price: 25 * coin, units: 10 },
    ],
  };
}
