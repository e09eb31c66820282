import type { Instant } from '@twofold/core/ports';

/** TOTP as authenticator apps do it: RFC 6238 with SHA-1, 6 digits and 30 s. */
export interface TotpEngine {
  /** Base32 without padding (RFC 4648, 6). Throws unless it gets 160 bits. */
  encodeSecret(secret: Uint8Array): string;
  /** The time step (RFC 6238, 4.2) that the code belongs to: the current one, or one beside it; null where it is none of them. Throws for a secret that `encodeSecret` did not make. */
  stepOf(secret: string, code: string, now: Instant): number | null;
}

/** Draws a text as a QR code, in the form of an SVG document. */
export type QrCodeDrawing = (text: string) => Promise<string>;
