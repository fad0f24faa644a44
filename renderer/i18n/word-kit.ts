import type { TFunction } from 'i18next';
import type { ProgramPlace } from '#shared/domain/program-place.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { Format } from './format.ts';
import { directionOf } from './i18n.ts';

/** What every sentence about a program is made of. */
export interface WordKit {
  readonly t: TFunction<'rules'>;
  readonly format: Format;
  /** A name of the shop's own inside of a sentence: as typed, and on its own side where the directions differ. */
  readonly quote: (name: string) => string;
  /** `3 stamps`, `1,200 points`, or the shop's own word. */
  readonly units: (definition: ProgramDefinition | undefined, count: number) => string;
  /** `Stamps`: all of them. */
  readonly unitWord: (definition: ProgramDefinition) => string;
  readonly money: (amount: number, currency: string | undefined) => string;
  /** `€500`: as a sentence says it. */
  readonly shortMoney: (amount: number, definition: ProgramDefinition) => string;
  /** `12 months` */
  readonly times: (what: TimeWord, count: number) => string;
  readonly day: (day: string) => string;
}

/** One sentence of a program, and the part of the definition it speaks of. */
export interface ProgramSentence {
  readonly place: ProgramPlace;
  readonly text: string;
}

export type TimeWord = 'visits' | 'minutes' | 'days' | 'weeks' | 'months';

/** Stands for a name not typed yet. */
const BLANK = '…';
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

export function createWordKit(t: TFunction<'rules'>, format: Format, language: string): WordKit {
  const isMirrored = directionOf(language) === 'rtl';
  const quote = (name: string) => {
    const shown = name.trim() || BLANK;
    const canTurn = isMirrored || RIGHT_TO_LEFT.test(shown);
    return canTurn ? `${FIRST_STRONG_ISOLATE}${shown}${POP_ISOLATE}` : shown;
  };
  return {
    t,
    format,
    quote,
    units: (definition, count) => {
      const formatted = format.number(count);
      const word = definition?.unit.word;
      if (word) return t('units.own', { formatted, word: quote(count === 1 ? word.one : word.other) });
      return t(definition?.unit.kind === 'points' ? 'units.points' : 'units.stamps', { count, formatted });
    },
    unitWord: ({ unit }) => {
      if (unit.word) return capitalised(quote(unit.word.other), language);
      return t(unit.kind === 'points' ? 'units.pointsWord' : 'units.stampsWord');
    },
    money: (amount, currency) => format.money(amount, currency),
    shortMoney: (amount, { currency }) => format.shortMoney(amount, currency),
    times: (what, count) => t(`times.${what}`, { count, formatted: format.number(count) }),
    day: (day) => (Number.isNaN(Date.parse(`${day}T00:00:00Z`)) ? BLANK : format.day(day)),
  };
}

/** Begins a sentence. Turkish has its own capital i. */
export function capitalised(text: string, language: string): string {
  const start = text.startsWith(FIRST_STRONG_ISOLATE) ? 1 : 0;
  const first = String.fromCodePoint(text.codePointAt(start) ?? 0x20);
  return text.slice(0, start) + first.toLocaleUpperCase(language) + text.slice(start + first.length);
}
