import type { MemberId, PhoneNumber } from '#shared/lib/brand.ts';

/**
 * Made-up members, each a pure function of its index: the page that loads a million of them and the driver that types
 * their numbers need not tell each other anything.
 */

export interface MadeUpMember {
  readonly id: MemberId;
  readonly phone: PhoneNumber;
  /** The number as it is said in the shop's country. */
  readonly dialled: string;
  readonly name: string;
  /** When they joined, milliseconds since 1970 UTC. Rises with the index. */
  readonly joinedAt: number;
}

export const COUNTRY = 'FR';
const EIGHT_DIGITS = 100_000_000;
/** Odd and no multiple of five, so that every index below 10^8 has a number of its own. */
const SPREAD = 48_271_337;
/** Two years of joining. */
const FIRST_JOINED_AT = Date.UTC(2024, 0, 1, 8);
const JOINING_GAP_MS = 63_000;

const FIRST_NAMES =
  'Ada Adèle Agathe Ahmet Aisha Alain Aline Amélie Anaïs André Anna Anouk Antoine Arthur Ayşe Basile Béatrice Benoît Brigitte Camille Can Carla Cécile Céline Charles Chloé Claire Clara Clément Côme Damien Daniel David Denis Diane Edgar Elif Élise Émile Emma Enzo Éric Esra Estelle Étienne Eva Fabien Fatma Félix Florian Françoise Gabriel Gaël Georges Gül Hakan Hanna Hélène Hugo Ida Inès Irène Jade Jean Jeanne Joël Jules Julie Karim Kerem Laura Léa Léo Lila Lina Louis Lucie Lukas Malika Manon Marc Marie Mathis Maxime Mehmet Mia Mila Nadia Naël Nina Noah Noémie Olga Omar Oskar Paul Pauline Pierre Quentin Rachel Rémi Rose Sacha Samir Sara Selin Simon Sofia Tara Théo Thomas Tom Uma Valentin Vera Victor Wanda Xavier Yanis Yasmine Yves Zeynep Zoé'.split(
    ' ',
  );
const SURNAME_STARTS =
  'Al Bar Ber Bon Car Cha Dar Del Dou Fer Fon Gar Ger Gi Hal Her Jan Ka La Le Lo Mar Mer Mon Na No Ol Par Per Pi Ra Ri Ro Sal Ser Si Ta Tor Va Ver Wal Ya Zan'.split(
    ' ',
  );
const SURNAME_MIDDLES = 'a an ar e el en er i il in o on or u ul'.split(' ');
const SURNAME_ENDS =
  'bert card chard del dier don fort gnon lard leau let lier lin mand mann met nard net nier quet raud ret rez rier rin ron sard seau sier son tel tier ton vel vier vin zon'.split(
    ' ',
  );

export function memberAt(index: number): MadeUpMember {
  const digits = String(Number((BigInt(index) * BigInt(SPREAD)) % BigInt(EIGHT_DIGITS))).padStart(8, '0');
  const joinedAt = joiningMomentOf(index);
  return {
    id: idOf(index, joinedAt),
    phone: `+336${digits}` as PhoneNumber,
    dialled: `06${digits}`,
    name: nameOf(index),
    joinedAt,
  };
}

const joiningMomentOf = (index: number): number => FIRST_JOINED_AT + index * JOINING_GAP_MS;

/** Shaped and sorted like the ids that the app makes (UUIDv7), without their randomness. */
export function idOf(index: number, atMs: number, kind = 0): MemberId {
  const time = atMs.toString(16).padStart(12, '0');
  const tail = scramble(index).toString(16).padStart(8, '0') + index.toString(16).padStart(6, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${String(kind).padStart(3, '0')}-8${tail.slice(0, 3)}-${tail
    .slice(3)
    .padEnd(12, '0')
    .slice(0, 12)}` as MemberId;
}

function nameOf(index: number): string {
  const draw = scramble(index);
  const pick = (words: readonly string[], shift: number) =>
    words[Math.floor(draw / 2 ** shift) % words.length] ?? '';
  return `${pick(FIRST_NAMES, 0)} ${pick(SURNAME_STARTS, 7)}${pick(SURNAME_MIDDLES, 13)}${pick(SURNAME_ENDS, 18)}`;
}

/** A well-mixed 32-bit number for each index. */
function scramble(index: number): number {
  let mixed = (index + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** Random whole numbers that are the same in each run with the same seed. */
export function createDraws(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 1) | 0;
    return Math.floor((scramble(state) / 2 ** 32) * below);
  };
}
