import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { currentMember } from '#access/session.ts';
import { VisitBanner } from '#support/visit-banner.tsx';
import { parseTheme, THEME_COOKIE } from '#theme/theme.ts';
import { ClientWords } from '#words/client-words.tsx';
import { readerLocale, readerWords } from '#words/reader.ts';

export async function generateMetadata(): Promise<Metadata> {
  const words = await readerWords('product');
  return {
    title: { default: 'Footfall', template: '%s · Footfall' },
    description: words('description'),
    robots: { index: false },
  };
}

/** Words of components that stand on any page; each page adds those of its own. */
const CLIENT_WORDS = ['ui', 'shell', 'failed'] as const;

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf9f7' },
    { media: '(prefers-color-scheme: dark)', color: '#111214' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  const member = await currentMember();
  return (
    <html lang={await readerLocale()} data-theme={theme}>
      <body>
        <ClientWords of={CLIENT_WORDS}>
          {children}
          {member !== null && member.visit !== null && (
            <VisitBanner email={member.user.email} tenantName={member.tenantName} visit={member.visit} />
          )}
        </ClientWords>
      </body>
    </html>
  );
}
