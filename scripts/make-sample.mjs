// Writes resources/sample: 5,000 rows as a shop's old spreadsheet holds them, and what must come out of them. The
// expectation is this script's own bookkeeping: it never asks the import how it reads a row.

import { mkdirSync, writeFileSync } from 'node:fs';
import { inProject } from './setup/project.mjs';
import { say } from './setup/say.mjs';

const ROWS = 5000;
const DUPLICATES = 40;
const SEED = 20260105;
/** The levels of the practice shop's club. */
const LEVELS = ['Bronze', 'Silver', 'Gold'];

/** A small generator of our own (mulberry32), so that every machine writes the same bytes. */
function createDraws(/** @type {number} */ seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** @param {number} seed */
function createLuck(seed) {
  const draw = createDraws(seed);
  return {
    draw,
    /** @template Item @param {readonly Item[]} items @returns {Item} */
    pick: (items) => /** @type {Item} */ (items[draw(items.length)]),
    chance: (/** @type {number} */ percent) => draw(100) < percent,
  };
}

const { draw, pick, chance } = createLuck(SEED);
/** What the programs besides the card of stamps hold is drawn apart: people and stamps stay who and what they were. */
const club = createLuck(SEED + 1);

const FIRST =
  'Camille Louise Inès Chloé Zoé Léa Manon Jade Élise Noémie Anaïs Maëlle Hugo Lucas Théo Noé Raphaël Gaël Loïc Hervé Benoît Aurélie Solène Maxime Yanis Sofia Karim Leïla Ömer Ayşe Çağrı Işıl Şule Jürgen Günther Søren Małgorzata João Inês Nuño Siobhán Zoë Bjørn'.split(
    ' ',
  );
const LAST =
  "Dubois Lefèvre Moreau Girard Lambert Fontaine Chevalier Gauthier Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Lemaire Noël Dufour Meunier Blanchard Brun Giraud Joly Rivière Brunet Gaillard Barbier Martel d'Alembert O'Hara L’Écuyer de-la-Tour Yılmaz Çelik Öztürk Weiß Müller Åkesson Łukasik".split(
    ' ',
  );
const ODD_NAMES = [
  'ليلى حسن',
  'سارة العلي',
  'يوسف منصور',
  'Café ☕ Nora',
  'Momo 🙂',
  'Zoé "Zouzou" Petit',
  'Léo; le grand',
  'Anne\u00a0Marie  Roy',
  '=HYPERLINK("http://example.org";"Bob")',
  '@sam',
  '李小龍',
  'Ольга Н.',
];

function name() {
  const roll = draw(100);
  if (roll < 4) return '';
  if (roll < 7) return pick(ODD_NAMES);
  const first = pick(FIRST);
  if (roll < 20) return first;
  const full = `${first} ${pick(LAST)}`;
  if (roll < 30) return full.toUpperCase();
  return roll < 36 ? full.toLowerCase() : full;
}

/** Only numbers that are kept for films and books: they ring at nobody's. */
const FICTION = ['19900', '26191', '35301', '46571', '53649'];
const MOBILE_FICTION = '63998';

const used = new Set();
/** @returns {string} E.164 */
function freshNumber() {
  for (;;) {
    const roll = draw(100);
    const number =
      roll < 50 ? frenchNumber(MOBILE_FICTION) : roll < 98 ? frenchNumber(pick(FICTION)) : foreignNumber();
    if (used.has(number)) continue;
    used.add(number);
    return number;
  }
}

const frenchNumber = (/** @type {string} */ start) => `+33${start}${String(draw(10_000)).padStart(4, '0')}`;

/** American and German numbers of films. Britain's are kept too, but no list of valid numbers holds them. */
const foreignNumber = () => `${pick(['+120255501', '+4917139200'])}${String(draw(100)).padStart(2, '0')}`;

/** Somebody whose number is one digit away from a member's, as families and typing errors make them. */
function nearNumber(/** @type {string} */ number) {
  for (let digit = 0; digit <= 9; digit += 1) {
    const near = `${number.slice(0, -1)}${digit}`;
    if (used.has(near)) continue;
    used.add(near);
    return near;
  }
  return freshNumber();
}

const inPairs = (/** @type {string} */ digits, /** @type {string} */ between) =>
  (digits.match(/..?/g) ?? []).join(between);

/** @param {string} number E.164 */
function written(number) {
  if (!number.startsWith('+33')) return chance(50) ? number : `00${number.slice(1)}`;
  const national = `0${number.slice(3)}`;
  switch (draw(10)) {
    case 0:
      return number;
    case 1:
      return `+33 ${inPairs(national, ' ').slice(1)}`;
    case 2:
      return `0033${national.slice(1)}`;
    case 3:
      return inPairs(national, '.');
    case 4:
      return inPairs(national, '-');
    case 5:
      return national.slice(1);
    case 6:
      return `(+33) ${inPairs(national, ' ').slice(1)}`;
    case 7:
      return national;
    default:
      return inPairs(national, ' ');
  }
}

const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
function birthday() {
  if (!chance(55)) return '';
  const [day, month, year] = [1 + draw(28), 1 + draw(12), 1945 + draw(62)];
  switch (draw(5)) {
    case 0:
      return `${year}-${two(month)}-${two(day)}`;
    case 1:
      return `${two(day)}.${two(month)}.${year}`;
    case 2:
      return `${day}/${month}/${year}`;
    case 3:
      return `${two(day)}/${two(month)}/${two(year % 100)}`;
    default:
      return `${two(day)}/${two(month)}/${year}`;
  }
}

function stamps() {
  const roll = draw(100);
  if (roll < 3) return 10 + draw(18);
  return roll < 12 ? 0 : draw(10);
}

function balanceText(/** @type {number} */ units) {
  if (units === 0) return pick(['', '0', '0/10', '-']);
  return pick([String(units), String(units), String(units), `${units}/10`, `${units},0`]);
}

const NOTES = [
  '',
  '',
  '',
  '',
  '',
  '',
  'sans sucre',
  'lait d’avoine',
  'vient le mardi',
  'dit "comme d’hab"',
  'deux lignes\nici',
];

const cell = (/** @type {string} */ text) => (/[;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows that must be refused, each for another reason. @returns {[string, string]} number and balance */
function mistake(/** @type {number} */ index) {
  const number = written(freshNumber());
  const kinds = /** @type {[string, string][]} */ ([
    ['06 39 98 OO 12', '3'],
    ['6,12346E+08', '2'],
    ['0639', '4'],
    [number, '-2'],
    [number, 'trois'],
    [number, '2,5'],
    ['', '5'],
    [number, '99999'],
  ]);
  return /** @type {[string, string]} */ (kinds[index % kinds.length]);
}

function points() {
  const roll = club.draw(100);
  if (roll < 35) return 0;
  return roll < 90 ? 1 + club.draw(900) : 1000 + club.draw(24_000);
}

/** As old programs and people write whole numbers in France. */
function pointsText(/** @type {number} */ units) {
  if (units === 0) return club.pick(['', '0', '-', '0,00']);
  const grouped = (/** @type {string} */ mark) => String(units).replace(/\B(?=(\d{3})+$)/g, mark);
  return club.pick([
    String(units),
    String(units),
    grouped(' '),
    grouped('\u202f'),
    grouped('.'),
    `${units},00`,
    `${units} pts`,
  ]);
}

/** @returns {string} a level's name, or nothing */
function level() {
  const roll = club.draw(100);
  if (roll < 76) return '';
  return roll < 88 ? 'Bronze' : roll < 96 ? 'Silver' : 'Gold';
}

function levelText(/** @type {string} */ levelName) {
  if (levelName === '') return club.pick(['', '', '-', 'aucun']);
  return club.pick([
    levelName,
    levelName,
    levelName.toUpperCase(),
    levelName.toLowerCase(),
    ` ${levelName} `,
  ]);
}

/** A pass of the past or of the years to come, whenever this is read. @returns {string} `YYYY-MM-DD`, or nothing */
function passUntil() {
  if (!club.chance(12)) return '';
  return `${2025 + club.draw(7)}-${two(1 + club.draw(12))}-${two(1 + club.draw(28))}`;
}

function passText(/** @type {string} */ day) {
  if (day === '') return club.pick(['', '', '-']);
  const [year = '', month = '', date = ''] = day.split('-');
  return club.pick([
    day,
    `${date}/${month}/${year}`,
    `${Number(date)}.${Number(month)}.${year}`,
    `${date}/${month}/${year.slice(2)}`,
    `${date}/${month}/${year} 23:59`,
  ]);
}

/** Cells that are a mistake only where points, levels and passes are read. @type {[string, string, string][]} */
const CLUB_MISTAKES = [
  ['12,5', '', ''],
  ['-40', '', ''],
  ['beaucoup', '', ''],
  ['1,250', '', ''],
  ['99999999999', '', ''],
  ['', 'Platine', ''],
  ['120', 'VIP', ''],
  ['', '', 'bientôt'],
  ['', 'Gold', '31/02/2027'],
];
const CLUB_MISTAKE_ROWS = 18;

/** Where the rows that are not members go: spread over the file, never at its start. */
function places(
  /** @type {number} */ count,
  /** @type {Set<number>} */ taken,
  /** @type {(below: number) => number} */ drawPlace,
) {
  const chosen = new Set();
  while (chosen.size < count) {
    const place = 60 + drawPlace(ROWS - 60);
    if (taken.has(place)) continue;
    taken.add(place);
    chosen.add(place);
  }
  return chosen;
}

const taken = new Set();
const mistakes = places(25, taken, draw);
const duplicates = places(DUPLICATES, taken, draw);
const clubMistakes = places(CLUB_MISTAKE_ROWS, taken, club.draw);
const lines = [
  'Tampons;Nom du client;Date naissance;N° portable;Points fidélité;Statut;Pass valable jusqu’au;Remarques',
];
/** @type {Record<string, number>} */
const balances = {};
/** @type {Record<string, number>} */
const pointsOf = {};
/** @type {Record<string, string>} */
const levelOf = {};
/** @type {Record<string, string>} */
const passOf = {};
/** Numbers of the rows that are members only in a shop without a club. @type {string[]} */
const refusedByClub = [];
/** @type {string[]} */
const members = [];
let mistakeCount = 0;

/** Points, level and pass of one row. */
function clubCells(/** @type {string | undefined} */ number) {
  const [units, levelName, day] = [points(), level(), passUntil()];
  if (number !== undefined) {
    pointsOf[number] = units;
    if (levelName !== '') levelOf[number] = levelName;
    if (day !== '') passOf[number] = day;
  }
  return [pointsText(units), levelText(levelName), passText(day)];
}

/** Somebody whose row is read in every shop: what repeats a refused row is no repetition. */
function pickRepeated() {
  let place = draw(members.length);
  while (refusedByClub.includes(members[place] ?? '')) place -= 1;
  return members[place] ?? '';
}

for (let row = 0; row < ROWS; row += 1) {
  let phone = '';
  let balance = '';
  let inClub = clubCells(undefined);
  if (mistakes.has(row)) {
    [phone, balance] = mistake(mistakeCount);
    mistakeCount += 1;
  } else if (duplicates.has(row)) {
    phone = written(pickRepeated());
    balance = balanceText(draw(10));
  } else {
    const number = row % 100 === 99 ? nearNumber(pick(members)) : freshNumber();
    const units = stamps();
    members.push(number);
    balances[number] = units;
    phone = written(number);
    balance = balanceText(units);
    if (clubMistakes.has(row)) {
      inClub = CLUB_MISTAKES[refusedByClub.length % CLUB_MISTAKES.length] ?? inClub;
      refusedByClub.push(number);
    } else {
      inClub = clubCells(number);
    }
  }
  const note = row < 60 ? '' : pick(NOTES);
  lines.push([balance, name(), birthday(), phone, ...inClub, note].map(cell).join(';'));
}

const folder = inProject('resources/sample');
mkdirSync(folder, { recursive: true });
const csv = `${lines.join('\r\n')}\r\n`;
writeFileSync(inProject('resources/sample/members-5000.csv'), csv);
const expected = {
  members: members.length,
  duplicates: DUPLICATES,
  mistakes: mistakeCount,
  stamps: members.reduce((sum, number) => sum + (balances[number] ?? 0), 0),
  balances,
  /** Where points, levels and passes are read, too. */
  club: {
    levels: LEVELS,
    refused: refusedByClub,
    points: pointsOf,
    tiers: levelOf,
    passes: passOf,
  },
};
writeFileSync(inProject('resources/sample/expected.json'), `${JSON.stringify(expected)}\n`);
say(
  `${members.length} members, ${DUPLICATES} duplicates, ${mistakeCount} + ${refusedByClub.length} mistakes, ${csv.length} characters`,
);
