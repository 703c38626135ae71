import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import ErrorPage from './error.tsx';
import Forbidden from './forbidden.tsx';
import GlobalError from './global-error.tsx';
import NotFound from './not-found.tsx';

afterEach(() => vi.restoreAllMocks());

const failed = (digest?: string) => Object.assign(new Error('ECONNREFUSED 10.0.0.3'), { digest });

describe('the page of an error', () => {
  it.each([
    ['en', 'This page could not be made', 'Try again', 'The log has the cause under 4711.'],
    ['de', 'Diese Seite kam nicht zustande', 'Noch einmal versuchen', 'Im Log steht die Ursache unter 4711.'],
  ] as const)('in %s says what happened and tries again when asked', async (locale, title, name, digest) => {
    const retry = vi.fn();
    const { user } = renderScreen(<ErrorPage error={failed('4711')} retry={retry} />, { locale });
    expect(screen.getByText(title)).toBeTruthy();
    expect(screen.getByText(digest)).toBeTruthy();
    await user.tab();
    expect(document.activeElement).toBe(screen.getByRole('button', { name }));
    await user.keyboard('{Enter}');
    expect(retry).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['en', 'The proxy does not pass on the address'],
    ['de', 'Der Proxy gibt die Adresse nicht weiter'],
  ] as const)('in %s says what a proxy must send when a form was refused for its origin', (locale, title) => {
    const error = new Error('foreign_origin: 10.0.0.3');
    const { container } = renderScreen(<ErrorPage error={error} retry={vi.fn()} />, { locale });
    expect(screen.getByText(title)).toBeTruthy();
    expect(container.textContent).toContain('proxy_set_header Host $host;');
    expect(container.textContent).toContain(`WEB_URL=${location.origin}`);
    expect(container.textContent).not.toContain('10.0.0.3');
  });

  it('never shows the message, which names our machines', () => {
    const { container } = renderScreen(<ErrorPage error={failed('4711')} retry={vi.fn()} />);
    expect(container.textContent).not.toContain('10.0.0.3');
  });

  it.each([
    ['an error that happened in the browser', failed()],
    ['nothing', undefined],
    ['null', null],
    ['a text', 'oh'],
  ])('has no number to ask for where %s was thrown', (_, error) => {
    const { container } = renderScreen(<ErrorPage error={error} retry={vi.fn()} />);
    expect(container.textContent).not.toContain('The log');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});

describe('the page of an error in the frame of all pages', () => {
  const show = (languages: readonly string[]) => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages as string[]);
    // A page of its own: it brings html and body, since those of the frame failed.
    render(<GlobalError error={failed('4711')} retry={vi.fn()} />, { container: document as never });
  };

  it.each([
    ['de', ['de-AT', 'en'], 'Diese Seite kam nicht zustande'],
    ['en', ['en-GB', 'de'], 'This page could not be made'],
    // A language that the portal does not speak: the next one counts.
    ['de', ['fr', 'de'], 'Diese Seite kam nicht zustande'],
    ['en', ['fr'], 'This page could not be made'],
    ['en', [], 'This page could not be made'],
  ])('is in %s for a browser that asks for %j, and says so', (lang, languages, title) => {
    show(languages);
    expect(screen.getByText(title)).toBeTruthy();
    expect(document.documentElement.lang).toBe(lang);
    cleanup();
  });
});

describe('the pages that are not there', () => {
  it.each([
    ['en', 'There is nothing here', 'To the start'],
    ['de', 'Hier ist nichts', 'Zur Startseite'],
  ] as const)('in %s lead back to the start', (locale, title, name) => {
    renderScreen(<NotFound />, { locale });
    expect(screen.getByRole('heading', { level: 1, name: title })).toBeTruthy();
    expect(screen.getByRole('link', { name }).getAttribute('href')).toBe('/');
  });

  it('do not say whether the address exists for somebody else', () => {
    const { container } = renderScreen(<NotFound />);
    expect(container.textContent).toContain('may be old, or it belongs to an account');
  });

  it('or may not be opened lead to the start, too', () => {
    renderScreen(<Forbidden />);
    expect(screen.getByRole('link', { name: 'To the reports' }).getAttribute('href')).toBe('/');
  });
});
