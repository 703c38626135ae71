/** A tab of a real browser, of any engine. */
export type RealTab = {
  /** Opens an address, and waits until it has loaded. */
  goto(url: string): Promise<void>;
  /** The value, or what it is a promise of, as JSON has it. */
  evaluate<T>(expression: string): Promise<T>;
  /** Clicks where a visitor would. */
  click(x: number, y: number): Promise<void>;
  /** Brings the tab to the front. */
  show(): Promise<void>;
  /** Goes back to the page before. */
  back(): Promise<void>;
  /** Closes it as a visitor does. */
  close(): Promise<void>;
};

export type RealBrowser = {
  /** @param behind in the background: it is loaded and not seen */
  open(behind?: boolean): Promise<RealTab>;
  close(): Promise<void>;
};
