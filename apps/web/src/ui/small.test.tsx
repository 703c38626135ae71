import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Badge } from './badge.tsx';
import { Button, ButtonLink } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { EmptyState } from './empty-state.tsx';
import { Logo } from './logo.tsx';
import { Menu, MenuChoice, MenuChoices, MenuItem } from './menu.tsx';
import { ErrorNotice } from './notice.tsx';
import { Panel, PanelHead } from './panel.tsx';
import { renderScreen } from './screen.fixture.tsx';

describe('a button', () => {
  it('sends no form unless it is told to', () => {
    const onSubmit = vi.fn((event: SubmitEvent) => event.preventDefault());
    renderScreen(
      <form onSubmit={(event) => onSubmit(event.nativeEvent as SubmitEvent)}>
        <Button>Open</Button>
        <Button type="submit">Save</Button>
      </form>,
    );
    screen.getByRole('button', { name: 'Open' }).click();
    expect(onSubmit).not.toHaveBeenCalled();
    screen.getByRole('button', { name: 'Save' }).click();
    expect(onSubmit).toHaveBeenCalledTimes(1);
  });

  it('cannot be pressed twice while it is busy, and says so', async () => {
    const onClick = vi.fn();
    const { user, rerender } = renderScreen(
      <Button pending onClick={onClick}>
        Save
      </Button>,
    );
    const button = screen.getByRole<HTMLButtonElement>('button', { busy: true });
    await user.click(button);
    expect(onClick).not.toHaveBeenCalled();
    rerender(<Button onClick={onClick}>Save</Button>);
    expect(button.getAttribute('aria-busy')).toBeNull();
    await user.click(button);
    expect(onClick).toHaveBeenCalledTimes(1);
  });

  it('that leads somewhere is a link', () => {
    renderScreen(<ButtonLink href="/sign-in">Sign in</ButtonLink>);
    expect(screen.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe('/sign-in');
  });
});

describe('a button that copies', () => {
  afterEach(() => vi.useRealTimers());

  it('says for a moment that it did', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { user } = renderScreen(<CopyButton text="<script>" label="Copy snippet" />);
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await user.click(screen.getByRole('button', { name: 'Copy snippet' }));
    expect(write).toHaveBeenCalledWith('<script>');
    expect(screen.getByText('Copied').getAttribute('aria-live')).toBe('polite');
    await act(() => vi.advanceTimersByTimeAsync(2_000));
    expect(screen.getByRole('button', { name: 'Copy snippet' })).toBeTruthy();
  });
});

describe('a notice of an error', () => {
  it('takes the focus, and again when another error comes', () => {
    const { rerender } = renderScreen(
      <>
        <input aria-label="Name" />
        <ErrorNotice message="The first." />
      </>,
    );
    expect(document.activeElement).toBe(screen.getByRole('alert'));
    screen.getByLabelText('Name').focus();
    rerender(
      <>
        <input aria-label="Name" />
        <ErrorNotice message="The second." />
      </>,
    );
    expect(document.activeElement?.textContent).toBe('The second.');
  });
});

describe('a menu', () => {
  it('runs what is chosen and closes', async () => {
    const onSelect = vi.fn();
    const { user } = renderScreen(
      <Menu trigger={<button type="button">More</button>}>
        <MenuItem onSelect={onSelect}>Do it</MenuItem>
      </Menu>,
    );
    await user.click(screen.getByRole('button', { name: 'More' }));
    expect(screen.getByRole('button', { expanded: true, hidden: true })).toBeTruthy();
    await user.click(screen.getByRole('menuitem', { name: 'Do it' }));
    expect(onSelect).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it('has choices of which one holds', async () => {
    const onChoose = vi.fn();
    const { user } = renderScreen(
      <Menu trigger={<button type="button">Language</button>}>
        <MenuChoices label="Language" chosen="en" onChoose={onChoose}>
          <MenuChoice value="en">English</MenuChoice>
          <MenuChoice value="de">Deutsch</MenuChoice>
        </MenuChoices>
      </Menu>,
    );
    await user.click(screen.getByRole('button', { name: 'Language' }));
    expect(screen.getByRole('menuitemradio', { checked: true }).textContent).toBe('English');
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(onChoose).toHaveBeenCalledWith('de');
  });
});

it('a panel is a region named by its heading', () => {
  renderScreen(
    <Panel aria-labelledby="goals">
      <PanelHead id="goals" title="Goals">
        <Badge tone="good">new</Badge>
      </PanelHead>
    </Panel>,
  );
  expect(screen.getByRole('region', { name: 'Goals' }).textContent).toBe('Goalsnew');
  expect(screen.getByRole('heading', { level: 2, name: 'Goals' })).toBeTruthy();
});

it('where nothing is yet, there is room for what to do only where something can be done', () => {
  const { container, rerender } = renderScreen(<EmptyState title="No visits yet">Soon.</EmptyState>);
  expect(container.textContent).toBe('No visits yetSoon.');
  rerender(
    <EmptyState title="No visits yet" action={<Button>Get the snippet</Button>}>
      Soon.
    </EmptyState>,
  );
  expect(screen.getByRole('button', { name: 'Get the snippet' })).toBeTruthy();
});

it('the mark has a name for those who do not see it', () => {
  const { container, rerender } = renderScreen(<Logo withName={false} />);
  expect(container.querySelector('.sr-only')?.textContent).toBe('Footfall');
  rerender(<Logo />);
  expect(container.querySelector('.sr-only')).toBeNull();
  expect(container.textContent).toBe('Footfall');
});
