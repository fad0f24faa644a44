import fc from 'fast-check';
import { findProgramProblems } from '#shared/domain/program-problems.ts';
import type {
  Expiry,
  Offer,
  ProgramDefinition,
  Promotion,
  Reward,
  TierLevel,
} from '#shared/domain/program.ts';

/**
 * Random programs that an owner could publish: every kind of rule, in small numbers, so that short histories reach the
 * edges. Ids repeat between versions on purpose, as caps and gifts are counted by them.
 */

const maybe = <Value>(value: fc.Arbitrary<Value>, freq = 2) => fc.option(value, { nil: undefined, freq });
const ALWAYS = { weekdays: [], from: null, until: null, firstDay: null, lastDay: null };
const rounding = fc.constantFrom('down', 'nearest', 'up');

/** Leaves out what is undefined: a definition has no such fields. */
function compact<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Value;
}

const expiry: fc.Arbitrary<Expiry> = fc.oneof(
  fc.constant({ kind: 'none' } as const),
  fc.record({ kind: fc.constant('after-months' as const), months: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('after-last-visit' as const), months: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('end-of-year' as const), years: fc.integer({ min: 0, max: 1 }) }),
);

const visitRule = fc.record({
  kind: fc.constant('visit' as const),
  id: fc.constant('visit'),
  units: fc.integer({ min: 1, max: 3 }),
});
const otherRules = fc.record({
  amount: maybe(
    fc.record({
      kind: fc.constant('amount' as const),
      id: fc.constant('amount'),
      units: fc.integer({ min: 1, max: 3 }),
      per: fc.constantFrom(50, 100, 333),
      minimum: fc.constantFrom(null, 400),
      rounding,
      excludedItems: fc.constantFrom([], ['Tobacco']),
      excludedSales: fc.constantFrom([], ['Gift card']),
    }),
  ),
  item: maybe(fc.constant({ kind: 'item' as const, id: 'cake', item: 'Cake', units: 2 })),
  category: maybe(fc.constant({ kind: 'category' as const, id: 'drinks', category: 'Drinks', units: 1 })),
  action: maybe(
    fc.record({
      kind: fc.constant('action' as const),
      id: fc.constant('review'),
      name: fc.constant('Review'),
      units: fc.integer({ min: 1, max: 3 }),
      perDay: fc.constantFrom(null, 1, 2),
    }),
  ),
  referral: maybe(
    fc.record({
      kind: fc.constant('referral' as const),
      id: fc.constant('friend'),
      units: fc.integer({ min: 0, max: 3 }),
      friendUnits: fc.integer({ min: 1, max: 3 }),
      cap: fc.constantFrom(null, 1),
    }),
  ),
});

const promotions: fc.Arbitrary<Promotion[]> = fc
  .record({
    double: maybe(
      fc.record({
        kind: fc.constant('multiplier' as const),
        id: fc.constant('double'),
        name: fc.constant('Double'),
        percent: fc.constantFrom(150, 200),
        window: fc.constantFrom(ALWAYS, { ...ALWAYS, weekdays: [2], from: '22:00', until: '02:00' }),
      }),
    ),
    bonus: maybe(
      fc.constant({
        kind: 'item-bonus' as const,
        id: 'bonus',
        name: 'Bonus',
        item: 'Cake',
        units: 1,
        window: ALWAYS,
      }),
    ),
    back: maybe(fc.constant({ kind: 'win-back' as const, id: 'back', name: 'Back', weeks: 3, units: 2 })),
  })
  .map(({ double, bonus, back }) => [double, bonus, back].filter((promotion) => promotion !== undefined));

const levels = (unit: number): fc.Arbitrary<TierLevel[]> =>
  fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 3 }).map((places) =>
    places
      .sort((a, b) => a - b)
      .map((from, place) => ({
        id: `level-${place}`,
        name: `Level ${place}`,
        from: from * unit,
        percent: 100 + place * 50,
        note: '',
      })),
  );
const tiers = maybe(
  fc
    .constantFrom('spend' as const, 'units' as const, 'visits' as const)
    .chain((by) => fc.record({ by: fc.constant(by), levels: levels(by === 'spend' ? 100 : 1) })),
);

/** What a reward may ask for besides its price; what the program does not have is left out later. */
const conditions = fc.record({
  cap: maybe(
    fc.record({ times: fc.integer({ min: 1, max: 2 }), per: fc.constantFrom('day', 'year', 'ever') }),
  ),
  needsPass: maybe(fc.constant(true as const), 4),
  tier: maybe(fc.constantFrom('level-0', 'level-1'), 4),
});

type Conditions = Pick<Reward, 'cap' | 'needsPass' | 'tier'>;

const effect = fc.constantFrom(
  { kind: 'free-item' as const },
  { kind: 'amount-off' as const, amount: 300 },
  { kind: 'percent-off' as const, percent: 10, category: null },
  { kind: 'donation' as const, amount: 200, charity: 'Lifeboats' },
);

const rewardAt = (id: string, at: fc.Arbitrary<number>, wait: fc.Arbitrary<number | undefined>) =>
  fc.tuple(effect, at, conditions, wait).map(([what, place, asks, expiresAfterDays]): Reward => {
    const { cap } = asks as Conditions;
    return compact({ ...what, id, name: id, at: place, ...asks, cap, expiresAfterDays });
  });

const waits = maybe(fc.integer({ min: 1, max: 40 }), 3);
const never = fc.constant(undefined);
const gift: fc.Arbitrary<Reward> = fc.record({
  kind: fc.constant('free-item' as const),
  id: fc.constant('gift'),
  name: fc.constant('gift'),
  at: fc.constant(0),
  birthday: fc.record({ daysBefore: fc.constantFrom(0, 20), daysAfter: fc.constantFrom(0, 40) }),
});

const cardRewards = (size: number): fc.Arbitrary<Reward[]> =>
  fc
    .tuple(
      rewardAt('final', fc.constant(size), waits),
      size > 1 ? maybe(rewardAt('half', fc.integer({ min: 1, max: size - 1 }), waits)) : never,
      maybe(rewardAt('perk', fc.constant(0), never)),
      maybe(gift),
    )
    .map((rewards) => rewards.filter((reward) => reward !== undefined));

const pointRewards: fc.Arbitrary<Reward[]> = fc
  .tuple(
    rewardAt('final', fc.integer({ min: 1, max: 12 }), never),
    maybe(rewardAt('half', fc.integer({ min: 1, max: 30 }), never)),
    maybe(rewardAt('perk', fc.constant(0), never)),
    maybe(gift),
    maybe(
      fc.record({
        kind: fc.constant('chosen-points' as const),
        id: fc.constant('choose'),
        name: fc.constant('choose'),
        at: fc.constantFrom(1, 4, 6),
        step: fc.constantFrom(1, 3, 4),
        amount: fc.constant(50),
      }),
    ),
  )
  .map((rewards) => rewards.filter((reward) => reward !== undefined));

const offers = fc.constantFrom<readonly Offer[]>(
  [],
  [{ kind: 'pass', id: 'pass', name: 'Pass', price: 500, months: 1 }],
  [
    { kind: 'pass', id: 'pass', name: 'Pass', price: 500, months: 12 },
    { kind: 'prepaid', id: 'ten', name: 'Ten', price: 2500, units: 10 },
  ],
);

const parts = fc.record({
  visit: visitRule,
  others: otherRules,
  headStart: fc.integer({ min: 0, max: 2 }),
  expiry,
  promotions,
  tiers,
  offers,
  charity: maybe(fc.record({ basisPoints: fc.constantFrom(150, 3333), rounding })),
  isWithdrawn: fc.boolean(),
});

function definitionOf(request: {
  readonly id: string;
  readonly version: number;
  readonly size: number | undefined;
  readonly rewards: readonly Reward[];
  readonly parts: typeof parts extends fc.Arbitrary<infer Parts> ? Parts : never;
}): ProgramDefinition {
  const { id, version, size, parts: given } = request;
  const { visit, others, headStart } = given;
  const ids = new Set(given.tiers?.levels.map((level) => level.id));
  const hasPass = given.offers.some(({ kind }) => kind === 'pass');
  const rewards = request.rewards.map((reward) => {
    const { tier, needsPass, ...rest } = reward;
    return compact({
      ...rest,
      tier: tier !== undefined && ids.has(tier) && reward.id !== 'final' ? tier : undefined,
      needsPass: hasPass && reward.id !== 'final' ? needsPass : undefined,
    });
  });
  return compact({
    id,
    version,
    name: id,
    unit:
      size === undefined
        ? { kind: 'points' as const, icon: 'star' as const }
        : { kind: 'stamps' as const, size, icon: 'cup' as const },
    earn: [visit, ...Object.values(others)].filter((rule) => rule !== undefined),
    headStart: size === undefined ? headStart : Math.min(headStart, size - 1),
    rewards: rewards.filter(
      (reward) => reward.id !== 'perk' || reward.tier !== undefined || reward.needsPass !== undefined,
    ),
    limits: { perVisit: null, perDay: null, minutesBetween: null },
    expiry: given.expiry,
    promotions: given.promotions,
    tiers: given.tiers,
    offers: [...given.offers],
    charity: given.charity && { name: 'Trees', ...given.charity },
    items: [
      { name: 'Cake', category: null, price: 350 },
      { name: 'Tea', category: 'Drinks', price: 200 },
      { name: 'Tobacco', category: null, price: 800 },
    ],
    currency: 'EUR',
    // A first version can't be withdrawn.
    isWithdrawn: version > 2 && given.isWithdrawn ? (true as const) : undefined,
  }) as ProgramDefinition;
}

const definition = (id: string, version: number, isCard: boolean): fc.Arbitrary<ProgramDefinition> =>
  fc
    .tuple(isCard ? fc.integer({ min: 1, max: 8 }) : never, parts)
    .chain(([size, given]) =>
      (size === undefined ? pointRewards : cardRewards(size)).map((rewards) =>
        definitionOf({ id, version, size, rewards, parts: given }),
      ),
    )
    .filter((program) => findProgramProblems(program).length === 0);

/** Three versions of each of one to three programs; now and then one that goes from a card to points. */
export const shop: fc.Arbitrary<readonly ProgramDefinition[]> = fc
  .array(fc.record({ isCard: fc.boolean(), turnsAt: fc.constantFrom(9, 9, 9, 9, 9, 2) }), {
    minLength: 1,
    maxLength: 3,
  })
  .chain((kinds) =>
    fc.tuple(
      ...kinds.flatMap(({ isCard, turnsAt }, index) =>
        [1, 2, 3].map((version) =>
          definition(`program-${index}`, version, version < turnsAt ? isCard : !isCard),
        ),
      ),
    ),
  );
