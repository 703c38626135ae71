import {
  type ComponentProps,
  cloneElement,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';

/** Between a menu and the edge of the window, px. */
const MARGIN = 12;
/** Letters that come within this time are one word, ms. */
const WORD_MS = 1_000;

const listItems = (menu: HTMLElement) => [
  ...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]:not([aria-disabled])'),
];

/** The item that a key leads to from one; undefined: the key leads nowhere. */
function itemAt(items: readonly HTMLElement[], from: number, key: string): HTMLElement | undefined {
  const last = items.length - 1;
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(last, from + 1),
    ArrowUp: from === -1 ? last : Math.max(0, from - 1),
    Home: 0,
    PageUp: 0,
    End: last,
    PageDown: last,
  };
  return Object.hasOwn(steps, key) ? items[steps[key] ?? 0] : undefined;
}

/** Answers what finds an item by the letters that were typed; one letter again goes on to the next. */
function useTyped() {
  const typed = useRef({ text: '', at: 0 });
  return (items: readonly HTMLElement[], from: number, key: string): HTMLElement | undefined => {
    const now = Date.now();
    const before = now - typed.current.at < WORD_MS ? typed.current.text : '';
    const letters = (before + key).toLowerCase();
    typed.current = { text: letters, at: now };
    const isRepeated = [...letters].every((letter) => letter === letters[0]);
    const text = isRepeated ? key.toLowerCase() : letters;
    const start = from + (text.length === 1 ? 1 : 0);
    const inTurn = [...items.slice(Math.max(0, start)), ...items.slice(0, Math.max(0, start))];
    return inTurn.find(({ textContent }) => textContent.trim().toLowerCase().startsWith(text));
  };
}

/** Keeps an open menu within the window. */
function place(menu: HTMLElement): void {
  menu.style.translate = '';
  const { left, right, top } = menu.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const over = Math.max(0, right + MARGIN - clientWidth);
  const shift = Math.max(-over, MARGIN - left);
  menu.style.translate = left < MARGIN || over > 0 ? `${shift}px` : '';
  menu.style.maxHeight = `${Math.max(160, clientHeight - top - MARGIN)}px`;
}

/** Calls `leave` when somebody presses outside or the focus goes elsewhere, without taking the focus along. */
function useOutside(root: RefObject<HTMLElement | null>, isOpen: boolean, leave: () => void): void {
  useEffect(() => {
    if (!isOpen) return;
    const onAway = ({ target }: Event) => {
      if (target instanceof Node && root.current?.contains(target) === false) leave();
    };
    document.addEventListener('pointerdown', onAway);
    document.addEventListener('focusin', onAway);
    return () => {
      document.removeEventListener('pointerdown', onAway);
      document.removeEventListener('focusin', onAway);
    };
  }, [root, isOpen, leave]);
}

/** How a menu behind a button opens, is walked and closes. */
export function useMenu(trigger: ReactElement<ComponentProps<'button'>>) {
  const triggerId = useId();
  const [opened, setOpened] = useState<'no' | 'byPointer' | 'byKey'>('no');
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const typed = useTyped();
  const isOpen = opened !== 'no';

  const close = useRef(() => setOpened('no')).current;
  const leave = () => {
    root.current?.querySelector<HTMLElement>('[aria-haspopup="menu"]')?.focus();
    close();
  };
  useOutside(root, isOpen, close);

  useLayoutEffect(() => {
    const menu = list.current;
    if (menu === null || opened === 'no') return;
    place(menu);
    const first = opened === 'byKey' ? listItems(menu)[0] : undefined;
    (first ?? menu).focus({ preventScroll: true });
  }, [opened]);

  const onTriggerKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    setOpened('byKey');
  };
  const onTriggerClick = ({ detail }: MouseEvent) => {
    // A click without a press of a mouse comes from the keyboard.
    setOpened(isOpen ? 'no' : detail === 0 ? 'byKey' : 'byPointer');
  };
  const onMenuKey = (event: KeyboardEvent) => {
    // From the button, Tab goes on as if the menu had not been there.
    if (event.key === 'Tab') return leave();
    if (event.key === 'Escape') {
      event.preventDefault();
      return leave();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const items = listItems(event.currentTarget as HTMLElement);
    const from = items.indexOf(document.activeElement as HTMLElement);
    if (event.key === ' ') {
      // A link knows Enter alone.
      event.preventDefault();
      return items[from]?.click();
    }
    const next =
      itemAt(items, from, event.key) ?? (event.key.length === 1 ? typed(items, from, event.key) : undefined);
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };

  const button = cloneElement(trigger, {
    id: triggerId,
    'aria-haspopup': 'menu',
    'aria-expanded': isOpen,
    onClick: onTriggerClick,
    onKeyDown: onTriggerKey,
  });
  return { isOpen, leave, root, button, menu: { ref: list, onKeyDown: onMenuKey }, triggerId };
}
