/**
 * A card code identifies a member without a phone: printed or written as QR, barcode or by hand. Eight characters of
 * an alphabet without look-alikes and one check character, so that a mistyped code is refused instead of finding
 * somebody else.
 */

/** 31 characters, a prime number: the check below then finds every single slip. No I, L, O, U or Z. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXY';
const BODY_LENGTH = 8;
const MAX_CODE_LENGTH = 40;

export const CARD_CODE_DRAWS = { count: BODY_LENGTH, below: ALPHABET.length } as const;

/** @param draws {@link CARD_CODE_DRAWS} random numbers. */
export function makeCardCode(draws: readonly number[]): string {
  const body = draws.map((draw) => ALPHABET[draw % ALPHABET.length]).join('');
  return `${body}${checkCharacter(body)}`;
}

/** Weighted sum modulo the alphabet's size: differs for every single wrong character and swap of neighbours. */
function checkCharacter(body: string): string {
  let sum = 0;
  for (const [index, character] of [...body].entries()) sum += (index + 1) * ALPHABET.indexOf(character);
  return ALPHABET[sum % ALPHABET.length] ?? '0';
}

/**
 * A scanned or typed code as it is stored: upper case, no separators. Codes of other systems (imported cards) are
 * kept as they are in that form. Undefined when it can't be a code at all.
 */
export function parseCardCode(text: string): string | undefined {
  if (text.length > 4 * MAX_CODE_LENGTH) return undefined;
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–_.]/gu, '');
  return /^[A-Z0-9]{4,40}$/.test(plain) ? plain : undefined;
}

/**
 * Look-alikes are read as what they resemble. `isOwn`: it has the shape of a code of our own making; then a wrong check
 * character means that it was mistyped.
 */
export function repairCardCode(code: string): {
  readonly code: string;
  readonly isOwn: boolean;
  readonly isMistyped: boolean;
} {
  if (code.length !== BODY_LENGTH + 1) return { code, isOwn: false, isMistyped: false };
  const plain = code.replace(/O/g, '0').replace(/[IL]/g, '1').replace(/U/g, 'V').replace(/Z/g, '2');
  return {
    code: plain,
    isOwn: true,
    isMistyped: checkCharacter(plain.slice(0, BODY_LENGTH)) !== plain.slice(-1),
  };
}

/** `ABCD-EFGH-1` is easier to read aloud. */
export function formatCardCode(code: string): string {
  return code.length === BODY_LENGTH + 1 ? `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}` : code;
}
