import encodeQR from 'qr';
import { asMarkup, html, type Markup } from '../html/markup.ts';

/** Modules of empty room around a code, as its standard wants. */
const quiet = 4;

/** A text as a QR code, drawn on the server as one path. It is read by machines and described for people. */
export const qrCode = (text: string, described: string): Markup => {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: quiet });
  const size = rows.length;
  const path = rows
    .flatMap((row, y) =>
      [
        ...row
          .map((dark) => (dark ? '1' : '0'))
          .join('')
          .matchAll(/1+/g),
      ].map(({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
    )
    .join('');
  return html`<svg class="qr" width="160" height="160" viewBox="0 0 ${size} ${size}" role="img" aria-label="${described}"><rect width="${size}" height="${size}" fill="#fff"/><path d="${asMarkup(path)}" fill="#000"/></svg>`;
};
