import { listBadges } from '#shared/domain/badges.ts';
import { listSaleNeeds } from '#shared/domain/earn.ts';
import { stateOn } from '#shared/domain/fold.ts';
import { listHistory, type HistoryEntry } from '#shared/domain/history.ts';
import type { UnitSum } from '#shared/domain/history-facts.ts';
import { emptyProgramState, findProgramState, type PunchCard } from '#shared/domain/member-state.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { listProgramViews, listReadyRewards, type ReadyReward } from '#shared/domain/rewards.ts';
import { tierOn } from '#shared/domain/tier.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import { sayInWords } from './in-words.ts';
import type { World } from './play.ts';
import type { Case } from './read-cases.ts';
import { tellMoney } from './read-program.ts';

/** Says what holds for a member on a day, in the words of the worked examples. */

export interface Question {
  readonly world: World;
  readonly given: Case;
  readonly name: string;
  readonly day: PlainDay;
}

const NOTHING = 'nothing';
const join = (parts: readonly string[], between = '; '): string =>
  parts.length === 0 ? NOTHING : parts.join(between);

/** @param about `ready`, `history` …; `tier points` asks about one program, `points` alone for what it holds. */
export function tell(about: string, question: Question): string {
  if (about.startsWith('says ')) return sayInWords(about.slice('says '.length), question);
  const { world, name, day } = question;
  const state = stateOn(world.stateOf(name), day, world.book);
  switch (about) {
    case 'ready':
      return tellReady(question);
    case 'visits':
      return String(state.visits);
    case 'streak':
      return state.streak ? `${state.streak.weeks} weeks, best ${state.streak.best}` : NOTHING;
    case 'friends':
      return String(state.referrals);
    case 'donated':
      return join(
        state.donations.map(
          ({ charity, amount }) => `${charity} ${tellMoney(amount, question.given.currency)}`,
        ),
      );
    case 'exceptions':
      return join(state.exceptions.map(({ kind }) => kind));
    case 'asked at the counter':
      return tellNeeds(world);
    case 'history':
      return tellHistory(question);
    default:
      return tellProgram(about, question);
  }
}

function tellReady({ world, given, name, day }: Question): string {
  const context = { day, birthday: given.birthdays.get(name) ?? null };
  const one = ({ reward, times, cost, maxCost, until }: ReadyReward) => {
    const amount = maxCost === undefined ? '' : ` using ${cost} to ${maxCost}`;
    return `${reward.name}${amount}${times > 1 ? ` x${times}` : ''}${until === null ? '' : ` until ${until}`}`;
  };
  return join(listReadyRewards(world.stateOf(name), world.bookNow(), context).map(one));
}

/** `amount in EUR; Cake, Tea (Drinks), anything of Bread; as Gift card` */
function tellNeeds(world: World): string {
  const { amount, currency, items, saleTypes } = listSaleNeeds(world.current());
  const buttons = items.map(({ item, category }) =>
    item === null ? `anything of ${category}` : `${item}${category === null ? '' : ` (${category})`}`,
  );
  return join([
    ...(amount ? [`amount in ${currency}`] : []),
    ...(buttons.length > 0 ? [buttons.join(', ')] : []),
    ...(saleTypes.length > 0 ? [`as ${saleTypes.join(', ')}`] : []),
  ]);
}

function tellProgram(about: string, question: Question): string {
  const { world, name, day } = question;
  const [what = about, id = what] = about.split(' ');
  const definition = world.bookNow().get(id)?.at(-1);
  if (!definition) throw new Error(`no program ${id}`);
  const state = stateOn(world.stateOf(name), day, world.book);
  const own = findProgramState(state, id) ?? emptyProgramState(id);
  const view = listProgramViews(world.stateOf(name), world.bookNow(), day).find(
    ({ program }) => program === id,
  );
  switch (what) {
    case id: {
      if (!view) return 'not shown';
      if (view.kind === 'points') return `${view.points}`;
      const several = (world.book.get(id)?.length ?? 0) > 1;
      return join(
        own.cards.map((card) => tellCard(card, several)),
        ', ',
      );
    }
    case 'books':
      return join(
        (['earned', 'adjusted', 'spent', 'expired', 'unplaced', 'completed'] as const)
          .filter((field) => own[field] !== 0)
          .map((field) => `${field} ${own[field]}`),
        ', ',
      );
    case 'lots':
      return join(
        [...own.lots, ...own.cards.flatMap(({ lots }) => lots)].map(
          ({ units, until }) => `${units} ${until === null ? 'for ever' : `until ${until}`}`,
        ),
        ', ',
      );
    case 'soon':
      return view?.expiring
        ? `${view.expiring.units} until ${view.expiring.until}, ${view.expiring.days} days`
        : NOTHING;
    case 'next':
      return view?.next ? `${view.next.left} to ${view.next.name}` : NOTHING;
    case 'marks':
      return view?.kind === 'stamps'
        ? join(
            view.marks.map(({ at, name: reward, isTaken }) => `${at} ${reward}${isTaken ? ' (taken)' : ''}`),
          )
        : join(
            (view?.marks ?? []).map(
              ({ at, name: reward, isReached }) => `${at} ${reward}${isReached ? ' (reached)' : ''}`,
            ),
          );
    case 'pass':
      return view?.passUntil ? `until ${view.passUntil}` : NOTHING;
    case 'tier':
      return tellTier(definition, question);
    case 'badges':
      return join(
        listBadges(state, definition).map(
          ({ badge, have, need, isEarned }) => `${badge.name} ${have}/${need}${isEarned ? ' earned' : ''}`,
        ),
      );
    default:
      throw new Error(`nothing to say about ${about}`);
  }
}

const tellCard = ({ stamps, size, spent, version, taken }: PunchCard, several: boolean): string =>
  [
    `${stamps} of ${size}`,
    several ? ` (v${version})` : '',
    spent ? ' spent' : '',
    taken.length > 0 && !spent ? ` with ${taken.join(', ')} taken` : '',
  ].join('');

/** `Gold until 2027-12-31, then Silver; 40.00 to Platinum`. */
function tellTier(definition: ProgramDefinition, { world, given, name, day }: Question): string {
  const view = tierOn(world.stateOf(name), definition, day);
  if (!view) return 'no tiers';
  const amount = (value: number) =>
    definition.tiers?.by === 'spend' ? tellMoney(value, given.currency) : String(value);
  const level = view.level
    ? `${view.level.name} until ${view.until}${view.after ? `, then ${view.after.name}` : ''}`
    : 'none';
  return view.next ? `${level}; ${amount(view.next.left)} to ${view.next.level.name}` : level;
}

/** One line per entry, oldest first. */
function tellHistory({ world, given, name, day }: Question): string {
  const entries = listHistory(world.eventsOf(name), world.stateOf(name), world.book, day);
  return entries
    .toReversed()
    .map((entry) => tellEntry(entry, given))
    .join('\n');
}

function tellEntry(entry: HistoryEntry, { zone, currency }: Case): string {
  if (entry.source === 'calendar') {
    const { what } = entry;
    return what.kind === 'expired'
      ? `${entry.day} ${what.units} ${what.program} expired`
      : `${entry.day} ${what.change.from?.name ?? 'no tier'} ended, now ${what.change.to?.name ?? 'no tier'}`;
  }
  const raised = entry.tiers.map(
    ({ to, isUp }) => `, ${isUp ? 'reached' : 'back to'} ${to?.name ?? 'no tier'}`,
  );
  const undone = entry.undone ? ' (undone)' : '';
  const odd = entry.exceptions.map((kind) => ` [${kind}]`);
  const money = (amount: number) => tellMoney(amount, currency);
  return [plainDayAt(entry.at, zone), ' ', tellFact(entry.what, money), ...raised, undone, ...odd].join('');
}

function tellFact(
  fact: (HistoryEntry & { readonly source: 'event' })['what'],
  money: (amount: number) => string,
): string {
  switch (fact.kind) {
    case 'enrolment':
      return `${fact.isVisit ? 'joined and visited' : 'joined'}${tellSums(fact.sums)}`;
    case 'action':
      return `${fact.action ?? 'an action'}${tellSums(fact.sums)}`;
    case 'purchase':
      return `bought ${fact.offer?.name ?? 'something'} for ${money(fact.price.amount)}${tellSums(fact.sums)}`;
    case 'redemption': {
      const to = fact.charity === undefined ? ' off' : ` to ${fact.charity}`;
      const worth = fact.worth ? `, ${money(fact.worth.amount)}${to}` : '';
      return `took ${fact.reward?.name ?? 'something'}${fact.cost > 0 ? ` for ${fact.cost}` : ''}${worth}`;
    }
    case 'void':
      return `undid ${fact.target?.type ?? 'nothing'}`;
    case 'approval':
      return `approved: ${fact.reason}`;
    case 'visit':
    case 'referral':
    case 'paper-card':
    case 'opening':
    case 'adjustment':
      return `${fact.kind}${tellSums(fact.sums)}`;
    case 'merge':
      return `is the same person as another (${fact.by})`;
    case 'unmerge':
      return `is somebody else after all: ${fact.reason}`;
    case 'erasure':
    case 'profile':
    case 'unknown':
      return fact.kind;
  }
}

const tellSums = (sums: readonly UnitSum[]): string =>
  sums.map(({ program, units, rules }) => `, ${units} ${program} (${rules.join(', ')})`).join('');
