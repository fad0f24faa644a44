import JsBarcode from 'jsbarcode';
import QRCode from 'qrcode';

/**
 * A card code as pictures, drawn as SVG paths: the encoders' own drawing would write style attributes, which the
 * content security policy blocks. Loaded only when a card is on screen.
 */

export interface CardPictures {
  readonly qr: Picture;
  readonly bars: Picture;
}

/** Squares of one unit, black on white, with the quiet zone that scanners need around them. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly path: string;
}

/** ISO/IEC 18004: four modules of white around a QR code. */
const QR_QUIET = 4;
/** ISO/IEC 15417: ten modules of white beside Code 128. */
const BARS_QUIET = 10;
const BARS_HEIGHT = 36;

/** @param code upper-case letters and digits. @throws for a text that does not fit. */
export function encodeCard(code: string): CardPictures {
  return { qr: encodeQr(code), bars: encodeBars(code) };
}

function encodeQr(code: string): Picture {
  const { modules } = QRCode.create(code, { errorCorrectionLevel: 'M' });
  const { size, data } = modules;
  let path = '';
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (data[y * size + x]) path += `M${x + QR_QUIET} ${y + QR_QUIET}h1v1h-1z`;
    }
  }
  const side = size + 2 * QR_QUIET;
  return { width: side, height: side, path };
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
