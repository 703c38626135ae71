/**
 * Version of everything that turns a raw event into a number (derive, fold, roll-up). Raise it whenever one
 * of them changes a result: stored events carry the version that derived them, answers the one that made them.
 */
export const LOGIC_VERSION = 4;
