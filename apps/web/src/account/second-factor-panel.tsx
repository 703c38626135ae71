import type { SecondFactor as SecondFactorInForce } from '@footfall/db/account/second-factor';
import { isFreshlyProven } from '#access/fresh-proof.ts';
import { findOwnSecondFactor } from '#access/own-account.ts';
import type { Account } from '#access/session.ts';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { readerWords } from '#words/reader.ts';
import { SecondFactor } from './second-factor.tsx';

const sayWhat = (factor: SecondFactorInForce | null) => {
  if (factor === null) return 'off';
  return factor.hasApp ? 'on' : 'onlyPasskey';
};

/** The second factor of whoever reads the page, and which teams wait for one. */
export async function SecondFactorPanel({ account }: { account: Account }) {
  const words = await readerWords('secondFactor');
  const { session, locked } = account;
  const factor = await findOwnSecondFactor(account);
  const wanting = factor === null ? locked.filter(({ requiresSecondFactor }) => requiresSecondFactor) : [];
  return (
    <Panel aria-labelledby="second-factor">
      <PanelHead id="second-factor" title={words('title')} />
      <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
        {wanting.map(({ tenantId, tenantName }) => (
          <p key={tenantId} className="font-medium wrap-anywhere">
            {words('required', { team: tenantName })}
          </p>
        ))}
        <p className="text-quiet">{words(sayWhat(factor))}</p>
        <SecondFactor
          hasApp={factor?.hasApp ?? false}
          codesLeft={factor?.recoveryCodesLeft ?? null}
          isProven={isFreshlyProven(session)}
        />
      </div>
    </Panel>
  );
}
