export interface Mail {
  /** One address, nothing else. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** A way to send mail. */
export interface Mailer {
  /** Rejects unless the mail was handed over. */
  send(mail: Mail): Promise<void>;
}
