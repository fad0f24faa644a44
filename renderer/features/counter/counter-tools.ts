import type { Store } from '#renderer/data/store.ts';
import { storageProblemOf } from '#renderer/data/storage-problem.ts';
import type { Sound } from '#renderer/platform/sounds.ts';
import { listSaleNeeds } from '#shared/domain/earn.ts';
import { listCurrentPrograms, type ProgramDefinition } from '#shared/domain/program.ts';
import type { Sale } from '#shared/ledger/event.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import type { Clock, Ids, Log } from '#shared/lib/ports.ts';
import type { CounterActions } from './counter-actions.ts';
import type { CounterCommands } from './counter.commands.ts';
import type { CounterResult, RedeemRequest } from './counter-requests.ts';
import type { HandOver } from './hand-over.commands.ts';
import type { CounterPreferences, CounterState, ShownFailure } from './counter-state.ts';
import { askedPart, saleOf } from './sale-entry.ts';
import { needsSale } from './visit-plan.ts';

/** The parts of the open store the counter works on. */
export type CounterData = Pick<Store, 'database' | 'ledger' | 'search' | 'identity' | 'region'>;

export interface CounterDeps {
  readonly store: CounterData;
  readonly commands: CounterCommands;
  /** Asked before a reward is handed over. Absent: no other till can have given it. */
  readonly handOver?: HandOver;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly play: (sound: Sound, volume: number) => void;
}

/** What every part of the counter's store works with. */
export interface CounterTools extends Omit<CounterDeps, 'play'> {
  readonly get: () => CounterState & CounterActions;
  readonly set: (change: Partial<CounterState>) => void;
  readonly preferences: () => CounterPreferences;
  readonly play: (sound: Sound) => void;
  readonly fail: (failure: ShownFailure) => void;
  /** A read that fails is said; it never leaves a rejection behind. */
  readonly guarded: (work: () => Promise<void>) => Promise<void>;
  readonly today: () => PlainDay;
  /** The current version of each, as of now. */
  readonly listPrograms: () => readonly ProgramDefinition[];
  /** What was said about the sale, as far as programs still ask. */
  readonly bought: () => Sale | undefined;
  /** Every program asks what is bought, and nobody has said it yet. */
  readonly lacksSale: () => boolean;
  /** Redeems, and asks whether it may be handed over. */
  readonly giveReward: (request: RedeemRequest) => Promise<CounterResult>;
}

export function createTools(
  deps: CounterDeps,
  access: Pick<CounterTools, 'get' | 'set' | 'preferences'>,
): CounterTools {
  const { clock, log, store } = deps;
  const listPrograms = () => listCurrentPrograms(store.ledger.programs());
  const bought = () => saleOf(askedPart(access.get().sale, listSaleNeeds(listPrograms())));
  const play = (sound: Sound) => deps.play(sound, access.preferences().volume);
  const fail = (failure: ShownFailure) => {
    play('refused');
    access.set({ failure });
  };
  return {
    ...deps,
    ...access,
    play,
    fail,
    async guarded(work) {
      try {
        await work();
      } catch (error) {
        const problem = storageProblemOf(error);
        log.error('counter-read', { problem });
        fail({ code: 'storage', problem });
      }
    },
    today: () => plainDayAt(clock.now(), clock.timeZone()),
    listPrograms,
    bought,
    async giveReward(request) {
      const { commands, handOver } = deps;
      const redeemed = await commands.redeem(request);
      if (!redeemed.ok || !handOver?.hasOthers()) return redeemed;
      access.set({ isAsking: true });
      try {
        return await handOver.confirm(redeemed.value, request.member);
      } finally {
        access.set({ isAsking: false });
      }
    },
    lacksSale: () => bought() === undefined && needsSale(listPrograms()),
  };
}
