import type { EventEntry, HistoryEntry } from '#shared/domain/history.ts';
import type { TierChange } from '#shared/domain/history-changes.ts';
import type {
  DonationFact,
  HistoryFact,
  OverLimit,
  SaleFact,
  StandingFact,
  UnitSum,
} from '#shared/domain/history-facts.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF, VOIDABLE_TYPES, type VoidableType } from '#shared/ledger/event.ts';
import type { TillId } from '#shared/lib/brand.ts';
import type { Format } from '#renderer/i18n/format.ts';
import type { ProgramWords } from '#renderer/i18n/program-words.ts';
import { ERASURE_REASONS } from './merge.commands.ts';
import type { Translate } from './use-words.ts';

/** A member's history in the language on screen: what happened, what it gave, what else belongs to it, who did it. */
export interface HistoryWords {
  /** What happened, in a line. */
  title(entry: HistoryEntry): string;
  /** `+2 stamps: visit, Double Tuesday · Coffee card`; a line per program. */
  sums(entry: HistoryEntry): string[];
  /** `+3 stamps · Coffee card` */
  sum(sum: Omit<UnitSum, 'rules'>): string;
  /** The sale, reasons, limits and what else belongs to the entry, a line each. */
  details(entry: HistoryEntry): string[];
  /** When, by the clock of the till or by the calendar. */
  when(entry: HistoryEntry): string;
  /** Where and by whom; empty for what the calendar did. */
  who(entry: HistoryEntry, till: TillId): string;
}

export interface HistoryKit {
  readonly t: Translate;
  readonly format: Format;
  readonly program: ProgramWords;
  /** Keeps a name of the shop's own on its side. */
  readonly quote: (name: string) => string;
  readonly isMirrored: boolean;
}

export function createHistoryWords(kit: HistoryKit): HistoryWords {
  const { t, format } = kit;
  return {
    title: (entry) => titleText(entry, kit),
    sums: (entry) => {
      if (entry.source === 'calendar') return [];
      const { what } = entry;
      if (what.kind === 'redemption') return what.cost === 0 ? [] : [sumText(costOf(what), kit)];
      return 'sums' in what ? what.sums.map((sum) => sumWithRules(sum, what, kit)) : [];
    },
    sum: (sum) => sumText(sum, kit),
    details: (entry) => (entry.source === 'calendar' ? [] : eventDetails(entry, kit)),
    when: (entry) => (entry.source === 'calendar' ? format.day(entry.day) : format.dateTime(entry.at)),
    who: (entry, till) => (entry.source === 'calendar' ? '' : whoText(entry, till, t)),
  };
}

function titleText(entry: HistoryEntry, kit: HistoryKit): string {
  const { t, program } = kit;
  if (entry.source === 'event') return factText(entry.what, kit);
  const { what } = entry;
  if (what.kind === 'tier') return tierText(what.change, kit);
  return t('history:expired', {
    units: program.units(what.definition, what.units),
    program: nameOf(what.definition, kit),
  });
}

const nameOf = (definition: ProgramDefinition | undefined, { t, quote }: HistoryKit): string =>
  definition ? quote(definition.name) : t('history:unknownProgram');

function tierText({ definition, from, to, isUp }: TierChange, kit: HistoryKit): string {
  const { t, quote } = kit;
  const names = { tier: quote((to ?? from)?.name ?? ''), program: nameOf(definition, kit) };
  if (to === null) return t('history:tier.none', names);
  return t(isUp ? 'history:tier.up' : 'history:tier.down', names);
}

function factText(fact: HistoryFact, kit: HistoryKit): string {
  const { t, quote } = kit;
  switch (fact.kind) {
    case 'enrolment':
      return t(fact.isVisit ? `history:enrolmentVisit.${fact.by}` : `history:enrolment.${fact.by}`);
    case 'visit':
    case 'paper-card':
    case 'opening':
    case 'adjustment':
    case 'referral':
    case 'approval':
    case 'unknown':
      return t(`history:${fact.kind}`);
    case 'action':
      return fact.action ?? t('history:actionUnknown');
    case 'purchase':
      return fact.offer
        ? t('history:purchase', { offer: quote(fact.offer.name) })
        : t('history:purchaseUnknown');
    case 'redemption':
      return redemptionText(fact, kit);
    case 'void':
      return t(`history:void.${voidableOf(fact.target?.type)}`);
    case 'merge':
      return t(`history:merge.${fact.by}`);
    case 'unmerge':
    case 'erasure':
      return t(`history:${fact.kind}`);
    case 'profile':
      return t('history:profile', {
        fields: fact.fields.map((field) => t(`history:fields.${field}`)).join(', '),
      });
  }
}

type Redemption = HistoryFact & { readonly kind: 'redemption' };

function redemptionText(
  { reward, definition, worth, birthdayYear }: Redemption,
  { t, program, quote }: HistoryKit,
): string {
  if (!reward || !definition) return t('history:redemptionUnknown');
  // An amount of its own is said below; the name alone is enough here.
  const name = quote(worth === undefined ? program.reward(reward, definition) : reward.name);
  return birthdayYear === undefined
    ? t('history:redemption', { reward: name })
    : t('history:birthdayGift', { reward: name, year: String(birthdayYear) });
}

/** What a till itself wrote as the reason of a void. */
const TILL_REASONS = ['already-redeemed', 'only-main-till', 'set-aside', 'not-approved'] as const;

const voidableOf = (type: string | undefined): VoidableType | 'other' =>
  type !== undefined && VOIDABLE_TYPES.has(type) ? (type as VoidableType) : 'other';

const costOf = ({ definition, cost }: Redemption) => ({
  program: definition?.id ?? '',
  definition,
  units: -cost,
});

/** Keeps the sign on the left of its number. */
const LEFT_TO_RIGHT_MARK = '\u200e';

function amountText({ definition, units }: Omit<UnitSum, 'rules'>, kit: HistoryKit): string {
  const mark = kit.isMirrored ? LEFT_TO_RIGHT_MARK : '';
  return `${mark}${units < 0 ? '−' : '+'}${kit.program.units(definition, Math.abs(units))}`;
}

function sumText(sum: Omit<UnitSum, 'rules'>, kit: HistoryKit): string {
  return kit.t('history:units', { units: amountText(sum, kit), program: nameOf(sum.definition, kit) });
}

/** Each grant names the rule that made it; where the entry itself says as much, once is enough. */
function sumWithRules(sum: UnitSum, fact: HistoryFact, kit: HistoryKit): string {
  if (isSelfEvident(sum, fact)) return sumText(sum, kit);
  const rules = [...new Set(sum.rules.map((rule) => kit.quote(kit.program.rule(sum.definition, rule))))].join(
    ', ',
  );
  return kit.t('history:unitsBy', {
    units: amountText(sum, kit),
    rules,
    program: nameOf(sum.definition, kit),
  });
}

function isSelfEvident({ rules, definition }: UnitSum, { kind }: HistoryFact): boolean {
  const [rule] = rules;
  if (rule === undefined || rules.length > 1) return rules.length === 0;
  if (kind === 'visit') return definition?.earn.find(({ id }) => id === rule)?.kind === 'visit';
  return kind !== 'enrolment' || rule === 'joining';
}

function eventDetails(entry: EventEntry, kit: HistoryKit): string[] {
  const { t, format, program } = kit;
  const { what, undone, exceptions, tiers } = entry;
  const lines: string[] = [];
  if ('sale' in what) lines.push(...saleLines(what.sale, kit));
  if ('donations' in what) lines.push(...what.donations.map((donation) => donationText(donation, kit)));
  if (what.kind === 'purchase') {
    lines.push(t('history:paid', { amount: program.money(what.price.amount, what.price.currency) }));
    if (what.passUntil !== undefined) lines.push(program.pass(what.passUntil));
  }
  if (what.kind === 'redemption' && what.worth) lines.push(worthText(what, what.worth, kit));
  if ('standings' in what) lines.push(...what.standings.flatMap((standing) => standingLines(standing, kit)));
  // An undone event has changed no tier.
  lines.push(...tiers.map((change) => tierText(change, kit)));
  if ('reason' in what && what.reason) {
    const coded = TILL_REASONS.find((known) => known === what.reason);
    const reason = coded ? t(`history:tillReason.${coded}`) : what.reason;
    lines.push(t('history:reason', { reason }));
  }
  if (what.kind === 'erasure') {
    const why = ERASURE_REASONS.find((known) => known === what.why);
    if (why) lines.push(t('history:reason', { reason: t(`history:erasureReason.${why}`) }));
  }
  if ('overLimit' in what && what.overLimit) lines.push(overLimitText(what.overLimit, kit));
  if (what.kind === 'unknown') lines.push(t('history:unknownText', { type: what.type }));
  // What went over the limit has said so above, with its reason.
  for (const kind of exceptions) if (kind !== 'over-limit') lines.push(t(`history:exception.${kind}`));
  if (undone) lines.push(t('history:undone', { when: format.dateTime(undone.at) }));
  return lines;
}

function saleLines(sale: SaleFact | undefined, { t, format, program, quote }: HistoryKit): string[] {
  if (!sale) return [];
  const bought = sale.lines.map(({ name, count }) =>
    count === 1 ? quote(name) : t('history:line', { count: format.number(count), name: quote(name) }),
  );
  const parts = [
    ...(sale.paid
      ? [t('history:paid', { amount: program.money(sale.paid.amount, sale.paid.currency) })]
      : []),
    ...(sale.type === undefined ? [] : [quote(sale.type)]),
    ...(bought.length === 0 ? [] : [bought.join(', ')]),
  ];
  return [parts.join(' · ')];
}

function donationText({ charity, amount, currency }: DonationFact, { t, program, quote }: HistoryKit) {
  return t('history:donation', { amount: program.money(amount, currency), charity: quote(charity) });
}

function worthText(fact: Redemption, worth: NonNullable<Redemption['worth']>, kit: HistoryKit): string {
  if (fact.charity !== undefined) return donationText({ charity: fact.charity, ...worth }, kit);
  return kit.t('history:off', { amount: kit.program.money(worth.amount, worth.currency) });
}

function standingLines({ definition, tier, passUntil }: StandingFact, kit: HistoryKit): string[] {
  const lines: string[] = [];
  if (tier) {
    const level = tier.level ? kit.quote(tier.level.name) : kit.t('history:tier.unknown');
    lines.push(
      kit.t('history:standing', { tier: level, year: String(tier.until), program: nameOf(definition, kit) }),
    );
  }
  if (passUntil !== undefined) lines.push(kit.program.pass(passUntil));
  return lines;
}

function overLimitText({ limits: passed, reason }: OverLimit, { t }: HistoryKit): string {
  const limits = passed.map((limit) => t(`history:limits.${limit}`)).join(', ');
  return reason === '' ? t('history:overLimitPlain', { limits }) : t('history:overLimit', { limits, reason });
}

function whoText({ staff, till, approvedBy }: EventEntry, ownTill: TillId, t: Translate): string {
  const isHere = till === ownTill;
  const who =
    staff === UNASSIGNED_STAFF
      ? t(isHere ? 'history:who.thisTill' : 'history:who.otherTill')
      : t(isHere ? 'history:who.staffHere' : 'history:who.staffElsewhere', { staff });
  return approvedBy === undefined ? who : `${who} · ${t('history:who.approved', { staff: approvedBy })}`;
}
