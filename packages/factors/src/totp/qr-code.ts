import qrcode from 'qrcode';
import type { QrCodeDrawing } from './totp-engine.js';

/** ISO/IEC 18004, 6.3.8 asks for a quiet zone of four modules; white also on a dark page, or cameras miss it. */
const QUIET_ZONE_MODULES = 4;

export const drawQrCode: QrCodeDrawing = async (text) => {
  const svg = await qrcode.toString(text, {
    type: 'svg',
    margin: QUIET_ZONE_MODULES,
    errorCorrectionLevel: 'M',
    color: { dark: '#000000ff', light: '#ffffffff' },
  });
  return svg.trim();
};
