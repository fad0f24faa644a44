import { stateOn } from '#shared/domain/fold.ts';
import { listHistory, type HistoryEntry } from '#shared/domain/history.ts';
import { findProgramState } from '#shared/domain/member-state.ts';
import { listProgramViews } from '#shared/domain/rewards.ts';
import { tierOn } from '#shared/domain/tier.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import { createFormat } from '#renderer/i18n/format.ts';
import { createI18n } from '#renderer/i18n/i18n.ts';
import { createProgramWords } from '#renderer/i18n/program-words.ts';
import type { Question } from './tell.ts';

/** The same in the words that the app uses, in English. */

const LANGUAGE = 'en';
const i18n = await createI18n(LANGUAGE);
const words = createProgramWords(i18n.getFixedT(LANGUAGE, 'rules'), createFormat(LANGUAGE), LANGUAGE);

/** @param about `history`, `soon coffee`, `tier points`, `pass club`, `rules coffee`. */
export function sayInWords(about: string, { world, given, name, day }: Question): string {
  const state = world.stateOf(name);
  if (about === 'history') {
    const entries = listHistory(world.eventsOf(name), state, world.book, day).toReversed();
    return entries.map((entry) => sayEntry(entry, given.zone)).join('\n');
  }
  const [what = '', id = ''] = about.split(' ');
  const definition = world.bookNow().get(id)?.at(-1);
  const view = listProgramViews(state, world.bookNow(), day).find(({ program }) => program === id);
  if (!definition || !view) throw new Error(`nothing to say about ${about}`);
  switch (what) {
    case 'soon':
      return view.expiring ? words.expiring(view.expiring, definition) : 'nothing';
    case 'tier':
      return words.tier(tierOn(state, definition, day), definition).join('\n');
    case 'pass':
      return words.pass(findProgramState(stateOn(state, day, world.book), id)?.passUntil ?? '');
    case 'rules':
      return words
        .sentences(definition)
        .map(({ text }) => text)
        .join('\n');
    default:
      throw new Error(`nothing to say about ${about}`);
  }
}

/** `2026-03-03 2 stamps: visit, Double Tuesday` */
function sayEntry(entry: HistoryEntry, zone: string): string {
  if (entry.source === 'calendar') {
    const { what } = entry;
    return what.kind === 'expired'
      ? `${entry.day} ${words.units(what.definition, what.units)} expired`
      : `${entry.day} ${what.change.to?.name ?? 'no level'}`;
  }
  const { what } = entry;
  const parts =
    'sums' in what
      ? what.sums.map(
          ({ definition, units, rules }) =>
            `${words.units(definition, units)}: ${rules.map((rule) => words.rule(definition, rule)).join(', ')}`,
        )
      : what.kind === 'redemption' && what.reward && what.definition
        ? [words.reward(what.reward, what.definition)]
        : [what.kind];
  const raised = entry.tiers.map(({ to }) => to?.name ?? 'no level');
  return `${plainDayAt(entry.at, zone)} ${[...parts, ...raised].join('; ')}${entry.undone ? ' (undone)' : ''}`;
}
