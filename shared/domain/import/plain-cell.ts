/** A formula that only says "this is text": `="0612345678"`, as some programs write numbers. */
const TEXT_FORMULA = /^=\s*"((?:[^"]|"")*)"$/;

/**
 * A cell as a person reads it: no surrounding white space, no NUL. Any other formula stays what it is here, plain
 * text: nothing of this app ever computes it.
 */
export function plainCell(cell: string): string {
  const text = cell.replace(/\0/g, '').trim();
  const formula = TEXT_FORMULA.exec(text);
  return formula ? (formula[1] ?? '').replaceAll('""', '"').trim() : text;
}

/** What spreadsheets and address books put around a number: an apostrophe, `tel:`, a `.0` of a floating point. */
export function plainNumber(cell: string): string {
  const text = plainCell(cell).replace(/^['’`]+/, '');
  const bare = text.replace(/^(?:t[eé]l(?:[eé]phone)?|mobile|phone|whatsapp|cep|gsm)[\s.:]+/i, '');
  return /^\d{7,15}\.0+$/.test(bare) ? bare.replace(/\.0+$/, '') : bare;
}

/** A number that a spreadsheet has rounded: `6,12346E+08`. Its last digits are lost. */
export const isRoundedNumber = (text: string): boolean => /^[+-]?\d(?:[.,]\d+)?E\+?\d{1,2}$/i.test(text);

/** How a cell says that there is none. */
const NOTHING = new Set(
  '|-|–|—|/|n/a|na|none|no|aucun|aucune|non|keine|keiner|nein|yok|hayir|ninguno|ninguna|nessuno|nessuna|geen|nenhum|nenhuma|لا يوجد|لا'.split(
    '|',
  ),
);

export const isNothing = (cell: string): boolean => NOTHING.has(foldCase(cell.trim()));

const foldCase = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
