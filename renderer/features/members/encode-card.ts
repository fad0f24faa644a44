import JsBarcode from 'jsbarcode';
import type { Picture } from '#renderer/ui/drawn-picture.tsx';
import { encodeQr } from '#renderer/ui/encode-qr.ts';

/**
 * A card code as pictures, drawn as SVG paths: the encoders' own drawing would write style attributes, which the
 * content security policy blocks. Loaded only when a card is on screen.
 */

export interface CardPictures {
  readonly qr: Picture;
  readonly bars: Picture;
}

/** ISO/IEC 15417: ten modules of white beside Code 128. */
const BARS_QUIET = 10;
const BARS_HEIGHT = 36;

/** @param code upper-case letters and digits. @throws for a text that does not fit. */
export function encodeCard(code: string): CardPictures {
  return { qr: encodeQr(code), bars: encodeBars(code) };
}

function encodeBars(code: string): Picture {
  // A plain object makes the encoder hand over its bars instead of drawing them.
  const drawing: { encodings?: readonly { readonly data: string }[] } = {};
  JsBarcode(drawing, code, { format: 'CODE128' });
  const bits = (drawing.encodings ?? []).map(({ data }) => data).join('');
  let path = '';
  for (const { index, 0: run } of bits.matchAll(/1+/g)) {
    path += `M${BARS_QUIET + index} 0h${run.length}v${BARS_HEIGHT}h-${run.length}z`;
  }
  return { width: bits.length + 2 * BARS_QUIET, height: BARS_HEIGHT, path };
}
