import type { ProgramBook } from '#shared/domain/program.ts';

/** The currency of the program that gives to `charity`; else the shop's first one. */
export function currencyOfCharity(charity: string, programs: ProgramBook): string | undefined {
  const known = [...programs.values()].flatMap((versions) => versions.toReversed());
  const giving = known.find(
    ({ charity: own, rewards }) =>
      own?.name === charity ||
      rewards.some((reward) => reward.kind === 'donation' && reward.charity === charity),
  );
  return giving?.currency ?? known.find(({ currency }) => currency !== undefined)?.currency;
}
