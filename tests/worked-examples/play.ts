import { birthdayYearOn } from '#shared/domain/birthday-gift.ts';
import { planAction, planJoining, planReferral, planVisit, type LimitBreach } from '#shared/domain/earn.ts';
import { foldMember } from '#shared/domain/fold.ts';
import { emptyMemberState, findProgramState, type MemberState } from '#shared/domain/member-state.ts';
import {
  costOf,
  makeProgramBook,
  type Offer,
  type ProgramBook,
  type ProgramDefinition,
  type Reward,
} from '#shared/domain/program.ts';
import { listReadyRewards, type ReadyReward, type RewardContext } from '#shared/domain/rewards.ts';
import {
  UNASSIGNED_STAFF,
  type EventData,
  type EventDraft,
  type Grant,
  type KnownEvent,
  type Sale,
} from '#shared/ledger/event.ts';
import { sealEvent, type StreamHead } from '#shared/ledger/stream.ts';
import type { EventId, MemberId, PlainDay, ShopId, StreamId, TillId } from '#shared/lib/brand.ts';
import { formatHlc, HLC_ZERO, tickHlc } from '#shared/lib/hlc.ts';
import { addMonths, plainDayAt } from '#shared/lib/plain-day.ts';
import type { Case, Step } from './read-cases.ts';
import { categoryOf, moneyReader, slug } from './read-program.ts';

/** Plays the actions of a worked example through the real planners, as the counter does, into a real ledger. */

type Act = Step & { readonly kind: 'act' };
type Words = Readonly<Record<string, string | undefined>>;
type Draft = { [Type in EventDraft['type']]: { type: Type; data: EventData<Type> } }[EventDraft['type']];

/** What an action came to: its grants, or why it was refused. */
export interface Outcome {
  readonly grants: readonly Grant[];
  readonly refusal: string | undefined;
}

const refused = (refusal: string): Outcome => ({ grants: [], refusal });
const SALE =
  '(?: x(?<count>\\d+))?(?: spends (?<amount>[\\d.]+))?(?: buying (?<lines>[^"]+?))?(?: as "(?<type>[^"]+)")?(?<anyway> anyway)?';

export interface World {
  readonly book: ProgramBook;
  readonly current: () => readonly ProgramDefinition[];
  /** The versions published so far. */
  readonly bookNow: () => ProgramBook;
  readonly act: (step: Act) => Outcome;
  readonly eventsOf: (name: string) => readonly KnownEvent[];
  readonly stateOf: (name: string) => MemberState;
}

export const memberOf = (name: string): MemberId => slug(name) as MemberId;

export function createWorld({ programs, zone, currency, birthdays }: Case): World {
  const book = makeProgramBook(programs);
  const published = new Map<string, ProgramDefinition>();
  for (const [id, [first]] of book) if (first) published.set(id, first);
  const events: KnownEvent[] = [];
  const till = 'till-1' as TillId;
  let head: StreamHead = { stream: 'stream-1' as StreamId, seq: 0, link: '' };
  let clock = HLC_ZERO;
  const money = moneyReader(currency);

  const eventsOf = (name: string) => events.filter(({ member }) => member === memberOf(name));
  const stateOf = (name: string) => foldMember(memberOf(name), eventsOf(name), book);
  const current = () => [...published.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const nextId = (ahead = 0) => `event-${events.length + ahead}` as EventId;

  function seal(name: string, wall: number, draft: Draft, id = nextId()): void {
    clock = tickHlc(clock, wall);
    const sealed = sealEvent({ id, staff: UNASSIGNED_STAFF, member: memberOf(name), ...draft }, head, {
      shop: 'shop-1' as ShopId,
      till,
      hlc: formatHlc(clock, till),
      wall,
      tz: zone,
      day: plainDayAt(wall, zone),
    });
    head = sealed.head;
    events.push(sealed.event);
  }

  const bookNow = (): ProgramBook =>
    new Map(
      [...book].map(([id, versions]) => [
        id,
        versions.filter(({ version }) => version <= (published.get(id)?.version ?? 0)),
      ]),
    );

  function visit(name: string, wall: number, words: Words, joins: boolean): Outcome {
    const state = stateOf(name);
    const day = plainDayAt(wall, zone);
    const sale = saleOf(words);
    const count = Number(words['count'] ?? '1');
    const plan = planVisit({ state, programs: current(), count, sale, atMs: wall, day, timeZone: zone });
    const overLimit = overLimitOf(plan.breaches, words);
    if (overLimit === null) return refused(tellBreaches(plan.breaches));
    const bringer = words['bringer'] ?? nameOf(state.referredBy);
    const referrer = bringer === undefined ? undefined : stateOf(bringer);
    const paid = planReferral({ friend: state, referrer, programs: current() });
    const isPaid = bringer !== undefined && paid.referrer.length > 0;
    const grants = [...(joins ? planJoining(current()) : []), ...plan.grants, ...paid.friend];
    const id = nextId();
    const companion = nextId(1);
    const bought = {
      grants,
      ...(sale ? { sale } : {}),
      ...(plan.donations.length > 0 ? { donations: [...plan.donations] } : {}),
      ...(overLimit ? { overLimit } : {}),
      ...(isPaid ? { referral: companion } : {}),
    };
    if (joins) {
      const by = words['bringer'] === undefined ? {} : { referredBy: memberOf(words['bringer']) };
      seal(name, wall, { type: 'enrolment', data: { by: 'phone', visit: count, ...bought, ...by } }, id);
    } else seal(name, wall, { type: 'visit', data: { count, ...bought } }, id);
    if (isPaid) {
      const data = { friend: memberOf(name), visit: id, grants: [...paid.referrer] };
      seal(bringer, wall, { type: 'referral', data }, companion);
    }
    return { grants, refusal: undefined };
  }

  const nameOf = (member: MemberId | null): string | undefined => member ?? undefined;

  function saleOf({ amount, lines, type }: Words): Sale | undefined {
    if (amount === undefined && lines === undefined && type === undefined) return undefined;
    return {
      amount: amount === undefined ? null : money(amount),
      lines: (lines?.split(', ') ?? []).map((text) => {
        const { count, category, item } = (/^(?<count>\d+) (?:of (?<category>.+)|(?<item>.+))$/.exec(text)
          ?.groups ?? {}) as Words;
        if (count === undefined) throw new Error(`nothing bought: ${text}`);
        if (item === undefined) return { item: null, category: category ?? null, count: Number(count) };
        return { item, category: categoryOf(current(), item), count: Number(count) };
      }),
      type: type ?? null,
    };
  }

  function join(name: string, wall: number, words: Words): Outcome {
    if (words['visits'] !== undefined) return visit(name, wall, words, true);
    const grants = planJoining(current());
    const by = words['bringer'] === undefined ? {} : { referredBy: memberOf(words['bringer']) };
    seal(name, wall, { type: 'enrolment', data: { by: 'phone', visit: 0, grants, ...by } });
    return { grants, refusal: undefined };
  }

  /** `points 120, coffee 5, club pass until 2027-05-03, points tier Gold until 2027`. */
  function bring(name: string, wall: number, text: string, isNew: boolean): Outcome {
    const grants: Grant[] = [];
    const standings: NonNullable<EventData<'opening'>['standings']> = [];
    for (const part of text.split(', ')) {
      const {
        program = '',
        units,
        pass,
        level,
        until,
      } = (/^(?<program>\S+) (?:(?<units>\d+)|pass until (?<pass>\S+)|tier (?<level>\S+) until (?<until>\d+))$/.exec(
        part,
      )?.groups ?? {}) as Words;
      const version = published.get(program)?.version ?? 1;
      if (units !== undefined) grants.push({ program, version, rule: 'opening', units: Number(units) });
      else if (pass !== undefined) standings.push({ program, passUntil: pass });
      else standings.push({ program, tier: { level: slug(level ?? ''), until: Number(until) } });
    }
    const data = { grants, standings };
    if (isNew)
      seal(name, wall, { type: 'enrolment', data: { by: 'import', visit: 0, import: 'import-1', ...data } });
    else seal(name, wall, { type: 'opening', data: { import: 'import-1', ...data } });
    return { grants, refusal: undefined };
  }

  function does(name: string, wall: number, words: Words): Outcome {
    const program = current().find(({ earn }) =>
      earn.some((rule) => rule.id === slug(words['action'] ?? '')),
    );
    const day = plainDayAt(wall, zone);
    const action = slug(words['action'] ?? '');
    const plan = program && planAction({ state: stateOf(name), program, action, day });
    if (!program || !plan) return refused('no such action');
    const overLimit = overLimitOf(plan.breaches, words);
    if (overLimit === null) return refused(tellBreaches(plan.breaches));
    const data = { program: program.id, version: program.version, action, grants: [...plan.grants] };
    seal(name, wall, { type: 'action', data: { ...data, ...(overLimit ? { overLimit } : {}) } });
    return { grants: plan.grants, refusal: undefined };
  }

  function purchase(name: string, wall: number, offerName: string): Outcome {
    const found = current()
      .filter((program) => !program.isWithdrawn)
      .flatMap((program) => (program.offers ?? []).map((offer) => ({ program, offer })))
      .find(({ offer }) => offer.name === offerName);
    if (!found) return refused('not for sale');
    const { program, offer } = found;
    const validUntil = findProgramState(stateOf(name), program.id)?.passUntil ?? null;
    const what = boughtWith(offer, program, plainDayAt(wall, zone), validUntil);
    const data = {
      program: program.id,
      version: program.version,
      offer: offer.id,
      price: offer.price,
      currency,
    };
    seal(name, wall, { type: 'purchase', data: { ...data, ...what } });
    return { grants: what.grants, refusal: undefined };
  }

  function take(name: string, wall: number, words: Words): Outcome {
    const { reward: rewardName = '', cost } = words;
    const day = plainDayAt(wall, zone);
    const context = { day, birthday: birthdays.get(name) ?? null };
    const ready = listReadyRewards(stateOf(name), bookNow(), context).find(
      ({ reward, version }) =>
        reward.name === rewardName &&
        (words['version'] === undefined || version === Number(words['version'])),
    );
    const chosen = cost === undefined ? undefined : Number(cost);
    if (words['till'] === undefined) {
      if (!ready) return refused('not ready');
      if (chosen !== undefined && chosen > (ready.maxCost ?? 0)) return refused('too many');
    }
    const offer = ready ?? findReward(rewardName, context);
    if (!offer) throw new Error(`no reward ${rewardName}`);
    const { program, version, reward, birthdayYear } = offer;
    const data = {
      program,
      version,
      reward: reward.id,
      cost: chosen ?? offer.cost,
      ...(birthdayYear === undefined ? {} : { birthdayYear }),
      ...worthOf(reward, chosen ?? offer.cost),
    };
    seal(name, wall, { type: 'redemption', data });
    return { grants: [], refusal: undefined };
  }

  /** What a till offers that does not know of the others. */
  function findReward(
    name: string,
    context: RewardContext,
  ): Omit<ReadyReward, 'times' | 'until'> | undefined {
    const giftOf = ({ birthday }: Reward) => (birthday ? birthdayYearOn(context, birthday) : undefined);
    return current()
      .flatMap((program) =>
        program.rewards.map((reward) => ({
          program: program.id,
          version: program.version,
          reward,
          cost: costOf(reward, program),
          ...(giftOf(reward) ? { birthdayYear: giftOf(reward)?.year ?? 0 } : {}),
        })),
      )
      .find(({ reward }) => reward.name === name);
  }

  function undo(name: string, wall: number, day: string | undefined, type: string | undefined): Outcome {
    const voided = new Set(events.flatMap((event) => (event.type === 'void' ? event.data.target : [])));
    const target = eventsOf(name).findLast(
      (event) =>
        event.type !== 'void' &&
        !voided.has(event.id) &&
        (day === undefined || event.day === day) &&
        (type === undefined || event.type === TYPES[type]),
    );
    if (!target) throw new Error('nothing to undo');
    seal(name, wall, { type: 'void', data: { target: target.id } });
    const companion =
      target.type === 'visit' || target.type === 'enrolment' ? target.data.referral : undefined;
    const other = events.find(({ id }) => id === companion)?.member;
    if (companion !== undefined && other !== undefined) {
      seal(other, wall, { type: 'void', data: { target: companion } });
    }
    return { grants: [], refusal: undefined };
  }

  function correct(name: string, wall: number, { program = '', units }: Words): Outcome {
    const version = published.get(program)?.version ?? 1;
    const grants = [{ program, version, rule: 'adjustment', units: Number(units) }];
    seal(name, wall, { type: 'adjustment', data: { grants, reason: 'worked example' } });
    return { grants, refusal: undefined };
  }

  function handIn(name: string, wall: number, { program = '', units }: Words): Outcome {
    const version = published.get(program)?.version ?? 1;
    const grants = [{ program, version, rule: 'paper-card', units: Number(units) }];
    seal(name, wall, { type: 'paper-card', data: { grants } });
    return { grants, refusal: undefined };
  }

  function publish(id: string, version: number): Outcome {
    const definition = book.get(id)?.find((candidate) => candidate.version === version);
    if (!definition) throw new Error(`no version ${version} of ${id}`);
    published.set(id, definition);
    return { grants: [], refusal: undefined };
  }

  const VERBS: readonly (readonly [RegExp, (name: string, wall: number, words: Words) => Outcome])[] = [
    [new RegExp(`^joins(?: brought by (?<bringer>\\w+))?(?: and (?<visits>visits)${SALE})?$`), join],
    [new RegExp(`^visits${SALE}$`), (name, wall, words) => visit(name, wall, words, false)],
    [/^is imported with (?<text>.+)$/, (name, wall, { text = '' }) => bring(name, wall, text, true)],
    [/^brings along (?<text>.+)$/, (name, wall, { text = '' }) => bring(name, wall, text, false)],
    [/^does (?<action>.+?)(?<anyway> anyway)?$/, does],
    [/^purchases (?<offer>.+)$/, (name, wall, { offer = '' }) => purchase(name, wall, offer)],
    [
      /^takes (?<reward>.+?)(?: using (?<cost>\d+))?(?: of version (?<version>\d+))?(?<till> at another till)?$/,
      take,
    ],
    [/^hands in a paper card of (?<units>\d+) for (?<program>\S+)$/, handIn],
    [/^is corrected in (?<program>\S+) by (?<units>[+-]\d+)$/, correct],
    [
      /^undoes the (?:last action|(?<type>[a-z ]+) of (?<day>\S+))$/,
      (name, wall, { type, day }) => undo(name, wall, day, type),
    ],
  ];

  function act(step: Act): Outcome {
    const news = /^the shop publishes (\S+) v(\d+)$/.exec(step.text);
    if (news) return publish(news[1] ?? '', Number(news[2]));
    const [, name = '', text = ''] = /^(\w+) (.+)$/.exec(step.text) ?? [];
    for (const [pattern, run] of VERBS) {
      const words = pattern.exec(text);
      if (words) return run(name, momentOf(step, zone), words.groups ?? {});
    }
    throw new Error(`line ${step.line}: not understood: ${step.text}`);
  }

  return {
    book,
    current,
    bookNow,
    act,
    eventsOf,
    stateOf: (name) => (eventsOf(name).length === 0 ? emptyMemberState(memberOf(name)) : stateOf(name)),
  };
}

const TYPES: Readonly<Record<string, KnownEvent['type']>> = {
  visit: 'visit',
  joining: 'enrolment',
  purchase: 'purchase',
  reward: 'redemption',
  action: 'action',
  correction: 'adjustment',
};

/** A pass bought before the old one ends begins where that one ends. */
function boughtWith(
  offer: Offer,
  { id, version }: ProgramDefinition,
  day: PlainDay,
  validUntil: PlainDay | null,
): Pick<EventData<'purchase'>, 'grants' | 'passUntil'> {
  if (offer.kind === 'prepaid') {
    return { grants: [{ program: id, version, rule: offer.id, units: offer.units }] };
  }
  const from = validUntil !== null && validUntil > day ? validUntil : day;
  return { grants: [], passUntil: addMonths(from, offer.months) };
}

function worthOf(reward: Reward, cost: number): Pick<EventData<'redemption'>, 'amount' | 'charity'> {
  if (reward.kind === 'amount-off') return { amount: reward.amount };
  if (reward.kind === 'donation') return { amount: reward.amount, charity: reward.charity };
  if (reward.kind === 'chosen-points') return { amount: (cost / reward.step) * reward.amount };
  return {};
}

const tellBreaches = (breaches: readonly LimitBreach[]): string =>
  `stopped by ${breaches.map(({ limit, program }) => `${limit} of ${program}`).join(', ')}`;

/** Null: the limits refuse. */
function overLimitOf(breaches: readonly LimitBreach[], words: Words) {
  if (breaches.length === 0) return undefined;
  if (words['anyway'] === undefined) return null;
  return { limits: [...new Set(breaches.map(({ limit }) => limit))], reason: 'worked example' };
}

function momentOf({ day, time, isSecond, line }: Act, zone: string): number {
  const plain = Temporal.PlainDateTime.from(`${day}T${time}`);
  const moment = plain.toZonedDateTime(zone, { disambiguation: isSecond ? 'later' : 'earlier' });
  // An example must not name a time that no clock shows.
  if (!moment.toPlainDateTime().equals(plain))
    throw new Error(`line ${line}: ${day} ${time} does not exist in ${zone}`);
  return moment.epochMilliseconds;
}

/** `coffee visit 1, coffee double-tuesday 1`. */
export const tellOutcome = ({ grants, refusal }: Outcome): string =>
  refusal ??
  (grants.length === 0
    ? 'nothing'
    : grants.map(({ program, rule, units }) => `${program} ${rule} ${units}`).join(', '));
