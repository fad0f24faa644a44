/**
 * Regulars of the practice shop and when they came: the last eight weeks, so that histories, badges and the what-if have
 * something to show. The same days and amounts every time; only the calendar moves.
 */

export const PRACTICE_PEOPLE = [
  'Ada Lindqvist',
  'Ahmet Kaya',
  'Amara Diallo',
  'Ana Sousa',
  'Ben Okafor',
  'Camille Roux',
  'Chloé Bernard',
  'Daniel Novak',
  'Deniz Arslan',
  'Elif Demir',
  'Emil Sørensen',
  'Farah Haddad',
  'Felix Wagner',
  'Giulia Conti',
  'Hana Sato',
  'Henrik Dahl',
  'Ines Martín',
  'Ivo Petrov',
  'Jonas Keller',
  'Julia Kowalska',
  'Karl Brandt',
  'Laila Mansour',
  'Leo Fischer',
  'Lucía Navarro',
  'Marek Dvořák',
  'Maya Cohen',
  'Mehmet Yıldız',
  'Mila Jovanović',
  'Nora Berg',
  'Oscar Nilsson',
  'Paul Lefèvre',
  'Priya Nair',
  'Rosa Almeida',
  'Samuel Osei',
  'Sara Virtanen',
  'Selin Aydın',
  'Tomás Silva',
  'Vera Ivanova',
  'Yusuf Çelik',
  'Zoe Papadaki',
] as const;

export interface PracticeVisit {
  /** Index into `PRACTICE_PEOPLE`. */
  readonly person: number;
  /** Milliseconds since 1970 UTC. */
  readonly atMs: number;
  /** Minor units; null where nobody typed it. */
  readonly amount: number | null;
  /** They took a dish of the lunch counter. */
  readonly hasLunch: boolean;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = 56;

/** Earlier ones first, all of them before `nowMs`. */
export function listPracticeVisits(nowMs: number): readonly PracticeVisit[] {
  const firstDay = nowMs - DAYS * DAY_MS;
  return PRACTICE_PEOPLE.flatMap((_, person) => {
    // Some come every other day, some every other week.
    const everyDays = 2 + ((person * 5) % 12);
    const start = person % everyDays;
    const count = Math.floor((DAYS - 1 - start) / everyDays) + 1;
    return Array.from({ length: count }, (__, time): PracticeVisit => {
      const hour = (person * 7 + time * 3) % 10;
      return {
        person,
        atMs: firstDay + (start + time * everyDays) * DAY_MS + hour * HOUR_MS,
        amount: (person + time) % 4 === 0 ? null : 250 + ((person * 137 + time * 61) % 240) * 10,
        hasLunch: (person + time) % 3 === 0,
      };
    });
  })
    .filter(({ atMs }) => atMs < nowMs)
    .sort((a, b) => a.atMs - b.atMs);
}
