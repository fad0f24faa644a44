import { birthdayYearOn } from '#shared/domain/birthday-gift.ts';
import type { ProgramState } from '#shared/domain/member-state.ts';
import type { ProgramDefinition, Reward } from '#shared/domain/program.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { addDays } from '#shared/lib/plain-day.ts';

/** Where a birthday gift stands, as the member's page shows it. */
export interface BirthdayGift {
  readonly reward: Reward;
  readonly state:
    | { readonly kind: 'no-birthday' }
    /** It may be taken now; whether a level, a pass or points are missing is another question. */
    | { readonly kind: 'open'; readonly until: PlainDay }
    | { readonly kind: 'taken'; readonly year: number; readonly next: PlainDay }
    | { readonly kind: 'waiting'; readonly from: PlainDay };
}

/** Every window opens once a year, on 29 February's account a day later or earlier; none is further away. */
const LONGEST_WAIT_DAYS = 367;

export function listBirthdayGifts(
  definition: ProgramDefinition,
  own: Pick<ProgramState, 'gifts'>,
  person: { readonly birthday: PlainDay | null; readonly day: PlainDay },
): BirthdayGift[] {
  return definition.rewards.flatMap((reward) => {
    if (!reward.birthday || definition.isWithdrawn) return [];
    return [{ reward, state: stateOf(reward, reward.birthday, own, person) }];
  });
}

function stateOf(
  reward: Reward,
  window: NonNullable<Reward['birthday']>,
  own: Pick<ProgramState, 'gifts'>,
  { birthday, day }: { readonly birthday: PlainDay | null; readonly day: PlainDay },
): BirthdayGift['state'] {
  if (birthday === null) return { kind: 'no-birthday' };
  const open = birthdayYearOn({ day, birthday }, window);
  if (!open) return { kind: 'waiting', from: nextDay(day, birthday, window) };
  const isTaken = own.gifts.some((gift) => gift.reward === reward.id && gift.year === open.year);
  if (!isTaken) return { kind: 'open', until: open.until };
  return { kind: 'taken', year: open.year, next: nextDay(addDays(open.until, 1), birthday, window) };
}

/** The first day from `day` on at which a window is open: asked day by day, so that one rule decides. */
function nextDay(
  day: PlainDay,
  birthday: PlainDay,
  window: { readonly daysBefore: number; readonly daysAfter: number },
): PlainDay {
  const from = day < birthday ? birthday : day;
  for (let ahead = 0; ahead <= LONGEST_WAIT_DAYS; ahead += 1) {
    const candidate = addDays(from, ahead);
    if (birthdayYearOn({ day: candidate, birthday }, window)) return candidate;
  }
  return from;
}
