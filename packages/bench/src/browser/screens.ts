import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** One of the screens that are opened, by the people of the demo. */
export interface Screen {
  readonly title: string;
  /** Null: signed out. */
  readonly email: string | null;
  /** Where it is, given the id of the person who opens it. */
  readonly path: (id: string) => string;
  /** Resolves once it shows what it is for. */
  readonly shows: (page: Page) => Promise<void>;
}

/** With the CPU and the network held back, a screen takes seconds. */
const PATIENCE = { timeout: 60_000 };

export const screens: readonly Screen[] = [
  {
    title: 'Sign-in, signed out',
    email: null,
    path: () => '/sign-in',
    shows: (page) => expect(page.getByLabel('Email')).toBeVisible(PATIENCE),
  },
  {
    title: 'Users, as an administrator',
    email: 'adam@demo.example',
    path: () => '/account/users',
    shows: async (page) => {
      await expect(page.getByText('1–25 of 50')).toBeVisible(PATIENCE);
      await expect(page.getByText(/\d+ of 50 protected/)).toBeVisible(PATIENCE);
    },
  },
  {
    title: 'Security, one’s own',
    email: 'mia@demo.example',
    path: (id) => `/users/${id}/security`,
    shows: (page) =>
      expect(page.getByRole('button', { name: 'Enable Two-Factor Authentication' })).toBeVisible(PATIENCE),
  },
];
