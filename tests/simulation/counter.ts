import { planJoining, planVisit } from '#shared/domain/earn.ts';
import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import { EMPTY_PROFILE, type ProfileContent } from '#shared/domain/profile.ts';
import { listCurrentPrograms } from '#shared/domain/program.ts';
import { listReadyRewards } from '#shared/domain/rewards.ts';
import { VOIDABLE_TYPES, type EventDraft } from '#shared/ledger/event.ts';
import type { EventId, MemberId, PhoneNumber, StaffId } from '#shared/lib/brand.ts';
import { ANSWER_WITHIN_MS } from '#shared/sync/hand-over.ts';
import { planMerging } from './merging.ts';
import { planAudit, planForgetting } from './office.ts';
import type { Till } from './till.ts';

/** What a cashier, or a manager, does next at a till. */

export const STAFF = ['anna', 'bo', 'chi'] as const;

/** What one key does: an event, and what it says about the person. */
export interface Deed {
  readonly draft: EventDraft;
  readonly profile?: ProfileContent;
}

export type Base = Pick<EventDraft, 'id' | 'staff'>;

interface Waiting {
  readonly id: string;
  readonly member: MemberId;
}

export class Counter {
  readonly #till: Till;
  #waiting: Waiting | undefined;

  constructor(till: Till) {
    this.#till = till;
  }

  /** The power is gone, and with it what somebody waited for. */
  forget(): void {
    this.#waiting = undefined;
  }

  base(): Base {
    const { newId, chance } = this.#till.world;
    return { id: newId('event') as EventId, staff: chance.pick(STAFF) as string as StaffId };
  }

  act(): void {
    const till = this.#till;
    if (till.isRunning) till.guarded(() => this.#carryOut(this.#decide()));
  }

  #carryOut(deeds: readonly Deed[]): void {
    const { chance, count } = this.#till.world;
    for (const { draft, profile } of deeds) {
      this.#till.commit(draft, profile);
      if (!chance.happens(0.05)) continue;
      count('double-key');
      this.#till.commit(draft, profile);
    }
  }

  redeemFor(member: MemberId): void {
    const till = this.#till;
    const state = till.cardOf(member);
    if (till.isRunning && state) till.guarded(() => this.#carryOut(this.#redeem(member, state)));
  }

  /** Somebody gives their number: known here, or enrolled. */
  welcome(phone: string): void {
    const till = this.#till;
    if (!till.isRunning) return;
    const known = [...till.disk.profiles.values()].find((profile) => profile.phone === phone);
    till.guarded(() => this.#carryOut(known ? [this.#visit(known.member)] : this.#enrol(phone)));
  }

  /** The same correction at the same moment as somebody else's. */
  correct(member: MemberId): void {
    const till = this.#till;
    if (till.isRunning) till.guarded(() => this.#carryOut(this.#edit(member)));
  }

  forgetSomebody(member: MemberId): void {
    const till = this.#till;
    if (till.isRunning) till.guarded(() => this.#carryOut(planForgetting(till, member, () => this.base())));
  }

  #decide(): readonly Deed[] {
    const { world, disk } = this.#till;
    const { chance, people } = world;
    const members = [...disk.members.keys()].filter((member) => !disk.erased.has(member));
    const kind = chance.below(100);
    if (members.length === 0 || kind < (members.length < 10 ? 12 : 2)) {
      const isOld = people.length > 0 && chance.happens(0.3);
      return this.#enrol(isOld ? chance.pick(people) : `555${1000 + people.length}`);
    }
    const member = chance.pick(members) as MemberId;
    if (kind < 60) return [this.#visit(member)];
    if (kind < 78) return this.#redeem(member, this.#stateOf(member));
    if (kind < 85) return this.#voidSomething(member);
    if (kind < 88) return this.#adjust(member);
    if (kind < 89) {
      world.count('newer-event-type');
      const odd = { ...this.base(), type: 'teleport', member, data: { to: 'the future' } };
      return [{ draft: odd as unknown as EventDraft }];
    }
    if (kind < 91) return this.#publish();
    if (kind < 95) return this.#edit(member);
    if (kind < 97) return planMerging(this.#till, this.base());
    return planAudit(this.#till, member, () => this.base());
  }

  #stateOf(member: MemberId): MemberState {
    return this.#till.cardOf(member) ?? emptyMemberState(member);
  }

  #enrol(phone: string): readonly Deed[] {
    const { world, disk } = this.#till;
    const isKnown = [...disk.profiles.values()].some((profile) => profile.phone === phone);
    if (isKnown) return [];
    const member = world.newId('member') as MemberId;
    const data = { by: 'phone' as const, visit: 0, grants: planJoining(listCurrentPrograms(disk.book)) };
    if (world.people.includes(phone)) world.count('enrolled-twice');
    else world.people.push(phone);
    world.sharePerson(this.#till, phone);
    const profile = { ...EMPTY_PROFILE, name: this.#newName(), phone: phone as PhoneNumber };
    return [{ draft: { ...this.base(), type: 'enrolment', member, data }, profile }];
  }

  /** No two versions of anybody have the same name: what is left of one can be found. */
  #newName(): string {
    return this.#till.world.newId('name');
  }

  #edit(member: MemberId): readonly Deed[] {
    const before = this.#till.disk.profiles.get(member);
    if (!before) return [];
    const { phone, card, birthday, note } = before;
    const { chance, timeline, count } = this.#till.world;
    if (chance.happens(0.3)) {
      // A slip of the pen is seen at once, while the document is on its way.
      count('edited-at-once-again');
      timeline.after(chance.below(1500), () => this.correct(member));
    }
    const profile = { name: this.#newName(), phone, card, birthday, note };
    return [{ draft: { ...this.base(), type: 'profile', member, data: { fields: ['name'] } }, profile }];
  }

  #visit(member: MemberId): Deed {
    const till = this.#till;
    const { chance } = till.world;
    const sale = chance.happens(0.5) ? { amount: chance.below(3000), lines: [], type: null } : undefined;
    const plan = planVisit({
      state: this.#stateOf(member),
      programs: listCurrentPrograms(till.disk.book),
      count: 1 + chance.below(2),
      sale,
      atMs: till.wall(),
      day: till.day(),
      timeZone: 'UTC',
    });
    const data = {
      count: 1,
      grants: [...plan.grants],
      donations: [...plan.donations],
      ...(sale ? { sale } : {}),
    };
    return { draft: { ...this.base(), type: 'visit', member, data } };
  }

  #redeem(member: MemberId, state: MemberState): readonly Deed[] {
    const till = this.#till;
    const ready = listReadyRewards(state, till.disk.book, { day: till.day(), birthday: null });
    if (ready.length === 0) return [];
    const { program, version, reward, cost } = till.world.chance.pick(ready);
    const given = reward.kind === 'donation' ? { amount: reward.amount, charity: reward.charity } : {};
    const data = { program, version, reward: reward.id, cost, ...given };
    return [{ draft: { ...this.base(), type: 'redemption', member, data } }];
  }

  #voidSomething(member: MemberId): readonly Deed[] {
    const { disk } = this.#till;
    const own = (disk.members.get(member) ?? []).flatMap((n) => disk.at(n) ?? []);
    const target = own.findLast(({ event }) => VOIDABLE_TYPES.has(event.type) && event.type !== 'enrolment');
    if (!target) return [];
    return [{ draft: { ...this.base(), type: 'void', member, data: { target: target.event.id } } }];
  }

  #adjust(member: MemberId): readonly Deed[] {
    const { disk, world } = this.#till;
    const [program] = listCurrentPrograms(disk.book);
    if (!program) return [];
    const units = world.chance.below(9) - 4;
    const grants = [{ program: program.id, version: program.version, rule: 'adjustment', units }];
    return [
      { draft: { ...this.base(), type: 'adjustment', member, data: { grants, reason: 'counted again' } } },
    ];
  }

  #publish(): readonly Deed[] {
    const { world, disk, name } = this.#till;
    const next = world.definitions.find(
      ({ id, version }) => !disk.book.get(id)?.some((known) => known.version === version),
    );
    if (!next) return [];
    // Two tills that do not hear of each other may mean different things by the same version.
    const program = { ...next, name: `${next.name} of ${name}` };
    return [{ draft: { ...this.base(), type: 'program', data: { program } } }];
  }

  // Handing over.

  awaitAnswer(id: string, member: MemberId): void {
    const till = this.#till;
    this.#waiting = { id, member };
    const { life } = till;
    till.world.timeline.after(ANSWER_WITHIN_MS, () => {
      if (till.life === life && this.#waiting?.id === id) till.guarded(() => this.#handOver(false));
    });
  }

  /** Everything up to the endpoint's last place is here: an own redemption may have got its place with it. */
  hearWhole(): void {
    const waiting = this.#waiting && this.#till.disk.find(this.#waiting.id);
    if (waiting && waiting.g !== null) this.#handOver(true);
  }

  #handOver(isAnswered: boolean): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = undefined;
    const till = this.#till;
    const { chance, kit, rule, confirmed } = till.world;
    const { member, id } = waiting;
    const decided = kit.protocol.decideHandOver({
      redemption: id,
      confirmed: isAnswered ? till.cardOf(member) : undefined,
      isSetAside: till.disk.marks.setAside.some((aside) => aside.id === id),
      rule,
      isMainTill: till.name === 'till 1',
      isApproved: chance.happens(0.7),
    });
    if (decided.do === 'hand-over') {
      // Who cannot read everything cannot be sure either.
      if (decided.isConfirmed && till.disk.unreadTypes.size === 0) confirmed.add(id);
      return;
    }
    const data = { target: id, reason: decided.do === 'void' ? decided.because : 'not approved' };
    till.commit({ ...this.base(), type: 'void', member, data });
  }
}
