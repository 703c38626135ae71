import type { Page } from '@playwright/test';

/** Somebody with a password, and the portal that they have an account at. */
type Who = { email: string; password: string };

/** Signs in by password, in either language, and asks for a page; waits for nothing, since some are asked for more, and some refused. */
export async function signIn(page: Page, webUrl: string, { email, password }: Who, to = '/'): Promise<void> {
  await page.goto(`${webUrl}/sign-in?next=${encodeURIComponent(to)}`);
  await page.getByLabel(/^(Email|E-Mail)/).fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('button', { name: /^(Sign in|Anmelden)$/ }).click();
}
