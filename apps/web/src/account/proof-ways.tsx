'use client';

import { createContext, type ReactNode, useContext } from 'react';

/** By what somebody can prove again who they are. */
export type ProofWays = { password: boolean; passkey: boolean };

const Ways = createContext<ProofWays>({ password: true, passkey: false });

/** Tells the forms of a page by what its reader can prove who they are. */
export function ProofWaysProvider({ ways, children }: { ways: ProofWays; children: ReactNode }) {
  return <Ways value={ways}>{children}</Ways>;
}

/** By what the reader can prove who they are. */
export const useProofWays = (): ProofWays => useContext(Ways);
