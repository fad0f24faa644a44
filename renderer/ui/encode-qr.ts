import QRCode from 'qrcode';
import type { Picture } from './drawn-picture.tsx';

/** ISO/IEC 18004: four modules of white around a QR code. */
const QR_QUIET = 4;

/**
 * As an SVG path: the encoder's own drawing would write style attributes, which the content security policy blocks.
 * @throws for a text that does not fit.
 */
export function encodeQr(text: string): Picture {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
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
